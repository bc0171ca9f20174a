"""Handling a command: answered once, decided on the newest state, refused without a trace."""

from __future__ import annotations

import asyncio
import dataclasses
from datetime import UTC, date, datetime, timedelta
from itertools import count
from typing import Any
from uuid import uuid4

import pytest

from domain.events.base import StreamKind
from domain.events.search import Mode
from domain.roles import Role
from domain.rules.base import Command, Refused
from domain.rules.corrections import CorrectEntry, CorrectRegistration
from domain.rules.employer import RegisterEmployer
from domain.rules.people import EndRole, RegisterPerson
from domain.rules.referral import EnterProgramme, Refer
from domain.rules.support import LeaveInPeace, LogContact, WelcomeContact
from domain.rules.team import AddTeamMember, RemoveTeamMember
from eventlog.entry import Actor
from eventlog.handler import AT_ONCE, Handler
from eventlog.keys import KeyProblem
from eventlog.log import Before, Log
from eventlog.problems import Unavailable, Unreadable
from eventlog.request import Answer, Busy, Changed, NotAllowed, NotFound, Request
from tests.eventlog.world import ADMIN, World, contact, sealed, talked, versions


@pytest.fixture(params=["threads", "coroutines"])
def world(handler: Handler, request: pytest.FixtureRequest) -> World:
    """A coach who asks in both ways."""
    return World(handler, by_coroutines=request.param == "coroutines")


def test_a_command_becomes_entries(world: World) -> None:
    stream = world.trajectory()
    answer = world.ask(stream, contact(), key="k")
    (entry,) = world.handler.log.entries(stream, after=1)
    assert answer == Answer(stream, 2, (entry.event_id,), entry.position)
    assert entry.header.actor == world.coach.person
    assert entry.header.organisation == world.organisation


# If-Match, conflicts and others at work


def test_if_match_guards_and_is_asked_with_the_version_of_now(
    world: World, elsewhere: World
) -> None:
    stream, asked = world.trajectory(), []
    elsewhere.note(stream)
    with pytest.raises(Changed):
        world.ask(stream, contact(), if_match=lambda v: asked.append(v) or v == 1)  # type: ignore[func-returns-value]
    assert asked == [2]
    assert world.ask(stream, contact(), if_match=lambda v: v == 2).version == 3


def test_if_match_holds_when_another_writes_in_between(world: World, elsewhere: World) -> None:
    stream = world.trajectory()

    def matches(version: int) -> bool:
        if version == 1:
            elsewhere.note(stream)  # after the look, before the append
        return version == 1

    with pytest.raises(Changed):
        world.ask(stream, contact(), if_match=matches)
    assert versions(world.handler.log, stream) == [1, 2]


class Meddled(Command):
    """A note in whose decision another process writes first, so often."""

    NAME = "meddled"
    YIELDS = (talked().__class__,)

    def decide(self, *_):
        meddle()
        return [talked()]


def meddle() -> None:
    raise NotImplementedError


@pytest.mark.parametrize("times", [0, AT_ONCE, 3 * AT_ONCE])
def test_a_conflict_is_decided_anew_as_often_as_others_win(
    world: World, elsewhere: World, monkeypatch, times: int
) -> None:
    stream, decided = world.trajectory(), []

    def others_write() -> None:
        decided.append(1)
        if len(decided) <= times:
            elsewhere.note(stream)

    monkeypatch.setattr("tests.eventlog.test_handler.meddle", others_write)
    world.handler.states.forget(stream)
    assert world.ask(stream, Meddled(), key="k").version == times + 2
    assert len(decided) == times + 1
    assert versions(world.handler.log, stream) == list(range(1, times + 3))


def test_others_who_never_stop_writing_make_it_busy_in_the_end(
    world: World, elsewhere: World, monkeypatch
) -> None:
    # A clock of its own: on a busy machine the first try alone may take long.
    monkeypatch.setattr("eventlog.handler.monotonic", count().__next__)
    monkeypatch.setattr("eventlog.handler.INSISTING", 8)
    stream, decided = world.trajectory(), []

    def others_write() -> None:
        decided.append(1)
        elsewhere.note(stream)

    monkeypatch.setattr("tests.eventlog.test_handler.meddle", others_write)
    with pytest.raises(Busy):
        world.ask(stream, Meddled(), key="k")
    assert len(decided) > 1
    assert versions(world.handler.log, stream) == list(range(1, len(decided) + 2))


def test_a_withdrawal_between_looking_and_deciding_counts(
    world: World, elsewhere: World, monkeypatch
) -> None:
    stream = world.trajectory()
    other = world.professional(Role.CARE_WORKER)
    world.ask(stream, AddTeamMember(person=other.person, role=other.role))
    entries, removed = world.handler.log.entries, []

    def meanwhile(*asked, **how):
        if not removed:
            removed.append(elsewhere.ask(stream, RemoveTeamMember(person=other.person)))
        return entries(*asked, **how)

    world.handler.states.forget(stream)
    monkeypatch.setattr(world.handler.log, "entries", meanwhile)
    with pytest.raises(NotFound):
        world.ask(stream, contact(), other)
    assert versions(elsewhere.handler.log, stream) == [1, 2, 3]
    with pytest.raises(NotFound):  # nor from memory afterwards
        world.ask(stream, contact(), other)


