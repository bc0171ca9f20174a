"""The pages as each role finds them: what is there, and what leaves no trace."""

from __future__ import annotations

import re

import pytest
from jinja2 import DictLoader, PackageLoader

from api.demo.people import IVO, NOOR, PERSONAS, SAMIR, SEM, TOM, trajectory_of
from api.web.rendering import Renderer
from domain.events.base import Category
from tests.demo.region import DemoRegion

TOMS = f"/traject/{trajectory_of(TOM)}"
NOORS = f"/traject/{trajectory_of(NOOR)}"
SECRETS = ("Slaap slecht", "even niet goed", "Wajong", "behandelaar", "Zorg", "GGZ", "care")
_ID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_HIDDEN = re.compile(r"<[^>]*>")


@pytest.mark.parametrize("persona", PERSONAS)
@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_role_finds_its_home(region: DemoRegion, persona: str, language: str) -> None:
    found = region.browser(persona).get("/", params={"lang": language}, follow_redirects=True)
    assert found.status_code == 200
    assert "<h1>" in found.text
    assert not _ID.search(_HIDDEN.sub("", found.text)), "no ids are shown to people"
    policy = found.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert not re.search(
        r'<script(?!(?: type="module")? src="/static/[^"]+"></script>)', found.text
    ), "none inline"
    assert " style=" not in found.text
    assert found.headers["cache-control"] == "private, no-store"


def test_the_coach_sees_why_somebody_needs_contact(region: DemoRegion) -> None:
    page = region.browser("ria").get("/vandaag").text
    assert "Wie heeft vandaag contact nodig?" in page
    assert "Wij beloofden twee gesprekken per maand" in page
    assert "Ivo &#39;t Hart" in page


def test_the_timeline_tells_the_year_and_how_it_is_now(region: DemoRegion) -> None:
    page = region.browser("ria").get(TOMS).text
    assert page.index(">Nu<") < page.index("Gezamenlijke tijdlijn")
    now = page[page.index(">Nu<") : page.index("Gezamenlijke tijdlijn")]
    assert "Uren van 12 naar 20 per week" in now
    older = re.search(r'href="([^"]+verder=[^"]+)"', page)
    assert older is not None
    further = region.browser("ria").get(older[1].replace("&amp;", "&"))
    assert further.status_code == 200
    assert "Terug naar het nieuwste" in further.text


def test_a_client_is_spoken_to_and_not_about(region: DemoRegion) -> None:
    assert "Om jou heen" in region.browser("tom").get(TOMS).text
    assert "Rond Tom Kuipers" in region.browser("ria").get(TOMS).text


def test_a_promise_to_an_employer_leads_to_noting_a_talk_with_them(region: DemoRegion) -> None:
    ria = region.browser("ria")
    page = ria.get("/vandaag").text
    led = re.search(r'href="(/traject/[^"]+/werkgever-gesproken\?placement=[^"]+)"', page)
    assert led is not None
    line = (
        page[: led.start()].rpartition('<li class="cl">')[2]
        + page[led.start() :].partition("</li>")[0]
    )
    assert "werkgever" in line.partition('class="why"')[2].partition("</p>")[0]
    assert "/werkgever-geen-gehoor" in line
    form = ria.get(led[1])
    assert form.status_code == 200
    assert re.search(rf'value="{led[1].partition("=")[2]}" (selected|checked)', form.text)


def test_whoever_it_is_about_has_their_own_lane_first(region: DemoRegion) -> None:
    chips = re.compile(r'<a class="chip[^"]*" href="[^"?]*(?:\?baan=(\w+))?"')
    others = ["", "work", "care", "network", "self"]
    assert chips.findall(region.browser("tom").get(TOMS).text) == ["", "self", *others[1:4]]
    assert chips.findall(region.browser("ria").get(TOMS).text) == others


def test_a_lane_shows_that_lane(region: DemoRegion) -> None:
    page = region.browser("tom").get(TOMS, params={"baan": "self"}).text
    assert "Je gaf jezelf een 8" in page
    assert "Een half uur meegereden" not in page
    assert page.index("Jouw tijdlijn") < page.index(">Nu<"), "the lane first, on a phone"


def test_the_employer_sees_its_job_and_nothing_of_health(region: DemoRegion) -> None:
    wim = region.browser("wim")
    for path in (TOMS, f"{TOMS}/verantwoording"):
        page = wim.get(path).text
        assert "Tom Kuipers" in page
        for secret in (*SECRETS, "Bas de Groot"):
            assert secret not in page
    assert "begint om tien uur" in wim.get(TOMS).text
    assert wim.get(NOORS).status_code == 404


def test_the_auditor_reads_under_pseudonyms(region: DemoRegion) -> None:
    kim = region.browser("kim")
    home = kim.get("/overzicht").text
    assert home.count("/verantwoording") == 5, "three of the stories, one of each big programme"
    for path in (NOORS, f"{NOORS}/verantwoording"):
        page = kim.get(path).text
        assert "Bakker" not in page
        assert "Verhoeven" not in page
        assert re.search(r"jobcoach [2-9A-Z]{5}", page)


def test_only_who_may_note_a_placement_is_offered_it(region: DemoRegion) -> None:
    assert "/plaatsing" in region.browser("ria").get("/noteer").text
    page = region.browser("bas").get("/noteer").text
    assert "/contact" in page
    assert "/plaatsing" not in page


