"""Wish and profile: own words first, stated anew from what stands, and seen as far as may be."""

from __future__ import annotations

import pytest

from api.demo.people import ELS, NOOR, PERSONAS, TOM, trajectory_of
from tests.demo.region import DemoRegion
from tests.web.reading import page, send

TOMS = f"/traject/{trajectory_of(TOM)}"
PROFILE = f"{TOMS}/profiel"


def test_the_clients_own_words_stand_first(region: DemoRegion) -> None:
    own, coach = (page(region.browser(who), PROFILE) for who in ("tom", "ria"))
    words = "Ik wil buiten zijn en iets rijden."
    assert "Wat ik wil" in own
    assert "Wat Tom Kuipers wil" in coach
    for seen in (own, coach):
        assert seen.index(words) < seen.index("meebreng")
    assert "Zeg welk werk je wilt" in own
    assert "Zeg welk werk je wilt" not in coach, "that is theirs to say"


def test_what_is_stated_anew_begins_with_what_stands(region: DemoRegion) -> None:
    ria, tom = region.browser("ria"), region.browser("tom")
    first = {"skills": "kaartlezen\nprecies", "strengths": "Blijft rustig.", "experience": "Rijdt."}
    assert send(region, ria, f"{TOMS}/write-profile", **first) == 303
    form = page(tom, f"{TOMS}/write-profile")
    for each in (">kaartlezen\nprecies<", ">Blijft rustig.<", ">Rijdt.<"):
        assert each in form
    wants = {"job_types": "koerier\npost", "hours_per_week": "20,5", "no_go": "nacht", "pace": ""}
    assert send(region, tom, f"{TOMS}/state-preferences", **wants) == 303
    again = page(tom, f"{TOMS}/state-preferences")
    assert ">koerier\npost<" in again
    assert 'value="20,5"' in again
    shown = page(ria, PROFILE)
    for each in ("kaartlezen", "Blijft rustig.", "koerier", "20,5", "nacht"):
        assert each in shown
    assert "Hoe het eerder was" in shown


def test_work_is_changed_where_it_stands_and_what_ended_is_not_offered(
    region: DemoRegion,
) -> None:
    ria = region.browser("ria")
    shown = page(ria, PROFILE)
    assert "Begonnen als fietskoerier" in shown
    for form in ("uren", "agree-accommodation", "werk-gestopt"):
        assert f"{TOMS}/{form}?placement=" in shown
        asked = page(ria, f"{TOMS}/{form}")
        assert "fietskoerier" in asked
        assert "bijrijder" not in asked


def test_the_employer_of_a_contact_is_the_last_one_and_the_way_is_asked(
    region: DemoRegion,
) -> None:
    form = page(region.browser("ria"), f"/traject/{trajectory_of(NOOR)}/werkgevercontact")
    assert "selected>Bakkerij Van Dam" in form
    tiles = form[form.index('id="q-mode"') : form.index('id="q-result"')]
    assert "checked" not in tiles


def test_who_works_is_asked_about_their_own_employer(region: DemoRegion) -> None:
    ria = region.browser("ria")
    elses, noors = (f"/traject/{trajectory_of(who)}" for who in (ELS, NOOR))
    assert f"{elses}/werkgever-gesproken" in page(ria, elses)
    assert f"{noors}/werkgevercontact" in page(ria, noors)
    form = page(ria, f"{elses}/werkgever-gesproken")
    assert 'checked><span class="entry">Begonnen als inpakmedewerker' in form


@pytest.mark.parametrize("persona", PERSONAS)
def test_it_is_there_for_who_sees_wish_and_profile(region: DemoRegion, persona: str) -> None:
    who = region.browser(persona)
    found, tied = who.get(PROFILE), who.get(TOMS).status_code == 200
    sees = persona in {"tom", "ria", "bas", "kim", "leonie", "esra"}
    assert found.status_code == (200 if sees else (403 if tied else 404))
    if persona in {"kim", "leonie", "esra"}:
        assert "Ik wil buiten zijn" not in found.text
    if persona == "kim":
        assert "Kuipers" not in found.text
