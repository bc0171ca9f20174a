"""Verifying: whatever was changed behind the log's back is found, and nothing else."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from uuid import UUID

import psycopg
import pytest

from domain.roles import Role
from domain.rules.support import LogContact
from domain.rules.team import AddTeamMember, RemoveTeamMember
from eventlog.log import Log
from eventlog.verify import verify
from tests.eventlog.world import World


@pytest.fixture
def streams(world: World) -> list[UUID]:
    """Two trajectories; the first will be tampered with."""
    made = [world.trajectory(), world.trajectory()]
    care = world.professional(Role.CARE_WORKER)
    for each in made:
        world.ask(each, AddTeamMember(person=care.person, role=care.role))
        world.ask(each, LogContact(mode="phone", text="gebeld"))
    world.ask(made[1], RemoveTeamMember(person=care.person))
    return [*made, care.person, world.organisation]


def found(log: Log, streams: list[UUID]) -> set[UUID]:
    """Say which of these streams are not as they were written."""
    findings = list(verify(log))
    assert "gebeld" not in json.dumps([each.what for each in findings])
    return {each.stream for each in findings} & set(streams)


@contextmanager
def tampering(owner: str) -> Iterator[psycopg.Connection]:
    """Whoever owns the tables can switch the guard off; that is what the hashes are for."""
    with psycopg.connect(owner) as connection:
        connection.execute("ALTER TABLE log.entry DISABLE TRIGGER USER")
        yield connection
        connection.execute("ALTER TABLE log.entry ENABLE ALWAYS TRIGGER append_only")


def test_an_untouched_log_is_sound(streams: list[UUID], log: Log) -> None:
    told: list[int] = []
    assert {each.stream for each in verify(log, told.append)}.isdisjoint(streams)
    assert sum(told) == len(log.read(0, 10_000))


AT = "WHERE originator_id = %(stream)s AND originator_version = 2"
CHANGES = {
    "payload": f"UPDATE log.entry SET state = state || '\\x00' {AT}",
    "header": f"UPDATE log.entry SET header = header || ' ' {AT}",
    "moment": f"UPDATE log.entry SET recorded_at = recorded_at + interval '1 microsecond' {AT}",
    "id": f"UPDATE log.entry SET event_id = gen_random_uuid() {AT}",
    "type": f"UPDATE log.entry SET topic = 'team.member_left.v1' {AT}",
    "envelope": f"UPDATE log.entry SET envelope = '{{}}' {AT}",
    "garbage": f"UPDATE log.entry SET envelope = '' {AT}",
    "place": f"UPDATE log.entry SET originator_version = 9 {AT}",
    "removed": f"DELETE FROM log.entry {AT}",
    "right changed": "UPDATE log.grants SET categories = 'K' WHERE stream = %(stream)s",
    "right added": (
        "INSERT INTO log.grants SELECT stream, 'x', holder, kind, role, organisation, categories,"
        " until FROM log.grants WHERE stream = %(stream)s LIMIT 1"
    ),
    "right removed": "DELETE FROM log.grants WHERE stream = %(stream)s AND key = 'client'",
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_what_was_changed_is_found(
    streams: list[UUID], log: Log, migrated: Callable[..., str], change: str
) -> None:
    with tampering(migrated("samenspoor_owner")) as owner:
        assert owner.execute(change, {"stream": streams[0]}).rowcount > 0
    assert found(log, streams) == {streams[0]}


def test_rights_of_an_erased_person_are_not_taken_for_a_finding(
    streams: list[UUID], migrated: Callable[..., str], second_log: Log
) -> None:
    with psycopg.connect(migrated("samenspoor_owner")) as owner:
        owner.execute("DELETE FROM keys.data_key WHERE subject = %s", (streams[0],))
    assert found(second_log, streams) == set()
