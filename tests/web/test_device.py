"""What the service gives a browser that may be cut off, to whom, and in whose name."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

import pytest

from api.demo.people import CLIENTS, ELS, trajectory_of
from api.web.assets import VERSION
from eventlog.handler import HOME
from tests.demo.region import DemoRegion

LIST = "/wachtrij/vandaag"
FORM = f"/traject/{trajectory_of(ELS)}/contact"
NOTED = {"key": "00000000-0000-4000-8000-000000000000", "mode": "phone", "text": "van Ria"}


def mark_of(region: DemoRegion, persona: str) -> str:
    """Give the mark by which a browser knows somebody."""
    found = re.search(r'<meta name="device" content="([^"]+)">', _page(region, persona, "/mijn"))
    assert found
    return found[1]


def _page(region: DemoRegion, persona: str, path: str) -> str:
    return region.browser(persona).get(path).text


def test_a_mark_is_of_one_person_in_one_role_and_tells_nothing(region: DemoRegion) -> None:
    marks = [mark_of(region, each) for each in ("ria", "bas", "samir", "samir-groep")]
    assert len(set(marks)) == 4
    assert mark_of(region, "ria") == marks[0]
    assert all(re.fullmatch(r"[\w-]{24}", each) for each in marks)
    assert 'name="device"' not in region.browser().get("/wachtrij").text


def test_what_was_kept_for_one_is_not_sent_in_the_name_of_another(region: DemoRegion) -> None:
    """A tab of one person is still open when another signed in."""
    before = region.size()
    for persona in ("bas", None):
        browser = region.browser(persona)
        given = {"device-of": mark_of(region, "ria")}
        assert browser.post(FORM, data=NOTED, headers=given).status_code == 401
        assert browser.get(LIST, headers=given).status_code == 401
    assert region.size() == before
    answer = region.browser("ria").post(
        FORM, data=NOTED, headers={"device-of": mark_of(region, "ria")}, follow_redirects=False
    )
    assert answer.status_code == 303
    assert region.size() == before + 1


def test_the_list_holds_names_and_numbers_and_nothing_about_anybody(region: DemoRegion) -> None:
    answer = region.browser("ria").get(LIST)
    found = answer.json()
    assert found["lines"]
    assert {name for each in found["lines"] for name in each} == {"trajectory", "name", "telephone"}
    numbers = {str(trajectory_of(each)): each.phone for each in CLIENTS}
    told = {each["trajectory"]: each["telephone"] for each in found["lines"]}
    assert {key: told[key] for key in told.keys() & numbers.keys()} == {
        key: numbers[key] for key in told.keys() & numbers.keys()
    }
    assert told.keys() & numbers.keys()
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
    told = region.browser(files[file]).get(f"/api/v1/trajectories/{file}/access").text
    assert "de telefoonnummers, mee op een toestel" in told


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