def test_a_right_withdrawn_elsewhere_is_not_remembered_here(world: World, elsewhere: World) -> None:
    stream = world.trajectory()
    other = world.professional(Role.CARE_WORKER)
    world.ask(stream, AddTeamMember(person=other.person, role=other.role))
    for _ in range(2):
        assert world.note(stream, by=other).entries
    elsewhere.ask(stream, RemoveTeamMember(person=other.person))
    with pytest.raises(NotFound):
        world.note(stream, by=other)


def test_a_role_that_ended_elsewhere_is_not_remembered_here(world: World, elsewhere: World) -> None:
    stream = world.trajectory()
    other = world.professional(Role.CARE_WORKER)
    world.ask(stream, AddTeamMember(person=other.person, role=other.role))
    for _ in range(2):
        assert world.note(stream, by=other).entries
    ended = EndRole(role=other.role, organisation=world.organisation)
    elsewhere.operator(other.person, ended)
    with pytest.raises(NotFound):
        world.note(stream, by=other)


def test_a_role_that_ends_between_deciding_and_storing_counts(
    world: World, elsewhere: World, monkeypatch
) -> None:
    stream, ended = world.trajectory(), []

    def meanwhile() -> None:
        if not ended:
            role = EndRole(role=world.coach.role, organisation=world.organisation)
            ended.append(elsewhere.operator(world.coach.person, role))

    monkeypatch.setattr("tests.eventlog.test_handler.meddle", meanwhile)
    with pytest.raises(NotFound):
        world.ask(stream, Meddled())
    assert versions(world.handler.log, stream) == [1]


def test_of_whom_a_command_names_the_roles_are_asked_each_time(world: World, monkeypatch) -> None:
    stream, before, asked = world.trajectory(), world.handler.log.before, []
    world.note(stream)

    def looked_up(*how: Any) -> Before:
        asked.append(how)
        return before(*how)

    monkeypatch.setattr(world.handler.log, "before", looked_up)
    world.note(stream)
    assert not asked
    world.ask(stream, RemoveTeamMember(person=world.person()))
    assert asked


def test_a_stream_that_is_being_written_makes_others_wait_and_then_busy(
    world: World, monkeypatch
) -> None:
    monkeypatch.setattr("eventlog.handler.PATIENCE", 0.05)
    monkeypatch.setattr("eventlog.turns.PATIENCE", 0.05)
    stream = world.trajectory()
    if world.by_coroutines:
        turns = world.handler._turns

        async def meanwhile() -> None:
            ahead, mine = turns.queue(stream.int)
            with pytest.raises(Busy):
                await world.handler.handle_async(Request(world.coach, stream, contact(), key="k"))
            turns.leave(stream.int, ahead, mine)

        asyncio.run(meanwhile())
        assert not turns._last
    else:
        with world.handler._alone(stream), pytest.raises(Busy):
            world.ask(stream, contact(), key="k")
    assert world.ask(stream, contact(), key="k").version == 2


# What this process remembers


def test_what_another_process_wrote_is_decided_on(world: World, elsewhere: World) -> None:
    stream, today = world.trajectory(), world.handler.today()
    peace = LeaveInPeace(until=today + timedelta(days=5))
    assert elsewhere.ask(stream, peace).entries
    assert world.ask(stream, peace).entries == ()  # stands already
    assert world.ask(stream, WelcomeContact()).entries
    assert elsewhere.ask(stream, peace).entries
    assert world.handler.state(stream, StreamKind.TRAJECTORY)[0] == 4


@pytest.mark.parametrize("by", ["here", "elsewhere"])
def test_a_correction_changes_the_state_that_was_remembered(
    world: World, elsewhere: World, by: str
) -> None:
    stream, today = world.trajectory(), world.handler.today()
    entered = world.ask(stream, EnterProgramme(occurred_on=today))
    body = {"occurred_on": str(today - timedelta(days=2))}
    correct = CorrectEntry(entry=entered.entries[0], reason="een dag eerder", body=body)
    (world if by == "here" else elsewhere).ask(stream, correct)
    version, state = world.handler.state(stream, StreamKind.TRAJECTORY)
    assert version == 3
    assert state.course.entered_on == today - timedelta(days=2)


def test_a_corrected_registration_is_remembered_too(world: World, elsewhere: World) -> None:
    person = world.person("Nor")
    (first,) = world.handler.log.entries(person)
    body = {"occurred_on": str(world.handler.today()), "given_name": "Noor"}
    correct = CorrectRegistration(entry=first.event_id, reason="typefout", body=body)
    elsewhere.operator(person, correct)
    world.handler.state(person, StreamKind.DIRECTORY)
    fresh = Handler(elsewhere.handler.log).state(person, StreamKind.DIRECTORY)
    assert world.handler.state(person, StreamKind.DIRECTORY) == fresh


