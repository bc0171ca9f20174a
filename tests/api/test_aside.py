"""Who looks in an emergency goes on when the database takes no lines; they are brought in later."""

from __future__ import annotations

import stat
from contextlib import contextmanager
from uuid import uuid4

import orjson
import psycopg
import pytest

from api.wiring import ASIDE, wire
from domain.events.people import OrganisationKind
from domain.roles import Role
from domain.rules.people import GiveRole, RegisterOrganisation
from eventlog.access import Look
from eventlog.aside import Aside
from eventlog.entry import Actor


@pytest.fixture
def region(lone_region, monkeypatch):
    """A region where a care worker from elsewhere reads along, and nobody waits long."""
    region = lone_region
    for module in ("projections.database", "eventlog.recorder"):
        monkeypatch.setattr(f"{module}.PATIENCE", 0.3)
    crisis, person = uuid4(), region.person("Fay", "Blom")
    region.world.operator(
        crisis, RegisterOrganisation(name="Crisisdienst", kind=OrganisationKind.CARE)
    )
    region.world.operator(person, GiveRole(role=Role.CARE_WORKER, organisation=crisis))
    region.doctor = Actor(person, Role.CARE_WORKER, crisis)
    region.projector.catch_up()
    region.said(region.doctor, region.trajectory, "open-emergency-access", reason="nood")
    return region


@contextmanager
def unwritable(region):
    """Let the database take no looks, and read as before."""
    with psycopg.connect(region.database("samenspoor_owner"), autocommit=True) as connection:
        connection.execute("ALTER TABLE log.access RENAME TO elsewhere")
        yield
        connection.execute("ALTER TABLE log.elsewhere RENAME TO access")


def in_emergency(region):
    with psycopg.connect(region.database("samenspoor_owner")) as connection:
        return connection.execute(
            "SELECT view, request FROM log.access WHERE emergency ORDER BY at"
        ).fetchall()


def kept(region):
    return region.settings.folder / ASIDE


@pytest.mark.parametrize("what", ["", "/timeline"])
def test_only_who_looks_in_an_emergency_goes_on(region, what):
    with unwritable(region):
        assert region.see(region.doctor, what).status_code == 200
        for who in (region.coach, region.carer, region.client):
            assert region.see(who, what).status_code == 503
    assert in_emergency(region) == []
    text = kept(region).read_bytes()
    (line,) = map(orjson.loads, text.splitlines())
    assert line["person"] == str(region.doctor.person)
    assert b"Noor" not in text
    assert b"nood" not in text
    assert stat.S_IMODE(kept(region).stat().st_mode) == 0o600


@pytest.mark.parametrize("what", ["/access", "/timeline"])
def test_the_next_look_brings_them_in_once(region, what):
    with unwritable(region):
        region.see(region.doctor)
        region.see(region.doctor, "/timeline")
    waiting = kept(region).read_bytes()
    assert region.see(region.client, what).status_code == 200
    assert [view for view, _ in in_emergency(region)] == ["state", "timeline"]
    assert kept(region).read_bytes() == b""
    kept(region).write_bytes(waiting)  # as if this process had died before it forgot them
    region.see(region.coach)
    assert len(in_emergency(region)) == 2
    found = region.see(region.client, "/access").json()
    assert found["summary"].startswith("In een noodgeval: 2 keer.")


def test_what_was_asked_is_brought_in_as_well(region):
    then = "2026-03-03T12:00:00+01:00"
    with unwritable(region):
        assert region.see(region.doctor, "/timeline", known_at=then).status_code == 200
    (line,) = map(orjson.loads, kept(region).read_bytes().splitlines())
    assert line["query"] == {"known_at": then}
    region.see(region.client)
    with psycopg.connect(region.database("samenspoor_owner")) as connection:
        asked = "SELECT query FROM log.access WHERE emergency"
        assert connection.execute(asked).fetchall() == [({"known_at": then},)]


def test_another_process_of_the_same_folder_brings_them_in(region):
    with unwritable(region):
        region.see(region.doctor)
    after = wire(region.settings, now=region.services.now)
    try:
        after.accesses.note([a_look(region)])
    finally:
        after.close()
    assert len(in_emergency(region)) == 1


def test_without_database_and_file_nothing_is_shown(region):
    kept(region).parent.write_text("no folder")
    with unwritable(region):
        assert region.see(region.doctor).status_code == 503
        assert region.see(region.doctor, "/timeline").status_code == 503


def a_look(region):
    now = region.services.now()
    return Look(
        *(now, region.trajectory, region.coach.person, "job_coach", None, None),
        *("state", "A", "team", uuid4()),
    )


def test_a_line_that_is_sent_again_stands_there_once(region):
    look = a_look(region)
    other = look._replace(request=uuid4())
    for looks in ([look], [look], [look, other], [other]):
        region.services.accesses.note(looks)
    with psycopg.connect(region.database("samenspoor_owner")) as connection:
        query = "SELECT count(*) FROM log.access WHERE request = ANY(%s)"
        (found,) = connection.execute(query, ([look.request, other.request],)).fetchone()
    assert found == 2


def test_a_line_that_broke_off_harms_no_other(tmp_path):
    aside, taken = Aside(tmp_path / "new" / "aside.jsonl"), []
    aside.bring_in(taken.extend)
    assert not aside.waiting()
    aside.add([{"n": 1}])
    with aside.path.open("ab") as file:
        file.write(b'{"n": 2, "br')
    aside.add([{"n": 3}, {"n": 4}])
    assert aside.waiting()
    with pytest.raises(ZeroDivisionError):
        aside.bring_in(lambda _: 1 / 0)
    aside.bring_in(taken.extend)
    assert [each["n"] for each in taken] == [1, 3, 4]
    assert not aside.waiting()
