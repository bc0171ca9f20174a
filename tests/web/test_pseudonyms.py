"""Nothing that an auditor is given names a person, not by an id either: pseudonyms would fall."""

from __future__ import annotations

import re

import pytest

from api.demo.people import PERSONAS
from domain.roles import Role
from tests.demo.region import DemoRegion

READS = (
    *("", "/timeline?limit=100", "/audit-trail?limit=100", "/timeline?limit=100&lang=en"),
    *("?known_at=2100-01-01T00:00:00Z", "/timeline?limit=100&known_at=2100-01-01T00:00:00Z"),
)
_ID = re.compile(r"[0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12}")


@pytest.fixture(scope="module")
def people(region: DemoRegion) -> frozenset[str]:
    """Everybody's id, but for that of the auditor."""
    rows = region.services.log.entries_recorder.rows(
        "SELECT DISTINCT originator_id FROM log.entry WHERE topic = 'person.registered.v1'", ()
    )
    everybody = {str(who) for (who,) in rows} | {str(p.actor.person) for p in PERSONAS.values()}
    return frozenset(everybody - {str(PERSONAS["kim"].actor.person)})


@pytest.mark.parametrize("read", READS)
def test_an_auditor_is_given_no_id_of_a_person(
    region: DemoRegion, people: frozenset[str], read: str
) -> None:
    kim, ria = region.browser("kim"), region.browser("ria")
    given: set[str] = set()
    for trajectory in kim.get("/api/v1/me").json()["trajectories"]:
        found = kim.get(f"/api/v1/trajectories/{trajectory}{read}")
        assert found.status_code == 200
        assert people.isdisjoint(_ID.findall(found.text))
        given.update(_ID.findall(ria.get(f"/api/v1/trajectories/{trajectory}{read}").text))
    assert given & people, "the team is given some, so that this test can fail"


def test_what_stands_keeps_its_place_under_pseudonyms(region: DemoRegion) -> None:
    kim = region.browser("kim")
    for trajectory in kim.get("/api/v1/me").json()["trajectories"]:
        standing = kim.get(f"/api/v1/trajectories/{trajectory}").json()["standing"]
        slots = [each["slot"] for each in standing]
        assert len(slots) == len(set(slots))
        assert any(re.fullmatch(r"team/[2-9A-Z]{5}", slot) for slot in slots)


def test_a_role_is_said_once(region: DemoRegion) -> None:
    kim = region.browser("kim")
    roles = "|".join(
        sorted({each.label.nl for each in Role} | {"werkgever"}, key=len, reverse=True)
    )
    twice = re.compile(rf"\b({roles}) [2-9A-Z]{{5}}\b[^.;:]*\b\1\b|\b({roles}) \2\b", re.IGNORECASE)
    said = 0
    for trajectory in kim.get("/api/v1/me").json()["trajectories"]:
        found = kim.get(f"/api/v1/trajectories/{trajectory}/timeline?limit=100").json()["entries"]
        for each in found:
            assert not twice.search(each["sentence"]), each["sentence"]
            said += bool(re.search(r"\b[2-9A-Z]{5}\b.*(?:als|aan)", each["sentence"]))
        page = re.sub(r"<[^>]+>", " ", kim.get(f"/traject/{trajectory}").text)
        assert not re.search(rf"({roles}) [2-9A-Z]{{5}},?\s+\1", page)
    assert said, "somebody joined in a role"
