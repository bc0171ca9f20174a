"""Where a trajectory stands: referral, wish, first meeting, pause, closing and coming back."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple, assert_never
from uuid import UUID

from domain.events.course import (
    ClosingReason,
    DoorLeftOpen,
    HandoverReceived,
    MovedAway,
    Paused,
    ReEntered,
    Resumed,
    SteppedDown,
    SteppedUp,
    TrajectoryClosed,
    TransferredTo,
    Wish,
)
from domain.events.referral import Channel, ProgrammeEntered, Referred, Want, WorkWishExpressed
from domain.events.topics import CourseTopic, ReferralTopic
from domain.state.said import Mark, mark

As = tuple[Wish | None, Mark]
"""Whose wish it is, and the mark of the words with it."""


class Course(NamedTuple):
    """The dates on the way; None means: not so, or no longer."""

    client: UUID | None = None
    referred_on: date | None = None
    channel: Channel | None = None
    came_in_at: Mark = None
    """The mark of the place."""
    wants: tuple[Want, ...] = ()
    entered_on: date | None = None
    programme: UUID | None = None
    paused_on: date | None = None
    pause_per_month: int | None = None
    pause_as: As = (None, None)
    stepped_down_on: date | None = None
    step_as: As = (None, None)
    """Of the last step, down or up."""
    moved_on: date | None = None
    moved_to: tuple[str | None, bool | None] = (None, None)
    """Where to, and whether a handover is wanted."""
    transferred_to: UUID | None = None
    transferred_person: UUID | None = None
    closed_on: date | None = None
    closed_as: ClosingReason | None = None
    closing_words: Mark = None
    """The mark of what was written with it."""
    door_open_on: date | None = None
    reentered_on: date | None = None

    @property
    def closed(self) -> bool:
        """Whether it is closed now, in the order of the log."""
        return self.closed_on is not None


def evolve_referral(course: Course, event: ReferralTopic) -> Course:
    match event:
        case Referred():
            return course._replace(
                client=event.client,
                referred_on=event.occurred_on,
                channel=event.channel,
                came_in_at=mark(event.location),
            )
        case WorkWishExpressed():
            return course._replace(wants=event.wants)
        case ProgrammeEntered():
            return course._replace(entered_on=event.occurred_on, programme=event.programme)
        case _:
            assert_never(event)


def evolve_course(course: Course, event: CourseTopic) -> Course:
    day = event.occurred_on
    match event:
        case Paused():
            return course._replace(
                paused_on=day,
                pause_per_month=event.per_month,
                pause_as=_as(event, course.pause_as, again=course.paused_on is not None),
            )
        case Resumed():
            return course._replace(paused_on=None, pause_per_month=None)
        case SteppedDown():
            step = _as(event, course.step_as, again=course.stepped_down_on is not None)
            return course._replace(stepped_down_on=day, step_as=step)
        case SteppedUp():
            step = _as(event, course.step_as, again=course.stepped_down_on is None)
            return course._replace(stepped_down_on=None, step_as=step)
        case MovedAway():
            return course._replace(moved_on=day, moved_to=(event.place, event.handover_wanted))
        case TransferredTo():
            return course._replace(
                transferred_to=event.organisation, transferred_person=event.person
            )
        case HandoverReceived():
            return course  # that somebody knows it changes nothing in where it stands
        case TrajectoryClosed():
            return course._replace(
                closed_on=day,
                closed_as=event.reason,
                closing_words=mark(event.words),
                paused_on=None,
                pause_per_month=None,
                door_open_on=None,
            )
        case DoorLeftOpen():
            return course._replace(door_open_on=day)
        case ReEntered():
            return course._replace(
                closed_on=None,
                closed_as=None,
                door_open_on=None,
                moved_on=None,
                transferred_to=None,
                transferred_person=None,
                reentered_on=day,
            )
        case _:
            assert_never(event)


def _as(told: Paused | SteppedDown | SteppedUp, before: As, *, again: bool) -> As:
    """Give how it is told; said once more without words, the words stand as they did."""
    kept = before[1] if again and told.words is None else mark(told.words)
    return told.wish, kept
