"""An idempotency key stands for the answer to one request of one person, and for no other."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import psycopg
import pytest

from domain.events.search import Mode
from domain.roles import Role
from domain.rules.base import Command, Refused
from domain.rules.support import LeaveInPeace, LogContact, WelcomeContact
from domain.rules.team import AddTeamMember, RemoveTeamMember
from eventlog.entry import Actor
from eventlog.handler import Handler
from eventlog.request import Answer, KeyReused, NotFound
from tests.eventlog.world import DAY, World, column, contact, talked, versions


@pytest.fixture(params=["threads", "coroutines"])
def world(handler: Handler, request: pytest.FixtureRequest) -> World:
    """A coach who asks in both ways."""
    return World(handler, by_coroutines=request.param == "coroutines")


def same(one: Answer, two: Answer) -> bool:
    return one._replace(replayed=False) == two._replace(replayed=False)


def test_the_same_request_again_gets_the_same_answer(world: World, elsewhere: World) -> None:
    stream = world.trajectory()
    first = world.ask(stream, contact(), key="k")
    world.note(stream, "iets anders")
    for again in (world, elsewhere):
        answer = again.ask(stream, contact(), key="k")
        assert answer.replayed
        assert same(answer, first)
    assert versions(world.handler.log, stream) == [1, 2, 3]


def test_a_key_stands_for_all_entries_of_its_command(world: World) -> None:
    class Twice(Command):
        NAME = "twice"
        YIELDS = (talked().__class__,)

        def decide(self, *_):
            return [talked("een"), talked("twee")]

    stream = world.trajectory()
    first = world.ask(stream, Twice(), key="two")
    assert len(first.entries) == 2
    assert same(world.ask(stream, Twice(), key="two"), first)
    assert first.position == world.handler.log.position()


@pytest.mark.parametrize(
    ("elsewhere_in_it", "command"),
    [(False, contact("iets anders")), (True, contact()), (False, WelcomeContact())],
    ids=["body", "stream", "command"],
)
def test_a_key_used_for_something_else_is_refused(
    world: World, elsewhere_in_it: bool, command: Command
) -> None:
    stream, second = world.trajectory(), world.trajectory()
    world.ask(stream, contact(), key="k")
    position = world.handler.log.position()
    with pytest.raises(KeyReused):
        world.ask(second if elsewhere_in_it else stream, command, key="k")
    assert world.handler.log.position() == position


def test_the_same_key_of_another_person_is_another_key(world: World) -> None:
    client = world.person()
    stream = world.trajectory(client)
    world.ask(stream, contact(), key="k")
    peace = LeaveInPeace(until=world.handler.today() + timedelta(days=3))
    answer = world.ask(stream, peace, Actor(client, Role.CLIENT), key="k")
    assert not answer.replayed
    assert len(answer.entries) == 1


def test_what_changed_nothing_is_not_remembered(world: World) -> None:
    stream = world.trajectory()
    until = world.handler.today() + timedelta(days=3)
    welcome, peace = WelcomeContact(), LeaveInPeace(until=until)
    assert world.ask(stream, welcome, key="w") == Answer(stream, 1)
    world.ask(stream, peace)
    assert world.ask(stream, welcome, key="w").entries  # now it means something


def test_a_refusal_is_not_remembered(world: World) -> None:
    stream, late = world.trajectory(), LogContact(mode=Mode.PHONE, occurred_on=DAY)
    position = world.handler.log.position()
    for _ in range(2):
        with pytest.raises(Refused):
            world.ask(stream, late, key="k")
    assert world.handler.log.position() == position
    assert world.ask(stream, contact(), key="k").entries  # the mended request goes


def test_a_key_outlives_rights_and_conflicts(world: World, elsewhere: World) -> None:
    stream = world.trajectory()
    first = world.ask(stream, contact(), key="k")
    other = world.professional(Role.CARE_WORKER)
    world.ask(stream, AddTeamMember(person=other.person, role=other.role))
    world.ask(stream, RemoveTeamMember(person=world.coach.person))
    assert same(elsewhere.ask(stream, contact(), key="k", if_match=lambda _: False), first)
    with pytest.raises(NotFound):
        elsewhere.ask(stream, contact())


def test_idempotency_keys_are_stored_as_fingerprints(
    world: World, migrated: Callable[..., str]
) -> None:
    stream = world.trajectory()
    world.ask(stream, contact("vertrouwelijk"), key="jansen-2026")
    query = "SELECT idempotency_key || idempotency_digest FROM log.entry WHERE originator_id = %s"
    stored = [each for each in column(migrated(), query, stream) if each]
    assert [len(each) for each in stored] == [64]
    with psycopg.connect(migrated()) as connection:
        row = connection.execute(
            "SELECT string_agg(e::text, '') FROM log.entry e WHERE originator_id = %s", (stream,)
        ).fetchone()
    assert row is not None
    for word in ("jansen", "vertrouwelijk"):
        assert word not in row[0]
        assert word.encode().hex() not in row[0]
