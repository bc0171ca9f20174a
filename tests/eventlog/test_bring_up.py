"""A log of an older version: its rights are folded anew, as this version gives them, once."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from uuid import UUID, uuid4

import psycopg
import pytest
from psycopg.types.json import Json

from domain.events import BY_TYPE
from domain.events.base import Event
from domain.events.programme import ProgrammeFounded
from domain.roles import Role
from domain.rules.team import AddTeamMember, RemoveTeamMember
from eventlog import grants as folding
from eventlog.grants import EDITION, astray, bring_up
from eventlog.log import Log
from eventlog.problems import TooNew, Unavailable
from tests.eventlog.world import DAY, World, column, sealed

Migrated = Callable[..., str]

GIVEN = "1f0058da"
"""The rules by which entries give rights, as a mark. When it changes: does an entry of an older log
give other rows now? Then raise EDITION, or kept data goes on with the rights of before."""


def test_a_change_of_what_entries_give_is_noticed() -> None:
    rules = {kind.grants for kind in BY_TYPE.values()} - {Event.grants}
    words = sorted(inspect.getsource(each) for each in {*rules, folding._of})
    assert sha256("".join(words).encode()).hexdigest()[:8] == GIVEN


@pytest.fixture
def owner(migrated: Migrated) -> Iterator[psycopg.Connection]:
    with psycopg.connect(migrated("samenspoor_owner"), autocommit=True) as connection:
        connection.execute("DELETE FROM log.rights")
        yield connection


@pytest.fixture
def team(world: World) -> list[UUID]:
    """A trajectory with somebody in its team, somebody who left it, and a programme."""
    care = [world.professional(Role.CARE_WORKER) for _ in range(2)]
    trajectory, programme = world.trajectory(), uuid4()
    for each in care:
        world.ask(trajectory, AddTeamMember(person=each.person, role=each.role))
    world.ask(trajectory, RemoveTeamMember(person=care[1].person))
    founded = ProgrammeFounded(occurred_on=DAY, name="Meedoen", organisation=world.organisation)
    log = world.handler.log
    log.committer.append(sealed(log, programme, 0, [founded]))
    return [trajectory, programme]


def rows(migrated: Migrated) -> list[str]:
    return column(migrated(), "SELECT g::text FROM log.grants g ORDER BY stream, key")


def age(owner: psycopg.Connection, team: list[UUID]) -> None:
    """Leave the rights as a version wrote them that knew one kind less and ended another late."""
    owner.execute("DELETE FROM log.grants WHERE stream = %s", (team[1],))
    owner.execute("UPDATE log.grants SET role = 'job_coach' WHERE kind = 'client'")
    owner.execute(
        "INSERT INTO log.grants VALUES (%s, 'team/left', gen_random_uuid(), 'team', '', NULL, '')",
        (team[0],),
    )


def test_what_an_older_version_gave_becomes_what_this_one_gives(
    owner: psycopg.Connection, team: list[UUID], log: Log, migrated: Migrated
) -> None:
    before = rows(migrated)
    age(owner, team)
    assert set(astray(log)) >= set(team)
    assert bring_up(log) >= 3
    assert rows(migrated) == before
    assert astray(log) == []
    age(owner, team)
    assert bring_up(log) == 0  # once, and then no more: the log is not folded with every start
    owner.execute("DELETE FROM log.rights")
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda _: bring_up(log), range(4)))
    assert rows(migrated) == before


def test_what_a_newer_version_gave_is_left_alone(
    owner: psycopg.Connection, team: list[UUID], log: Log, migrated: Migrated
) -> None:
    owner.execute("INSERT INTO log.rights VALUES (%s)", (EDITION + 1,))
    age(owner, team)
    before = rows(migrated)
    with pytest.raises(TooNew):
        bring_up(log)
    assert rows(migrated) == before


def test_nothing_is_put_right_by_a_fold_that_others_have_overtaken(
    owner: psycopg.Connection,
    team: list[UUID],
    log: Log,
    migrated: Migrated,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    age(owner, team)
    before = rows(migrated)
    with psycopg.connect(migrated()) as service:
        answer = service.execute(
            "SELECT log.refill(%s, %s, %s)", (Json([]), log.position() - 1, EDITION)
        ).fetchone()
    assert answer == (False,)
    drift = folding.drift
    monkeypatch.setattr(folding, "drift", lambda log: drift(log)._replace(upto=0))
    with pytest.raises(Unavailable):
        bring_up(log)
    assert rows(migrated) == before
    assert column(migrated(), "SELECT edition FROM log.rights") == []


def test_a_stream_that_does_not_open_keeps_its_rows(
    owner: psycopg.Connection, team: list[UUID], log: Log, migrated: Migrated
) -> None:
    flip = "UPDATE log.entry SET state = set_byte(state, 20, 255 - get_byte(state, 20))"
    hurt = f"{flip} WHERE originator_id = %s AND originator_version = 1"
    of = "SELECT g::text FROM log.grants g WHERE stream = %s ORDER BY key"
    before = column(migrated(), of, team[0])
    owner.execute("ALTER TABLE log.entry DISABLE TRIGGER ALL")
    try:
        owner.execute(hurt, (team[0],))
        age(owner, [uuid4(), team[1]])
        bring_up(log)
        aged = [each.replace("client,client", "client,job_coach") for each in before]
        assert column(migrated(), of, team[0]) == aged
        assert astray(log) == [team[0]]
    finally:
        owner.execute(hurt, (team[0],))
        owner.execute(
            "ALTER TABLE log.entry ENABLE ALWAYS TRIGGER append_only,"
            " ENABLE ALWAYS TRIGGER append_only_table"
        )
