"""given entries, ongoing support says whom a coach is to contact, on any day."""

from __future__ import annotations

from datetime import date, timedelta
from typing import get_args
from uuid import uuid4

from hypothesis import example, given, settings
from hypothesis import strategies as st

from domain.events import TrajectoryEvent
from domain.events.correction import EntryCorrected
from domain.events.placement import EndReason, VolunteeringEnded, VolunteeringStarted
from domain.events.referral import Channel, Referred
from domain.events.support import ContactWelcomeAgain, LeftInPeace
from domain.events.team import TeamMemberLeft
from domain.rhythm import next_contact, next_employer_contact, next_review
from domain.roles import Role
from domain.state import fold
from projections.folding import due_on
from tests.domain.strategies import events
from tests.projections.test_timeline import contact
from tests.projections.world import TODAY

KINDS = [each for each in get_args(TrajectoryEvent) if each is not EntryCorrected]
WORK = {"placement": uuid4(), "employer": uuid4()}
BEGUN_AND_ENDED_AHEAD = [
    VolunteeringStarted(
        occurred_on="2024-01-01", **WORK, title="werk", starts_on="2024-02-02", hours_per_week=4
    ),
    VolunteeringEnded(occurred_on="2025-01-01", **WORK, reason=EndReason.OWN_CHOICE),
]
REFERRED = Referred(occurred_on=TODAY, client=uuid4(), channel=Channel.SELF)


def due(world, today, person=None, **asked):
    world.projector.catch_up()
    found, _ = world.views.support.due(person or world.coach, Role.JOB_COACH, today, **asked)
    return found


def test_it_is_due_from_the_day_on_which_it_was_promised(own_world):
    world = own_world
    trajectory = world.referred(contact())
    (one,) = due(world, TODAY + timedelta(days=60))
    assert (one.trajectory, one.due_on) == (trajectory, next_contact(one.state, TODAY).on)
    assert due(world, one.due_on - timedelta(days=1)) == []
    assert due(world, one.due_on) == [one]
    assert world.views.support.trajectory(trajectory) == one.state
    assert due(world, one.due_on, person=uuid4()) == []


def test_left_in_peace_nothing_is_due_until_then(own_world):
    world = own_world
    until = TODAY + timedelta(days=90)
    trajectory = world.referred(contact(), LeftInPeace(occurred_on=TODAY, until=until))
    assert due(world, until - timedelta(days=1)) == []
    assert [each.due_on for each in due(world, until)] == [until]
    world.record(trajectory, ContactWelcomeAgain(occurred_on=TODAY))
    assert due(world, TODAY + timedelta(days=40))


def test_who_left_the_team_has_nothing_to_do(own_world):
    world = own_world
    trajectory = world.referred()
    assert due(world, date.max)
    world.record(trajectory, TeamMemberLeft(occurred_on=TODAY, person=world.coach))
    assert due(world, date.max) == []
    assert world.views.support.trajectory(trajectory) is not None


def test_the_longest_due_comes_first_page_by_page(own_world):
    world = own_world
    for days_ago in (1, 30, 60, 5):
        world.referred(contact(days_ago))
    whole = due(world, date.max)
    assert [each.due_on for each in whole] == sorted(each.due_on for each in whole)
    coach = world.coach, Role.JOB_COACH, date.max
    first, after = world.views.support.due(*coach, limit=3)
    rest, end = world.views.support.due(*coach, limit=3, after=after)
    assert (first + rest, end) == (whole, None)


@settings(max_examples=150)
@given(
    st.lists(st.sampled_from(KINDS).flatmap(events), max_size=10),
    st.dates(date(2024, 1, 1), date(2027, 1, 1)),
    st.integers(0, 800),
)
@example(BEGUN_AND_ENDED_AHEAD, date(2024, 2, 1), 8)
def test_no_contact_is_due_before_the_day_that_is_kept(happened, since, days):
    """A day is kept with each trajectory so that who is due today is one range of an index."""
    state = fold([REFERRED, *happened])
    kept = due_on(state, since)
    today = since + timedelta(days=days)
    dues = all_due(state, today)
    if any(each is not None and each.on <= today for each in dues):
        assert kept is not None
        assert kept <= today
    if kept is not None and kept >= since:
        on = all_due(state, kept)
        assert any(each is not None and each.on <= kept for each in on)


def all_due(state, day):
    every = (next_contact, next_employer_contact, next_review)
    return [find(state, day) for find in every]
