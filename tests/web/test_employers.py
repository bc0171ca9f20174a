"""The pages of employers: how it stands with them, who was there, and never a word on health."""

from __future__ import annotations

import re
from html import unescape
from uuid import UUID, uuid4

import pytest
from starlette.testclient import TestClient

from api.demo.people import BAKERY, COURIERS, PERSONAS, SAMIR, TOM, named, trajectory_of
from domain.approach import Approach
from domain.events.search import Mode
from domain.rules.search import LogEmployerContact
from eventlog.request import Busy, Request
from tests.demo.region import DemoRegion

LIST = "/werkgevers"
COURIER = f"{LIST}/{COURIERS}"
LIBRARY = named(SAMIR.key, "library-employer")
NOBODY = UUID("00000000-0000-4000-8000-000000000007")
MEET = {"ria", "bas", "jo", "ank", "mo", "hanna", "wil", "niek", "fenna", "joost"}
"""Who meets employers in their work."""


def send(who: TestClient, path: str, **typed: str) -> tuple[int, str, str]:
    """Post a form; give the status, where it leads, and the page."""
    answer = who.post(path, data={"key": str(uuid4()), **typed}, follow_redirects=False)
    return answer.status_code, answer.headers.get("location", ""), unescape(answer.text)


def made(region: DemoRegion, name: str) -> str:
    """Note an employer; give its page."""
    status, page, _ = send(region.browser("ria"), f"{LIST}/nieuw", name=name, place="Oirschot")
    assert status == 303
    region.projector.catch_up()
    return page.partition("?")[0]


@pytest.mark.parametrize("persona", PERSONAS)
@pytest.mark.parametrize("path", [LIST, COURIER])
def test_it_is_there_for_who_meets_employers(region: DemoRegion, persona: str, path: str) -> None:
    who = region.browser(persona)
    page = who.get(path)
    assert page.status_code == (200 if persona in MEET else 404)
    home = who.get("/", follow_redirects=True).text
    assert (f'href="{LIST}"' in home) == (persona in MEET)
    assert region.browser().get(path).status_code == 401


def test_how_it_stands_is_told_in_words(region: DemoRegion) -> None:
    page = made(region, "Kaasmakerij Jansen")
    ria = region.browser("ria")
    assert Approach.NONE.label.nl in ria.get(page).text
    contact = LogEmployerContact(employer=UUID(page.rpartition("/")[2]), mode=Mode.ON_SITE)
    region.services.handler.handle(
        Request(PERSONAS["ria"].actor, trajectory_of(TOM), contact, None)
    )
    region.projector.catch_up()
    after = ria.get(page).text
    assert Approach.RECENT.label.nl in after
    assert "Werkgever Kaasmakerij Jansen, op de werkplek: gesproken" in after
    assert "Kaasmakerij Jansen" in ria.get(LIST).text


def test_of_others_people_nothing_is_told(region: DemoRegion) -> None:
    ria, niek = (unescape(region.browser(who).get(COURIER).text) for who in ("ria", "niek"))
    for told in ("Tom Kuipers", "Ria Verhoeven · ", "Wim Jacobs", Approach.RECENT.label.nl):
        assert told in ria
        assert told not in niek
    assert "planner" in niek, "what somebody does there is no secret"
    assert Approach.NONE.label.nl in niek


def test_no_words_of_a_file_and_no_health_stand_there(region: DemoRegion) -> None:
    ria = region.browser("ria")
    for employer in (COURIERS, BAKERY, LIBRARY):
        page = unescape(ria.get(f"{LIST}/{employer}").text)
        timeline = ria.get(f"/api/v1/trajectories/{trajectory_of(TOM)}/timeline?limit=100").json()
        said = [each for entry in timeline["entries"] for each in entry["text"].values()]
        assert said
        assert not [each for each in said if str(each) in page]


def test_two_jobs_of_one_person_there_are_told_apart(region: DemoRegion) -> None:
    page = region.browser("ria").get(COURIER).text
    assert "Begonnen als fietskoerier" in page
    assert "Proefplaatsing als bijrijder" in page
    shared = unescape(region.browser("tom").get(f"/traject/{trajectory_of(TOM)}/delen").text)
    assert "Het werk: fietskoerier." in shared
    assert "Het werk: bijrijder." in shared


def test_employers_are_looked_for_without_an_address_that_tells(region: DemoRegion) -> None:
    ria = region.browser("ria")
    status, _, page = send(ria, LIST, name="fietsk")
    assert status == 200
    assert "Fietskoeriers Noord" in page
    assert "Bakkerij Van Dam" not in page
    assert "Er is geen werkgever gevonden." in send(ria, LIST, name="zzz")[2]
    assert ria.get(LIST, params={"verder": "onzin"}).status_code == 422


def test_details_begin_with_what_stands_and_are_changed(region: DemoRegion) -> None:
    page, ria = made(region, "Meubelmaker Vos"), region.browser("ria")
    form = ria.get(f"{page}/gegevens").text
    assert 'value="Meubelmaker Vos"' in form
    assert 'value="Oirschot"' in form
    assert send(ria, f"{page}/gegevens", name="Vos & Zoon", place="Oirschot")[0] == 303
    region.projector.catch_up()
    assert "Vos &amp; Zoon" in ria.get(page).text