def test_states_that_no_longer_fit_are_folded_anew(world: World, monkeypatch) -> None:
    monkeypatch.setattr("eventlog.states.KEPT", 3)
    streams = [world.trajectory() for _ in range(6)]
    for stream in streams * 2:
        world.note(stream)
    assert len(world.handler.states._known) == 3
    assert [versions(world.handler.log, each) for each in streams] == [[1, 2, 3]] * 6


# Who may, and where


def test_a_stranger_learns_nothing(world: World) -> None:
    stream, stranger = world.trajectory(), world.professional(Role.JOB_COACH)
    command, client = contact(), world.person()
    begin = Refer(client=client, channel="self")
    for on, asked in ((stream, command), (uuid4(), command), (stream, begin)):
        with pytest.raises(NotFound):
            world.ask(on, asked, stranger)
    assert versions(world.handler.log, stream) == [1]


def test_a_role_in_a_token_alone_gives_nothing(world: World) -> None:
    stream = world.trajectory()
    for role in Role:
        with pytest.raises(NotFound):
            world.ask(stream, contact(), Actor(uuid4(), role, world.organisation))


def test_who_sees_but_may_not_record_is_told(world: World) -> None:
    client = world.person()
    stream = world.trajectory(client)
    with pytest.raises(NotAllowed):
        world.ask(stream, contact(), Actor(client, Role.CLIENT))
    assert versions(world.handler.log, stream) == [1]


def test_an_operator_records_for_others_and_only_when_marked(world: World) -> None:
    stream = world.trajectory()
    with pytest.raises(NotFound):
        world.ask(stream, contact(), ADMIN)
    assert world.operator(stream, contact()).entries


def test_what_is_no_trajectory_is_not_found_as_one(world: World) -> None:
    person = world.person()
    with pytest.raises(NotFound):
        world.operator(person, contact())
    with pytest.raises(NotFound):
        world.operator(person, RegisterEmployer(name="Bakker"))
    with pytest.raises(NotFound):
        world.operator(person, Refer(client=person, channel="self"))
    with pytest.raises(NotFound):
        world.operator(uuid4(), contact())
    assert versions(world.handler.log, person) == [1]


def test_what_a_command_names_must_exist(world: World) -> None:
    employer = uuid4()
    stream = world.trajectory()
    command = LogContact(mode=Mode.PHONE, employer=employer)
    with pytest.raises(Refused) as caught:
        world.ask(stream, command)
    assert caught.value.field == "employer"
    world.operator(employer, RegisterEmployer(name="Bakker"))
    assert world.ask(stream, command).entries


# Clock


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        ("2026-01-31T22:59:59", date(2026, 1, 31)),
        ("2026-01-31T23:00:00", date(2026, 2, 1)),
        ("2026-07-31T21:59:59", date(2026, 7, 31)),
        ("2026-07-31T22:00:00", date(2026, 8, 1)),
        ("2026-03-29T00:59:59", date(2026, 3, 29)),
        ("2026-10-25T22:59:59", date(2026, 10, 25)),
        ("2026-10-25T23:00:00", date(2026, 10, 26)),
    ],
)
def test_a_day_begins_where_the_people_are(world: World, moment: str, day: date) -> None:
    world.handler.now = lambda: datetime.fromisoformat(moment).replace(tzinfo=UTC)
    assert world.handler.today() == day
    person = uuid4()
    tomorrow = RegisterPerson(given_name="Noor", occurred_on=day + timedelta(days=1))
    with pytest.raises(Refused):
        world.operator(person, tomorrow)
    assert world.operator(person, RegisterPerson(given_name="Noor", occurred_on=day)).entries
    (entry,) = world.handler.log.entries(person)
    assert entry.recorded_at == world.handler.now()


# What cannot be read


def test_nothing_is_decided_on_what_cannot_be_read(world: World, log: Log, second_log: Log) -> None:
    stream = world.trajectory()
    unit = sealed(log, stream, 1, [talked()])
    strange = dataclasses.replace(unit.entries[0], topic="vogel.geland.v1")
    log.committer.append(dataclasses.replace(unit, entries=[strange]))
    for handler in (world.handler, Handler(second_log)):
        with pytest.raises(Unreadable):
            handler.handle(Request(world.coach, stream, contact(), key=uuid4().hex))
    assert log.read(log.position() - 1, 9)[-1].topic == "vogel.geland.v1"
    assert issubclass(Unreadable, Unavailable)  # so that a way in answers "not now"
    assert issubclass(KeyProblem, Unavailable)


def test_a_reference_to_a_stream_of_an_unknown_kind_is_refused(world: World, log: Log) -> None:
    strange = uuid4()
    unit = sealed(log, strange, 0, [talked()])
    entry = dataclasses.replace(unit.entries[0], topic="vogel.geland.v1")
    log.committer.append(dataclasses.replace(unit, entries=[entry]))
    with pytest.raises(Refused):
        world.ask(world.trajectory(), LogContact(mode=Mode.PHONE, employer=strange))
