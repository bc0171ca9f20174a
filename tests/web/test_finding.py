"""Finding somebody: by the beginning of a name, among the people one sees, and nobody else."""

from __future__ import annotations

from collections.abc import Callable

import psycopg
import pytest

from api.demo.people import ELS, PERSONAS, TOM, trajectory_of
from api.reading.asking import Asking
from api.reading.finding import find
from api.web.desk.own import Own, choose, own
from domain.roles import Role
from tests.demo.region import DemoRegion


def found(region: DemoRegion, persona: str, wanted: str):
    return region.browser(persona).post("/vind", data={"naam": wanted}, follow_redirects=False)


@pytest.mark.parametrize("wanted", ["Els", " éls ", "heuv", "van  den h", "els V"])
def test_the_only_one_is_opened_at_once(region: DemoRegion, wanted: str) -> None:
    answer = found(region, "ria", wanted)
    assert answer.status_code == 303
    assert answer.headers["location"] == f"/traject/{trajectory_of(ELS)}"


def test_any_word_of_a_name_will_do_and_its_middle_does_not(region: DemoRegion) -> None:
    assert found(region, "ria", "Kuip").headers["location"] == f"/traject/{trajectory_of(TOM)}"
    assert "heet zo" in found(region, "ria", "uipers").text


def test_several_are_listed(region: DemoRegion) -> None:
    page = found(region, "ria", "t")
    assert page.status_code == 200
    assert f'href="/traject/{trajectory_of(TOM)}"' in page.text
    assert f'href="/traject/{trajectory_of(ELS)}"' not in page.text


@pytest.mark.parametrize("wanted", ["Zwartkruis", "", "%", "'; --", "x" * 5_000, "\u202e"])
def test_nobody_is_found_by_what_is_no_name_here(region: DemoRegion, wanted: str) -> None:
    page = found(region, "ria", wanted)
    assert page.status_code == 200
    assert "/traject/" not in page.text


@pytest.mark.parametrize("persona", ["sem", "tom", "wim", "noor"])
def test_who_has_no_tie_finds_nobody(region: DemoRegion, persona: str) -> None:
    page = found(region, persona, "Els")
    assert page.status_code == 200
    assert str(trajectory_of(ELS)) not in page.text


def test_an_auditor_finds_by_the_name_that_they_know_somebody_by(region: DemoRegion) -> None:
    auditor = next(name for name, each in PERSONAS.items() if each.actor.role is Role.AUDITOR)
    assert "heet zo" in found(region, auditor, "Noor").text
    called = Asking(PERSONAS[auditor].actor)
    listed = find(region.services, called, "cl")
    assert listed
    assert all(find(region.services, called, name) == [(file, name)] for file, name in listed)


def test_finding_is_for_who_is_signed_in(region: DemoRegion) -> None:
    assert region.browser().get("/vind").status_code == 401
    assert region.browser().post("/vind", data={"naam": "Els"}).status_code == 401


def test_that_somebody_was_listed_is_a_look(
    region: DemoRegion, region_database: Callable[..., str]
) -> None:
    counted = "SELECT count(*) FROM log.access WHERE trajectory = %s AND view = 'caseload'"

    def looks() -> int:
        with psycopg.connect(region_database("samenspoor_owner")) as connection:
            return connection.execute(counted, (trajectory_of(TOM),)).fetchone()[0]

    before = looks()
    found(region, "ria", "t")
    found(region, "ria", "Zwartkruis")
    assert looks() == before + 1


def test_the_key_is_turned_off_by_whoever_wants_so(region: DemoRegion) -> None:
    ria = region.browser("ria")
    assert "/find.js" in ria.get("/vandaag").text
    ria.post("/mijn", data={"keys": "no"})
    try:
        assert "/find.js" not in ria.get("/vandaag").text
        assert not own(region.services, Asking(PERSONAS["ria"].actor)).keys
    finally:
        choose(region.services, Asking(PERSONAS["ria"].actor), Own())
    assert "/find.js" not in region.browser("noor").get("/help").text, "she has one file"