def test_who_is_asked_for_is_noted_once_and_ends(region: DemoRegion) -> None:
    page, ria = made(region, "Slagerij Dekkers"), region.browser("ria")
    typed = {"given_name": "Anja", "family_name": "Mol", "function": "bazin", "key": str(uuid4())}
    before = region.size()
    for _ in range(2):
        assert send(ria, f"{page}/contactpersoon", **typed)[0] == 303
    assert region.size() == before + 2, "a person and that one asks for them"
    region.projector.catch_up()
    after = ria.get(page).text
    assert "bazin" in after
    gone = re.search(rf'action="({page}/weg/[^"]+)"', after)
    assert gone is not None
    assert send(ria, gone[1])[0] == 303
    region.projector.catch_up()
    assert "Hier staat nog niemand." in ria.get(page).text


def test_somebody_of_the_same_name_is_asked_about_first(region: DemoRegion) -> None:
    page, ria = made(region, "Drukkerij Punt"), region.browser("ria")
    typed = {"given_name": "Tom", "family_name": "Kuipers"}
    before = region.size()
    status, _, again = send(ria, f"{page}/contactpersoon", **typed)
    assert status == 422
    assert "al iemand met deze naam" in again
    assert 'value="Kuipers"' in again
    assert region.size() == before
    assert send(ria, f"{page}/contactpersoon", **typed, somebody_else="yes")[0] == 303


@pytest.mark.parametrize(
    ("persona", "path", "typed", "status"),
    [
        ("ria", f"{LIST}/nieuw", {"name": ""}, 422),
        ("ria", f"{LIST}/nieuw", {"name": "x" * 300}, 422),
        ("ria", f"{COURIER}/gegevens", {"name": "nul\x00teken"}, 422),
        ("ria", f"{COURIER}/contactpersoon", {"given_name": "", "family_name": "Mol"}, 422),
        ("ria", f"{COURIER}/contactpersoon", {"given_name": "A", "function": "x" * 300}, 422),
        ("ria", f"{COURIER}/onzin", {"name": "Nieuw"}, 404),
        ("ria", f"{LIST}/{NOBODY}/gegevens", {"name": "Nieuw"}, 404),
        ("ria", f"{LIST}/geen-id/gegevens", {"name": "Nieuw"}, 404),
        ("ria", f"{COURIER}/weg/geen-id", {}, 404),
        ("niek", f"{COURIER}/contactpersoon", {"given_name": "Anja"}, 404),
        ("niek", f"{COURIER}/weg/{PERSONAS['wim'].actor.person}", {}, 404),
        ("tom", f"{COURIER}/gegevens", {"name": "Nieuw"}, 404),
        ("wim", f"{COURIER}/gegevens", {"name": "Nieuw"}, 404),
        ("wim", f"{COURIER}/contactpersoon", {"given_name": "Anja"}, 404),
    ],
)
def test_what_is_refused_changes_nothing(
    region: DemoRegion, persona: str, path: str, typed: dict[str, str], status: int
) -> None:
    before = region.size()
    found, _, page = send(region.browser(persona), path, **typed)
    assert found == status
    assert "<h1>" in page
    assert region.size() == before


def test_what_is_busy_is_not_told_as_not_there(
    region: DemoRegion, monkeypatch: pytest.MonkeyPatch
) -> None:
    ria, before = region.browser("ria"), region.size()
    gone = f"{COURIER}/weg/{PERSONAS['wim'].actor.person}"

    def busy(*_: object) -> None:
        raise Busy

    monkeypatch.setattr(region.services.handler, "handle", busy)
    status, _, page = send(ria, gone)
    assert (status, region.size()) == (503, before)
    assert "Het was even druk." in page
    assert send(ria, f"{LIST}/{NOBODY}/weg/{NOBODY}")[0] == 404


def test_a_key_that_was_used_is_told_as_such(region: DemoRegion) -> None:
    page, ria = made(region, "Smederij Vuur"), region.browser("ria")
    used = str(uuid4())
    assert send(ria, f"{page}/gegevens", name="Smederij Gloed", key=used)[0] == 303
    status, _, told = send(ria, f"{page}/weg/{NOBODY}", key=used)
    assert status == 422
    assert "Dit is al bewaard." in told


def test_a_character_that_cannot_be_looked_for_gets_a_sentence(region: DemoRegion) -> None:
    status, _, page = send(region.browser("ria"), LIST, name="a\x00")
    assert status == 422
    assert "Gebruik gewone letters." in page
    assert 'id="wrong-name"' in page
    assert "Fietskoeriers Noord" in page, "all of them, as before"


@pytest.mark.parametrize(
    ("path", "typed"),
    [
        (LIST, {"verder": "a\x00"}),
        ("/vind", {"naam": "a\x00"}),
        (f"/traject/{trajectory_of(TOM)}/zoek", {"woorden": "a\x00"}),
        (f"/traject/{trajectory_of(TOM)}/zoek", {"woorden": "werk", "verder": "a\x00"}),
        (f"/traject/{trajectory_of(TOM)}/contact", {"text": "a\x00", "kladje": "ja"}),
        (f"/traject/{trajectory_of(TOM)}/contact", {"with_whom": "client", "back": "a\x00"}),
        ("/overleg", {f"text-{trajectory_of(TOM)}": "a\x00", "kladje": "ja"}),
        ("/vervanging/einde", {"covers": "a\x00"}),
        ("/mijn", {"language": "a\x00"}),
        ("/mijn/kladje", {"form": "a\x00"}),
        (f"{LIST}/nieuw", {"name": "Bakker", "key": "a\x00"}),
        ("/demo/ria", {"back": "a\x00"}),
    ],
)
def test_no_character_breaks_what_somebody_sends(
    region: DemoRegion, path: str, typed: dict[str, str]
) -> None:
    assert send(region.browser("ria"), path, **typed)[0] < 500
