"""What a rebuild makes is what following the log made, row by row, after any history."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple, get_args
from uuid import UUID, uuid4

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from domain.events import (
    DirectoryEvent,
    EmployerEvent,
    FundingEvent,
    PeerGroupEvent,
    ProgrammeEvent,
    TrajectoryEvent,
)
from domain.events.base import Event, StreamKind
from domain.events.correction import EntryCorrected, EntryShielded, EntryUndone, EntryUnshielded
from domain.events.group_correction import (
    EmployerCorrected,
    FundingCorrected,
    PeerGroupCorrected,
    ProgrammeCorrected,
)
from domain.events.people import PersonRegistered, RegistrationCorrected
from projections.models import NAMES
from projections.rebuild import rebuild
from tests.domain.strategies import events

CORRECTION = {
    StreamKind.TRAJECTORY: EntryCorrected,
    StreamKind.DIRECTORY: RegistrationCorrected,
    StreamKind.PEER_GROUP: PeerGroupCorrected,
    StreamKind.PROGRAMME: ProgrammeCorrected,
    StreamKind.EMPLOYER: EmployerCorrected,
    StreamKind.FUNDING: FundingCorrected,
}
GROUPS = [
    [each for each in get_args(union) if each not in CORRECTION.values()]
    for union in (
        *(TrajectoryEvent, TrajectoryEvent, DirectoryEvent),
        *(EmployerEvent, ProgrammeEvent, PeerGroupEvent, FundingEvent),
    )
]


class Step(NamedTuple):
    """An event, what it is corrected into (if it is), and what becomes of it afterwards.

    Whether we catch up in between as well.
    """

    event: Event
    better: Event | None
    after: tuple[str, ...]
    catch_up: bool


class Story(NamedTuple):
    """What happens in one stream, and whether an entry that does not open comes at its end."""

    steps: list[Step]
    spoilt: bool
    catch_up: bool


def step(kind: type[Event]) -> st.SearchStrategy[Step]:
    better = st.none() | events(kind)
    about = list(AFTER) if kind.STREAM is StreamKind.TRAJECTORY else []
    after = st.lists(st.sampled_from(about), max_size=2).map(tuple) if about else st.just(())
    return st.builds(Step, events(kind), better, after, st.booleans())


def story(kinds: list[type[Event]]) -> st.SearchStrategy[Story]:
    steps = st.lists(st.sampled_from(kinds).flatmap(step), min_size=1, max_size=7)
    return st.builds(Story, steps, st.booleans(), st.booleans())


def correction(target: UUID, better: Event) -> Event:
    """Make a correction of an entry into another of its kind."""
    kind = CORRECTION[better.STREAM]
    return kind(
        occurred_on=better.occurred_on,
        target=target,
        target_type=better.TYPE,
        reason="typefout",
        body=better.model_dump(mode="json", exclude_none=True),
    )


def about(kind: type[Event], **fields: UUID) -> Callable[[UUID, Event], Event]:
    """Make what becomes of an entry."""
    return lambda target, event: kind(
        occurred_on=event.occurred_on, target=target, target_type=event.TYPE, **fields
    )


AFTER = {
    "shielded": about(EntryShielded, shielded_by=uuid4()),
    "unshielded": about(EntryUnshielded, shielded_by=uuid4()),
    "taken back": about(EntryUndone),
}


# The threads of the connection pool use `random` meanwhile, which hypothesis takes for ours.
@pytest.mark.filterwarnings("ignore:Do not use the `random` module")
@settings(max_examples=4, deadline=None, database=None, phases=[Phase.generate])
@given(st.tuples(*map(story, GROUPS)))
def test_rebuilt_equals_followed(world, stories):
    for told in stories:
        stream = uuid4()
        for event, better, after, catch_up in told.steps:
            (entry,) = world.record(stream, event)
            if catch_up:
                world.projector.catch_up()
            if better is not None:
                world.record(stream, correction(entry, better))
            for each in after:
                world.record(stream, AFTER[each](entry, event))
        if told.spoilt:
            world.spoil(stream, told.steps[0].event)
            if told.catch_up:
                world.projector.catch_up()
            world.record(stream, told.steps[0].event)
    world.projector.catch_up()
    followed = world.everything_made()
    for name in NAMES:
        rebuild(world.dsn("samenspoor_projector"), world.master, name)
    assert world.everything_made() == followed
    assert {one.position for one in world.views.status()} == {world.log.position()}


def test_a_person_may_be_registered_after_the_trajectory(world):
    client = uuid4()
    trajectory = world.referred(client=client)
    world.projector.catch_up()
    assert [c.name for c in world.views.caseload.of(world.coach) if c.trajectory == trajectory] == [
        None
    ]
    registered = PersonRegistered(occurred_on="2026-03-10", given_name="Noor", family_name="Bos")
    world.record(client, registered)
    world.projector.catch_up()
    (case,) = [c for c in world.views.caseload.of(world.coach) if c.trajectory == trajectory]
    assert case.name.open(world.log.entry_mapper)["given_name"] == "Noor"
    followed = world.rows("caseload")
    rebuild(world.dsn("samenspoor_projector"), world.master, "caseload")
    assert world.rows("caseload") == followed
