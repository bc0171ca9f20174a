"""Everybody's own page: what one chooses is kept and followed, and stays one's own."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape

import psycopg
import pytest

from api.demo.people import NOOR, PERSONAS, TOM, trajectory_of
from api.reading.asking import Asking
from api.web.desk.own import Letters, Own, choose, own
from api.web.helping import PAGES
from api.web.texts import DUTCH, gettext, speaking
from domain.roles import Role
from eventlog.problems import Unavailable
from tests.demo.region import DemoRegion
from tests.web.reading import mark_of

TOMS = trajectory_of(TOM)
CONTACT = f"/traject/{TOMS}/contact"
_ADDRESS = re.compile(r'readonly value="http://testserver(/agenda/[\w-]{43}\.ics)"')
_LETTER = re.compile(r'<html [^>]*data-letter="(\w+)"')


def by(persona: str) -> Asking:
    return Asking(PERSONAS[persona].actor)


@pytest.fixture(autouse=True)
def _as_new(region: DemoRegion) -> None:
    for persona in ("ria", "tom"):
        choose(region.services, by(persona), Own())


@pytest.mark.parametrize("persona", PERSONAS)
def test_everybody_finds_who_they_are_here(region: DemoRegion, persona: str) -> None:
    browser = region.browser(persona)
    page = browser.get("/mijn")
    assert page.status_code == 200
    about = browser.get("/api/v1/me").json()
    assert f"Je bent hier als {about['label']}." in page.text
    assert 'action="/afmelden"' in page.text
    assert 'href="/mijn" aria-current="page"' in page.text
    assert ("/mijn/agenda" in page.text) is (persona != "samir-groep")


def test_nobody_is_asked_who_they_are(region: DemoRegion) -> None:
    anybody = region.browser()
    assert anybody.get("/mijn").status_code == 401
    for path in ("/mijn", "/mijn/kladje", "/mijn/agenda", "/mijn/agenda/einde"):
        assert anybody.post(path, data={"letters": "large"}).status_code == 401


def test_another_site_changes_nothing(region: DemoRegion) -> None:
    ria = region.browser("ria")
    elsewhere = {"sec-fetch-site": "cross-site"}
    for path in ("/mijn", "/mijn/kladje", "/mijn/agenda", "/mijn/agenda/einde"):
        answer = ria.post(path, headers=elsewhere, data={"letters": "large"})
        assert answer.status_code == 403
    assert own(region.services, by("ria")) == Own()


def test_letters_are_as_large_as_was_chosen_on_every_page(region: DemoRegion) -> None:
    ria = region.browser("ria")
    assert not _LETTER.search(ria.get("/vandaag").text)
    saved = ria.post("/mijn", data={"letters": "larger", "language": "nl", "quiet": "no"})
    assert saved.status_code == 200
    assert "Bewaard." in saved.text
    chosen = Own(letters=Letters.LARGER, language="nl", quiet=False)
    assert own(region.services, by("ria")) == chosen
    for path in ("/vandaag", "/mijn", "/help", CONTACT, "/nergens"):
        found = _LETTER.search(ria.get(path).text)
        assert found is not None, path
        assert found[1] == "larger"
    refused = ria.post(CONTACT, data={"text": ""})
    assert refused.status_code == 422
    assert _LETTER.search(refused.text), "also when a form comes back"
    assert not _LETTER.search(region.browser("bas").get("/vandaag").text)
    assert not _LETTER.search(region.browser().get("/help").text)


def test_what_was_not_sent_stays(region: DemoRegion) -> None:
    tom = region.browser("tom")
    tom.post("/mijn", data={"letters": "large", "quiet": "no"})
    tom.post("/mijn", data={"language": "en"})
    assert own(region.services, by("tom")) == Own(letters=Letters.LARGE, language="en", quiet=False)


def test_a_language_goes_along_to_another_browser(region: DemoRegion) -> None:
    tom = region.browser("tom")
    assert "Your screen" in tom.post("/mijn", data={"language": "en"}).text
    assert tom.cookies["taal"] == "en"
    other = region.browser("tom")
    assert "taal" not in other.cookies
    assert '<html lang="en"' in other.get("/mijn").text
    assert '<html lang="nl"' in other.get("/mijn?lang=nl").text, "this browser was told otherwise"
    assert '<html lang="nl"' in other.get("/mijn").text
    assert '<html lang="nl"' in region.browser().get("/help").text


@pytest.mark.parametrize(
    "typed", [{"letters": "gigantic"}, {"language": "xx"}, {"quiet": "perhaps"}, {"language": ""}]
)
def test_a_choice_that_is_none_changes_nothing(region: DemoRegion, typed: dict[str, str]) -> None:
    answer = region.browser("ria").post("/mijn", data=typed)
    assert answer.status_code == 422
    assert "er is niets veranderd" in answer.text
    assert own(region.services, by("ria")) == Own()


def looks(owner: str) -> list[tuple[str, str]]:
    asked = "SELECT view, trajectory::text FROM log.access WHERE person = %s ORDER BY id"
    with psycopg.connect(owner) as connection:
        return connection.execute(asked, (PERSONAS["ria"].actor.person,)).fetchall()


def test_a_draft_is_found_back_and_thrown_away(
    region: DemoRegion, region_database: Callable[..., str]
) -> None:
    ria, owner = region.browser("ria"), region_database("samenspoor_owner")
    before = looks(owner)
    assert "Kladjes" not in ria.get("/mijn").text
    assert looks(owner) == before, "without drafts nobody is named"
    ria.post(CONTACT, data={"kladje": "ja", "text": "Nog niet af."})
    before = looks(owner)
    page = ria.get("/mijn").text
    assert f'href="{CONTACT}"' in page
    assert "Tom Kuipers" in page
    assert "Nog niet af" not in page
    assert looks(owner)[len(before) :] == [("caseload", str(TOMS))]
    assert CONTACT not in region.browser("bas").get("/mijn").text
    gone = {"form": "contact", "trajectory": str(TOMS)}
    region.browser("bas").post("/mijn/kladje", data=gone)
    assert f'href="{CONTACT}"' in ria.get("/mijn").text, "nobody throws away another's"
    assert f'href="{CONTACT}"' not in ria.post("/mijn/kladje", data=gone).text
    assert ria.post("/mijn/kladje", data=gone).status_code == 200


@pytest.mark.parametrize(
    "typed",
    [{}, {"form": "nergens", "trajectory": str(TOMS)}, {"form": "contact", "trajectory": "x"}],
)
def test_a_draft_that_cannot_be_is_not_here(region: DemoRegion, typed: dict[str, str]) -> None:
    assert region.browser("ria").post("/mijn/kladje", data=typed or {"x": ""}).status_code == 404


def test_a_calendar_has_an_address_that_is_shown_once(region: DemoRegion) -> None:
    tom, anybody = region.browser("tom"), region.browser()
    sent = {"device-of": mark_of(region, "tom")}
    page = tom.post("/mijn/agenda", data=sent)
    assert page.status_code == 200
    assert "no-store" in page.headers["cache-control"]
    found = _ADDRESS.search(page.text)
    assert found is not None
    assert anybody.get(found[1]).status_code == 200
    mine = tom.get("/mijn").text
    assert found[1] not in mine
    assert "/mijn/agenda/einde" in mine
    assert "/mijn/agenda/einde" not in tom.post("/mijn/agenda/einde", data=sent).text
    assert anybody.get(found[1]).status_code == 404


def test_who_has_no_calendar_gets_no_address(region: DemoRegion) -> None:
    sent = {"device-of": mark_of(region, "samir-groep")}
    assert region.browser("samir-groep").post("/mijn/agenda", data=sent).status_code == 404


def test_a_database_that_is_away_is_told_with_a_page(
    region: DemoRegion, monkeypatch: pytest.MonkeyPatch
) -> None:
    ria = region.browser("ria")

    def away(*_: object) -> None:
        raise Unavailable

    monkeypatch.setattr(type(region.services.desk), "chosen", away)
    for answer in (ria.get("/vandaag"), ria.post("/mijn", data={"letters": "large"})):
        assert answer.status_code == 503
        assert answer.headers["content-type"].startswith("text/html")


@pytest.mark.parametrize("persona", [None, *PERSONAS])
def test_help_and_accessibility_are_everybodys(region: DemoRegion, persona: str | None) -> None:
    browser = region.browser(persona)
    help_page, honest = browser.get("/help"), browser.get("/toegankelijkheid")
    assert (help_page.status_code, honest.status_code) == (200, 200)
    for number in ("112", "08000113"):
        assert f'href="tel:{number}"' in help_page.text
    assert "Huisartsenpost" in help_page.text
    assert ("Meld je eerst aan" in help_page.text) is (persona is None)
    assert "Nog niemand die een schermlezer gebruikt" in honest.text
    for path in ("/", "/nergens", "/demo"):
        page = browser.get(path).text
        assert 'href="/help"' in page
        assert 'href="/toegankelijkheid"' in page


@pytest.mark.parametrize("persona", PERSONAS)
def test_help_says_what_each_page_of_ones_menu_is_for(region: DemoRegion, persona: str) -> None:
    page = unescape(region.browser(persona).get("/help").text)
    menu = page.partition("<nav")[2].partition("</nav>")[0]
    pages = [href for href in re.findall(r'<a href="([^"]+)"', menu) if "/traject/" not in href]
    with speaking(DUTCH):
        told = [gettext(PAGES[href]) for href in pages if href != "/wachtrij"]
    assert [each for each in told if f"<li>{each}</li>" not in page] == []
    coached = {Role.CLIENT, Role.PEER, Role.NETWORK_MEMBER, Role.EMPLOYER}
    asked = "Vraag het je jobcoach, of de organisatie" in page
    assert asked is (PERSONAS[persona].actor.role in coached)


def test_a_client_goes_to_their_own_trajectory(region: DemoRegion) -> None:
    page = region.browser("tom").get("/mijn").text
    assert f'<a href="/traject/{TOMS}">' in page
    assert "Mijn traject" in page
    assert "Overzicht" not in page
    assert "Mijn traject" in region.browser("tom").get("/nergens").text
    for persona in ("wim", "kim"):
        other = region.browser(persona).get("/mijn").text
        assert "Mijn traject" not in other
        assert "Overzicht" in other


def test_a_phone_leads_to_ones_own_page(region: DemoRegion) -> None:
    page = region.browser("noor").get(f"/traject/{trajectory_of(NOOR)}").text
    tabs = page[page.index('class="tabbar"') :]
    assert 'href="/mijn"' in tabs
    assert 'href="/demo"' not in tabs


@pytest.mark.parametrize(
    ("persona", "says"),
    [("samir-groep", "aan tafel vertelt ieder"), ("hedwig", "Kijk bij Team")],
)
def test_an_empty_overview_says_what_one_can_do(
    region: DemoRegion, persona: str, says: str
) -> None:
    page = region.browser(persona).get("/overzicht").text
    assert says in page
    assert 'href="/help"' in page