def test_a_correction_shows_both_in_the_account(region: DemoRegion) -> None:
    page = region.browser("ria").get(f"{TOMS}/verantwoording").text
    row = next(
        each for each in page.split("<tr>") if "Het contract was vanaf het begin vast." in each
    )
    assert re.search(r'Verbeterd: <a href="[^"]+/regel/[^"]+">', row)


@pytest.mark.parametrize(
    ("persona", "path", "status"),
    [
        (None, "/vandaag", 401),
        (None, TOMS, 401),
        ("ria", "/nergens", 404),
        ("ria", "/traject/geen-id", 404),
        ("ria", f"{TOMS}/geen-formulier", 404),
        ("sem", TOMS, 404),
        ("tom", NOORS, 404),
        ("tom", f"{TOMS}/contact", 403),
        ("bas", f"{TOMS}/plaatsing", 403),
        ("ria", f"{TOMS}?verder=onzin", 422),
    ],
)
def test_what_cannot_be_shown_is_a_page_with_a_next_step(
    region: DemoRegion, persona: str | None, path: str, status: int
) -> None:
    found = region.browser(persona).get(path)
    assert found.status_code == status
    assert found.headers["content-type"].startswith("text/html")
    assert 'class="btn' in found.text
    assert "wat je typte" not in found.text, "nothing was typed"
    assert "Traceback" not in found.text


def test_who_typed_is_told_that_it_is_not_lost(region: DemoRegion) -> None:
    found = region.browser("tom").post(f"{TOMS}/contact", data={"text": "Koffie met Wim."})
    assert found.status_code == 403
    assert "wat je typte staat er nog" in found.text


def test_the_api_keeps_its_own_way_of_saying_so(region: DemoRegion) -> None:
    found = region.browser().get("/api/v1/nergens")
    assert found.status_code == 404
    assert found.headers["content-type"] == "application/problem+json"


def test_a_fault_of_ours_is_a_friendly_page(
    region: DemoRegion, monkeypatch: pytest.MonkeyPatch
) -> None:
    ria = region.browser("ria")

    def breaks(*_: object) -> None:
        raise ZeroDivisionError(NOOR.name)

    monkeypatch.setattr("api.web.pages.caseload_to_call", breaks)
    found = ria.get("/vandaag")
    assert found.status_code == 500
    assert "Er ging bij ons iets mis" in found.text
    assert NOOR.name not in found.text


def test_english_stays_once_chosen(region: DemoRegion) -> None:
    browser = region.browser("ria")
    browser.get("/vandaag?lang=en")
    page = browser.get("/vandaag").text
    assert "Who needs contact today?" in page
    assert '<html lang="en" dir="ltr">' in page


def test_signing_out_ends_it(region: DemoRegion) -> None:
    browser = region.browser("samir")
    assert SAMIR.name in browser.get("/", follow_redirects=True).text
    browser.post("/afmelden")
    assert browser.get("/vandaag").status_code == 401


def test_another_site_signs_nobody_in_or_out(region: DemoRegion) -> None:
    browser = region.browser("ivo")
    elsewhere = {"sec-fetch-site": "cross-site"}
    assert browser.post("/afmelden", headers=elsewhere).status_code == 403
    assert (
        region.browser().post("/demo/ria", headers=elsewhere, data={"back": ""}).status_code == 403
    )
    assert IVO.name.split()[0] in browser.get("/", follow_redirects=True).text


def test_static_files_come_from_here(region: DemoRegion) -> None:
    browser = region.browser()
    for name in ("app.css", "icons.svg", "mark.svg", "ss3.woff2", "licences/OFL-1.1.txt"):
        assert browser.get(f"/static/{name}").status_code == 200
    assert browser.get("/static/../pages.py").status_code == 404


def test_templates_that_are_replaced_wait_for_the_code_that_goes_with_them(
    region: DemoRegion, monkeypatch: pytest.MonkeyPatch
) -> None:
    templates = Renderer(region.services)._templates
    assert isinstance(templates.loader, PackageLoader)
    names = templates.list_templates()
    monkeypatch.setattr(templates.loader, "get_source", DictLoader({}).get_source)  # all are read
    read = [templates.get_template(name) for name in names]
    for each in read:
        monkeypatch.setattr(each, "_uptodate", lambda: False)
    assert [templates.get_template(name) for name in names] == read
    assert templates.auto_reload is False


def test_a_relative_whom_the_client_lets_read_of_the_support_sees_which_contact_is_due(
    region: DemoRegion,
) -> None:
    noor, sem = map(region.browser, ("noor", "sem"))
    address = f"/api/v1/trajectories/{trajectory_of(NOOR)}"
    assert sem.get(f"{address}/support").status_code == 404
    assert 'class="due"' not in sem.get(NOORS).text
    allowed = {
        "recipient": str(SEM.actor.person),
        "recipient_kind": "person",
        "purpose": "close_by",
        "categories": [Category.SUPPORT],
        "legal_basis": "consent",
    }
    assert noor.post(f"{address}/grant-permission", json=allowed).status_code == 201
    region.projector.catch_up()
    due = sem.get(f"{address}/support").json()["next"]
    assert f"<b>{due['why']}</b>" in sem.get(NOORS).text
