"""What a rebuild makes is what following the log made, row by row, after any history."""

from __future__ import annotations

from collections import Counter
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
from domain.events.referral import ProgrammeEntered, Referred
from domain.events.setback import SetbackSignalled
from domain.events.support import SupportContact, WithWhom
from domain.events.team import TeamMemberAdded
from domain.events.wellbeing import WellbeingScored
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
        *(TrajectoryEvent, DirectoryEvent),
        *(EmployerEvent, ProgrammeEvent, PeerGroupEvent, FundingEvent),
    )
]


PROGRAMME = uuid4()
ROUNDS, STORIES = 2, 16
"""A rebuild takes far longer than telling: so there are few, each after many stories."""


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


def story(kinds: list[type[Event]], *first: st.SearchStrategy[Step]) -> st.SearchStrategy[Story]:
    steps = st.lists(st.sampled_from(kinds).flatmap(step), min_size=1, max_size=7)
    told = st.tuples(st.tuples(*first), steps).map(lambda found: [*found[0], *found[1]])
    return st.builds(Story, told, st.booleans(), st.booleans())


def entered() -> st.SearchStrategy[Step]:
    """Enter a programme that has a name: outcomes are counted by it."""
    programme = {"programme": PROGRAMME}
    return step(ProgrammeEntered).map(
        lambda each: each._replace(event=each.event.model_copy(update=programme))
    )


def left(kind: type[Event], **fields: object) -> st.SearchStrategy[Step]:
    """Let something happen, and leave it at that."""
    return step(kind).map(
        lambda each: Step(each.event.model_copy(update=fields), None, (), each.catch_up)
    )


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


TRAJECTORY, DIRECTORY, *OTHERS = GROUPS
# Without these a trajectory is on no caseload, waits for nobody, prompts nobody and counts in no
# figure, and nobody has a name.
BEGUN = (
    *(step(Referred), entered(), step(TeamMemberAdded)),
    *(left(SupportContact, with_whom=WithWhom.CLIENT), left(SetbackSignalled)),
    step(WellbeingScored),
)
STREAMS = st.tuples(
    story(TRAJECTORY, *BEGUN).map(lambda whole: whole._replace(spoilt=False)),
    story(TRAJECTORY, *BEGUN).map(lambda parked: parked._replace(spoilt=True)),
    story(DIRECTORY, step(PersonRegistered)),
    *map(story, OTHERS),
)


# The threads of the connection pool use `random` meanwhile, which hypothesis takes for ours.
@pytest.mark.filterwarnings("ignore:Do not use the `random` module")
def test_rebuilt_equals_followed(world):
    told: dict[UUID, Story] = {}

    @settings(max_examples=STORIES, database=None, phases=[Phase.generate])
    @given(STREAMS)
    def tell(stories):
        for each in stories:
            stream = uuid4()
            told[stream] = each
            happen(world, stream, each)

    for _ in range(ROUNDS):  # also what is followed after a rebuild
        world.projector.catch_up()
        tell()
        world.projector.catch_up()
        followed = world.everything_made()
        assert bare(followed) == set()
        for name in NAMES:
            rebuild(world.dsn("samenspoor_projector"), world.master, name)
        for name, table, row in different(followed, world.everything_made()):
            about = [each for stream, each in told.items() if str(stream) in row]
            pytest.fail(f"{name}.{table}: {row}\n{about}")
    assert {one.position for one in world.views.status()} == {world.log.position()}


def happen(world, stream, story):
    """Record what is told of one stream, following it now and then."""
    for event, better, after, catch_up in story.steps:
        (entry,) = world.record(stream, event)
        if catch_up:
            world.follow()
        if better is not None:
            world.record(stream, correction(entry, better))
        for each in after:
            world.record(stream, AFTER[each](entry, event))
    if story.spoilt:
        world.spoil(stream, story.steps[0].event)
        if story.catch_up:
            world.follow()
        world.record(stream, story.steps[0].event)


def bare(made):
    """Name the tables of which hardly anything is compared."""
    return {
        (name, table)
        for name, tables in made.items()
        for table, rows in tables.items()
        if len(rows) < STORIES // 2
    }


def different(followed, rebuilt):
    """Give each row that one has and the other has not."""
    assert followed.keys() == rebuilt.keys()
    for name, tables in followed.items():
        assert tables.keys() == rebuilt[name].keys()
        for table, rows in tables.items():
            for row in (Counter(rows) - (again := Counter(rebuilt[name][table]))) + (
                again - Counter(rows)
            ):
                yield name, table, row


def test_a_difference_between_two_is_found():
    one = {"support": {"member": ["a", "b", "b"]}}
    assert list(different(one, one)) == []
    for other in (["a", "b"], ["a", "b", "b", "c"]):
        assert list(different(one, {"support": {"member": other}}))


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
