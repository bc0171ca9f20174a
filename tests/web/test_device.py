"""What the service gives a browser that may be cut off, to whom, and in whose name."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

import pytest

from api.demo.people import CLIENTS, ELS, trajectory_of
from api.signin import LIFETIME
from api.web.assets import VERSION
from eventlog.handler import HOME
from tests.demo.region import DemoRegion
from tests.web.reading import forms, mark_of

LIST = "/wachtrij/vandaag"
FORM = f"/traject/{trajectory_of(ELS)}/contact"
NOTED = {"key": "00000000-0000-4000-8000-000000000000", "mode": "phone", "text": "van Ria"}


def told(region: DemoRegion, persona: str, name: str) -> str:
    """Give what a page tells the browser by this name."""
    page = region.browser(persona).get("/mijn").text
    found = re.search(rf'<meta name="{name}" content="([^"]+)">', page)
    assert found
    return found[1]


def test_a_mark_is_of_one_person_in_one_role_and_tells_nothing(region: DemoRegion) -> None:
    marks = [told(region, each, "device") for each in ("ria", "bas", "samir", "samir-groep")]
    assert len(set(marks)) == 4
    assert told(region, "ria", "device") == marks[0] == mark_of(region, "ria")
    assert all(re.fullmatch(r"[\w-]{24}", each) for each in marks)
    assert 'name="device"' not in region.browser().get("/wachtrij").text


def test_a_page_tells_how_long_somebody_is_still_signed_in(region: DemoRegion) -> None:
    assert 0 < int(told(region, "ria", "device-lasts")) <= LIFETIME.total_seconds()


@pytest.mark.parametrize(
    ("persona", "paths"),
    [
        ("ria", ("/vandaag", "/mijn", "/overleg", "/agenda", "/werkgevers", "/vind", FORM)),
        ("els", ("/", f"/traject/{trajectory_of(ELS)}/even-niet-goed", "/wachtrij")),
        ("leonie", ("/team", "/import", "/nakijken")),
        ("samir-groep", ("/groep",)),
    ],
)
def test_every_form_says_whose_page_it_is_on(
    region: DemoRegion, persona: str, paths: tuple[str, ...]
) -> None:
    browser, mark = region.browser(persona), mark_of(region, persona)
    for path in paths:
        found = forms(browser.get(path).text)
        assert found, path
        assert {each.values["device-of"] for each in found} == {mark}, path


def test_a_forgotten_tab_saves_nothing_in_the_name_of_another(region: DemoRegion) -> None:
    """A page of one person is still open when another signs in; no script is needed for it."""
    (form,) = forms(region.browser("ria").get(FORM).text, FORM)
    typed, before = {**form.values, **NOTED}, region.size()
    for persona in ("bas", None):
        browser = region.browser(persona)
        answer = browser.post(FORM, data=typed, follow_redirects=False)
        assert answer.status_code == 401
        assert browser.get(LIST, headers={"device-of": mark_of(region, "ria")}).status_code == 401
    assert region.size() == before
    answer = region.browser("ria").post(FORM, data=typed, follow_redirects=False)
    assert answer.status_code == 303
    assert region.size() == before + 1


@pytest.mark.parametrize(
    ("persona", "path", "typed"),
    [
        ("bas", "/mijn", {"letters": "large"}),
        ("bas", "/mijn/agenda", {}),
        ("bas", "/mijn/agenda/einde", {}),
        ("leonie", "/import/neem-over", {"book": "", "seen": ""}),
    ],
)
def test_nor_does_it_change_what_is_of_another(
    region: DemoRegion, persona: str, path: str, typed: dict[str, str]
) -> None:
    sent = {**typed, "device-of": mark_of(region, "ria")}
    assert region.browser(persona).post(path, data=sent).status_code == 401


def test_nor_is_a_workbook_looked_at_from_the_page_of_another(region: DemoRegion) -> None:
    sent = {"device-of": mark_of(region, "ria"), "name": "boek"}
    file = {"file": ("boek.xlsx", b"niets")}
    assert region.browser("leonie").post("/import", data=sent, files=file).status_code == 401


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_the_language_goes_along_as_safely_as_the_session(region: DemoRegion, scheme: str) -> None:
    browser = region.browser()
    browser.base_url = f"{scheme}://testserver"  # type: ignore[assignment] # as httpx takes it
    signed_in = browser.post("/demo/ria", data={"back": ""}, follow_redirects=False)
    chosen = browser.get("/help?lang=en")
    for answer in (signed_in, chosen):
        assert ("secure" in answer.headers["set-cookie"].lower()) == (scheme == "https")
    saved = browser.post("/mijn", data={"language": "nl"}, follow_redirects=False)
    assert ("secure" in saved.headers["set-cookie"].lower()) == (scheme == "https")


def test_the_list_holds_names_and_numbers_and_nothing_about_anybody(region: DemoRegion) -> None:
    answer = region.browser("ria").get(LIST)
    found = answer.json()
    assert found["lines"]
    assert {name for each in found["lines"] for name in each} == {"trajectory", "name", "telephone"}
    numbers = {str(trajectory_of(each)): each.phone for each in CLIENTS}
    given = {each["trajectory"]: each["telephone"] for each in found["lines"]}
    assert {key: given[key] for key in given.keys() & numbers.keys()} == {
        key: numbers[key] for key in given.keys() & numbers.keys()
    }
    assert given.keys() & numbers.keys()
    assert answer.headers["cache-control"] == "private, no-store"


def test_it_is_over_at_midnight_here(region: DemoRegion) -> None:
    until = datetime.fromisoformat(region.browser("ria").get(LIST).json()["until"])
    tomorrow = region.services.today() + timedelta(days=1)
    assert until == datetime.combine(tomorrow, datetime.min.time(), HOME)


@pytest.mark.parametrize("persona", ["els", "kim", "leonie", "sem", "niek"])
def test_who_may_not_know_how_to_reach_a_client_takes_no_number(
    region: DemoRegion, persona: str
) -> None:
    answer = region.browser(persona).get(LIST)
    assert [each for each in answer.json()["lines"] if each["telephone"]] == []


def test_that_numbers_were_taken_along_is_told_to_the_client(region: DemoRegion) -> None:
    lines = region.browser("ria").get(LIST).json()["lines"]
    files = {str(trajectory_of(each)): each.key for each in CLIENTS}
    file = next(each["trajectory"] for each in lines if each["trajectory"] in files)
    log = region.browser(files[file]).get(f"/api/v1/trajectories/{file}/access").text
    assert "de telefoonnummers, mee op een toestel" in log


def test_nobody_takes_a_list_along(region: DemoRegion) -> None:
    assert region.browser().get(LIST).status_code == 401


def test_the_page_that_a_browser_keeps_is_the_same_for_everybody(region: DemoRegion) -> None:
    pages = [region.browser(each).get("/wachtrij?los&lang=nl").text for each in ("ria", None)]
    assert pages[0] == pages[1]
    assert "data-cut-off" in pages[0]
    assert "Ria" not in pages[0]


def test_the_worker_comes_from_the_root_under_a_policy_of_its_own(region: DemoRegion) -> None:
    answer = region.browser().get("/sw.js")
    assert answer.headers["content-type"].startswith("text/javascript")
    assert answer.headers["cache-control"] == "no-cache"
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert "worker-src 'self'" in region.browser().get("/demo").headers["content-security-policy"]
    for path in re.findall(r'"(/[^"]+)"', answer.text):
        assert region.browser().get(path).status_code == 200, path


def test_files_are_kept_for_ever_at_the_address_of_their_version(region: DemoRegion) -> None:
    browser = region.browser()
    page = browser.get("/demo").text
    assert f'href="/static/{VERSION}/app.css"' in page
    assert not re.search(rf'(?:src|href)="/static/(?!{VERSION}/)', page)
    for path, kept in (
        (f"/static/{VERSION}/app.css", "public, max-age=31536000, immutable"),
        ("/static/app.css", "public, no-cache"),
    ):
        answer = browser.get(path, headers={"accept-encoding": "gzip"})
        assert answer.headers["cache-control"] == kept
        assert answer.headers["content-encoding"] == "gzip"
    assert browser.get("/static/0123456789abcdef/app.css").status_code == 404


def test_a_page_comes_compressed_to_who_takes_it_so(region: DemoRegion) -> None:
    browser = region.browser("ria")
    packed = browser.get("/vandaag", headers={"accept-encoding": "gzip"})
    assert packed.headers["content-encoding"] == "gzip"
    assert "accept-encoding" in packed.headers["vary"].lower()
    plain = browser.get("/vandaag", headers={"accept-encoding": "identity"})
    assert "content-encoding" not in plain.headers
