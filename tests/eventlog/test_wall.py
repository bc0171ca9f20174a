"""The wall in the database is never narrower than the policy, and gives strangers nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any
from uuid import UUID

import orjson
import psycopg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from domain.events import BY_TYPE
from domain.events.base import Category, Grant, GrantKind, Kind, StreamKind, field_kinds
from domain.policy import SENDABLE, Reader, Seen, relation, sight, visible_fields
from domain.policy.relation import ON_TEAM
from domain.roles import Role
from eventlog.migrate import migrate
from eventlog.wall import policy
from tests.domain.policy_people import (
    BAKERY,
    CARE,
    COURIERS,
    KIM,
    NOOR,
    RIA,
    SOCIAL_FIRM,
    TODAY,
    TOWN,
    TRACK,
    YESTERDAY,
    held,
    permission,
    sample,
)
from tests.domain.test_policy_laws import days, grants, organisations, placed, readers

STREAMS = {StreamKind.TRAJECTORY, StreamKind.FUNDING}
ELSEWHERE = {GrantKind.ROLE, GrantKind.CONTACT}
"""What of other streams the gate takes into account."""
TYING = (
    GrantKind.ROLE,
    GrantKind.TEAM,
    GrantKind.PERMISSION,
    GrantKind.EMPLOYER,
    GrantKind.CONTACT,
)
NOW = "2026-03-02T09:00:00Z"
_SEEN = "SELECT category, ground, employer, facts, words FROM wall.seen() WHERE stream = %s"
DRAWN = settings(
    max_examples=300,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@pytest.fixture(scope="module")
def owner(module_database: Callable[..., str]) -> Iterator[psycopg.Connection[Any]]:
    migrate(module_database("samenspoor_owner"))
    with psycopg.connect(module_database("samenspoor_owner"), autocommit=True) as connection:
        yield connection


def ask(connection: psycopg.Connection[Any], reader: Reader) -> set[tuple[Any, ...]]:
    """Give (category, ground, employer, facts, words) of what the wall gives of the trajectory."""
    asks = {**reader._asdict(), "now": NOW, "day": TODAY}
    found = []
    for files in ([TRACK], None):
        with connection.transaction():
            told = orjson.dumps({**asks, "files": files}).decode()
            connection.execute("SELECT set_config('samenspoor.asks', %s, true)", (told,))
            found.append(set(connection.execute(_SEEN, (TRACK,))))
    assert found[1] <= found[0]  # naming the file is what lets in who comes by their organisation
    return found[0]


def keep(connection: psycopg.Connection[Any], rows: list[Grant]) -> list[Grant]:
    """Put these grants in the place of all; a later one with the same key replaces."""
    kept = list({(row.stream, row.key): row for row in rows}.values())
    kept = [row for row in kept if row.stream == TRACK or row.kind in ELSEWHERE]
    connection.execute("DELETE FROM log.grants")
    with connection.cursor() as cursor:
        cursor.executemany("INSERT INTO log.grants VALUES (%s, %s, %s, %s, %s, %s, %s, %s)", kept)
    return kept


def words(category: Category, seen: Seen) -> bool:
    """Say whether more than facts is seen of any entry of a category."""
    return any(
        field_kinds(event)[name] is not Kind.FACT
        for event in BY_TYPE.values()
        if event.STREAM in STREAMS and event.CATEGORY is category
        for name in visible_fields(event, seen)
    )


def compare(connection: psycopg.Connection[Any], reader: Reader, rows: list[Grant]) -> None:
    """What the policy shows the wall gives; to whom no grant refers it gives nothing."""
    found = ask(connection, reader)
    mine = [row for row in rows if row.holder == reader.person]
    theirs = {reader.person} | {row.organisation for row in mine} | {row.stream for row in mine}
    if not any(row.stream == TRACK and {row.holder, row.organisation} & theirs for row in rows):
        assert not found
    tie = relation(reader, TRACK, rows, TODAY)
    if tie is None:
        return
    seen = sight(tie)

    def given(category: Category, what: int, *grounds: tuple[str, UUID | None]) -> bool:
        return any(row[0] == category and row[1:3] in grounds and row[what] for row in found)

    whole, own = ("always", None), ("own", None)
    for category in Category:
        for kinds, grounds in (
            (seen.kinds(category), (whole,)),
            (seen.kinds(category, own=True), (whole, own)),
            *(
                (seen.kinds(category, employer=each), (whole, ("own_job", each)))
                for each in (COURIERS, BAKERY)
            ),
        ):
            if Kind.FACT in kinds:
                assert given(category, 3, *grounds)
                assert given(category, 4, *grounds) >= words(category, kinds)


def _near(who: tuple[Reader, list[Grant]]) -> st.SearchStrategy[tuple[Reader, list[Grant]]]:
    """Draw some of what would tie a reader, and rows that differ from it in one thing."""
    reader, own = who
    alike = st.builds(
        Grant,
        stream=st.sampled_from([TRACK, TRACK, COURIERS, RIA]),
        key=st.uuids().map(str),
        holder=st.sampled_from([RIA, RIA, NOOR, CARE, SOCIAL_FIRM, COURIERS]),
        kind=st.sampled_from(TYING),
        role=st.sampled_from([reader.role, reader.role, "", "job_coach", "care_worker"]).map(str),
        organisation=organisations,
        categories=st.sampled_from(["E", "A,H", "H,N", "J", "O,Z", ""]),
        until=days,
    )
    return st.tuples(
        organisations.map(lambda each: reader._replace(organisation=each)),
        st.tuples(
            st.lists(st.sampled_from(own), min_size=1, max_size=5),
            st.lists(alike, min_size=4, max_size=14),
        ).map(lambda drawn: drawn[0] + drawn[1]),
    )


@DRAWN
@given(placed.flatmap(_near))
def test_it_lets_through_what_the_policy_shows_to_who_is_nearly_tied(owner, who):
    reader, rows = who
    compare(owner, reader, keep(owner, rows))


@DRAWN
@given(placed, grants)
def test_it_lets_through_what_the_policy_shows(owner, who, rows):
    reader, own = who
    compare(owner, reader, keep(owner, own + rows))


@DRAWN
@given(readers, grants)
def test_it_lets_through_what_the_policy_shows_to_whoever_asks(owner, reader, rows):
    compare(owner, reader, keep(owner, rows))


@pytest.mark.parametrize("holder", [KIM, TOWN])
def test_an_auditor_gets_words_of_support_by_a_permission_for_an_audit_alone(
    owner: psycopg.Connection[Any], holder: UUID
) -> None:
    def words_of_support(role: str) -> bool:
        rows = [sample(), held(Role.AUDITOR, TOWN), permission(holder, "H", role=role)]
        keep(owner, rows)
        found = ask(owner, Reader(KIM, Role.AUDITOR))
        return any(category == Category.SUPPORT and words for category, *_, words in found)

    assert words_of_support(Role.AUDITOR.value)
    assert not words_of_support("")


@pytest.mark.parametrize("role", sorted(ON_TEAM))
def test_a_place_on_the_team_gives_nothing_once_the_role_there_has_ended(
    owner: psycopg.Connection[Any], role: Role
) -> None:
    place = Grant(TRACK, "place", KIM, GrantKind.TEAM, role.value, TOWN)
    for ended in ([], [held(role, CARE, KIM)]):
        keep(owner, [place, *ended])
        assert not ask(owner, Reader(KIM, role))
    keep(owner, [place, held(role, TOWN, KIM)])
    assert ask(owner, Reader(KIM, role))


def sent(connection: psycopg.Connection[Any], reader: Reader, *rows: Grant) -> set[UUID]:
    """Give what the wall gives of what the client sent."""
    keep(connection, list(rows))
    with connection.transaction():
        told = orjson.dumps({**reader._asdict(), "now": NOW, "day": TODAY, "files": [TRACK]})
        connection.execute("SELECT set_config('samenspoor.asks', %s, true)", (told.decode(),))
        return {each for (each,) in connection.execute("SELECT wall.sent()")}


@pytest.mark.parametrize("role", sorted(Role))
def test_what_was_sent_is_let_through_to_one_in_one_role_as_long_as_they_are_tied(
    owner: psycopg.Connection[Any], role: Role
) -> None:
    told = Grant(TRACK, f"sent/{RIA}/{NOOR}", KIM, GrantKind.SENT, role.value)
    place = (Grant(TRACK, "place", KIM, GrantKind.TEAM, role.value, TOWN), held(role, TOWN, KIM))
    reader = Reader(KIM, role)
    assert sent(owner, reader, told, *place) == ({RIA, NOOR} if role in SENDABLE else set())
    if role in SENDABLE:  # and by no category
        assert not {category for category, *_ in ask(owner, reader)} & {*"EH"}
    for less in ((told,), (told, place[0]), place, (told._replace(holder=NOOR), *place)):
        assert not sent(owner, reader, *less)
    for other in (
        told._replace(role=""),
        told._replace(role=Role.EMPLOYER.value if role is not Role.EMPLOYER else ""),
        told._replace(until=YESTERDAY),
        told._replace(key=f"sent/x/{NOOR}"),
        told._replace(key="sent"),
    ):
        assert not sent(owner, reader, other, *place)
    assert not sent(owner, Reader(NOOR, role), told, *place)


def test_its_rows_are_those_of_the_policy(owner: psycopg.Connection[Any]) -> None:
    for table, rows in policy().items():
        kept = owner.execute(f"SELECT * FROM wall.{table}").fetchall()
        assert sorted(map(repr, kept)) == sorted(map(repr, rows))


def test_a_wall_that_stays_behind_follows_when_migrating(
    owner: psycopg.Connection[Any], module_database: Callable[..., str]
) -> None:
    owner.execute("DELETE FROM wall.opening WHERE role = 'client'")
    assert migrate(module_database("samenspoor_owner")) == []
    test_its_rows_are_those_of_the_policy(owner)


@pytest.mark.parametrize("asks", ["", "{}", '{"person": null}'])
def test_without_an_asker_nothing_is_seen(owner: psycopg.Connection[Any], asks: str) -> None:
    with owner.transaction():
        owner.execute("SELECT set_config('samenspoor.asks', %s, true)", (asks,))
        assert owner.execute("SELECT * FROM wall.seen()").fetchall() == []
        for nobody in ("around", "were_there", "reached", "runs", "programmes", "ties", "sent"):
            assert owner.execute(f"SELECT * FROM wall.{nobody}()").fetchall() == []
        assert owner.execute("SELECT wall.works_for(), wall.leads()").fetchall() == [([], [])]
        assert owner.execute("SELECT wall.person()").fetchall() == [(None,)]


@pytest.mark.usefixtures("owner")
def test_the_service_changes_nothing_of_it(module_database: Callable[..., str]) -> None:
    with psycopg.connect(module_database(), autocommit=True) as service:
        for statement in (
            "INSERT INTO wall.naming VALUES ('client', 'auditor')",
            "DELETE FROM wall.opening",
            "CREATE FUNCTION wall.mine() RETURNS int LANGUAGE sql AS 'SELECT 1'",
        ):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                service.execute(statement)
