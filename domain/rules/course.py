"""Rules for the course: every step may follow every other, and every step can be taken back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated
from uuid import UUID

from pydantic import BeforeValidator, Field

from domain.events.base import Event
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
from domain.events.referral import Channel
from domain.roles import Role
from domain.rules import references
from domain.rules.base import Dated, Facts, Refused, Unfit
from domain.rules.limits import ShortText, Story
from domain.rules.references import Reference
from domain.rules.shared import Note, OnTrajectory, known, nothing_new, stands
from domain.state import Trajectory
from domain.state.said import mark


def _wish(given: Wish | None, stood: Wish | None, facts: Facts) -> Wish:
    return given or stood or (Wish.CLIENT if facts.role is Role.CLIENT else Wish.TOGETHER)


class Pause(OnTrajectory):
    """Let it rest for a while."""

    NAME = "pause"
    YIELDS = (Paused,)

    wish: Wish | None = None
    per_month: Annotated[int, Field(ge=0, le=31)] | None = None
    words: Story | None = None

    def decide(self, state: Trajectory, facts: Facts) -> Sequence[Event]:
        about = self.begin(state, facts)
        course = state.course
        per_month, (wish, words) = self.per_month, course.pause_as
        if course.paused_on is None:
            wish = None
        elif stands(
            (per_month, course.pause_per_month), (self.wish, wish), (mark(self.words), words)
        ):
            return nothing_new((self.occurred_on, course.paused_on))
        elif per_month is None:
            per_month = course.pause_per_month
        wish = _wish(self.wish, wish, facts)
        return [Paused(**about, wish=wish, per_month=per_month, words=self.words)]


class Resume(OnTrajectory):
    """Go on again."""

    NAME = "resume"
    YIELDS = (Resumed,)

    wish: Wish | None = None
    """Whose wish; the client's own when the client records it, and of nobody else by itself."""

    def decide(self, state: Trajectory, facts: Facts) -> Sequence[Event]:
        about = self.begin(state, facts)
        if state.course.paused_on is None:
            return []
        own = Wish.CLIENT if facts.role is Role.CLIENT else None
        return [Resumed(**about, wish=self.wish or own)]


class StepDown(OnTrajectory):
    """Less support, because that is enough."""

    NAME = "step-down"
    YIELDS = (SteppedDown,)

    wish: Wish | None = None
    words: Story | None = None

    def decide(self, state: Trajectory, facts: Facts) -> Sequence[Event]:
        about = self.begin(state, facts)
        down_on, (wish, words) = state.course.stepped_down_on, state.course.step_as
        if down_on is None:
            wish = None
        elif stands((self.wish, wish), (mark(self.words), words)):
            return nothing_new((self.occurred_on, down_on))
        return [SteppedDown(**about, wish=_wish(self.wish, wish, facts), words=self.words)]


class StepUp(OnTrajectory):
    """More support again."""

    NAME = "step-up"
    YIELDS = (SteppedUp,)

    wish: Wish | None = None
    words: Story | None = None

    def decide(self, state: Trajectory, facts: Facts) -> Sequence[Event]:
        about = self.begin(state, facts)
        wish, words = state.course.step_as
        if state.course.stepped_down_on is not None:
            wish = None
        elif stands((self.wish, wish), (mark(self.words), words)):
            return []
        return [SteppedUp(**about, wish=_wish(self.wish, wish, facts), words=self.words)]


class NoteMove(OnTrajectory):
    """Note that the client moved out of the region; another place is another move."""

    NAME = "note-move"
    YIELDS = (MovedAway,)

    place: ShortText | None = None
    handover_wanted: bool | None = None

    def decide(self, state: Trajectory, facts: Facts) -> Sequence[Event]:
        about = self.begin(state, facts)
        moved_on, (place, handover) = state.course.moved_on, state.course.moved_to
        if moved_on is None:
            return [MovedAway(**about, **self.said())]
        if stands((self.place, place), (self.handover_wanted, handover)):
            return nothing_new((self.occurred_on, moved_on))
        if place is None or stands((self.place, place)):
            about["occurred_on"] = self.occurred_on or moved_on
        wanted = handover if self.handover_wanted is None else self.handover_wanted
        return [MovedAway(**about, place=self.place or place, handover_wanted=wanted)]


class Transfer(OnTrajectory):
    """Hand over to somebody else."""

    NAME = "transfer"
    YIELDS = (TransferredTo,)

    organisation: UUID
    person: UUID | None = None

    def decide(self, state: Trajectory, facts: Facts) -> Sequence[Event]:
        about = self.begin(state, facts)
        course = state.course
        if course.transferred_to == self.organisation and stands(
            (self.person, course.transferred_person)
        ):
            return []
        return [TransferredTo(**about, **self.said())]

    def refers(self) -> Mapping[str, Reference]:
        return {
            **references.organisation(self.organisation),
            **references.person(self.person),
        }


class ReceiveHandover(Note):
    """Say that you read what was handed over, and take the promises on."""

    NAME = "receive-handover"
    YIELDS = (HandoverReceived,)

    giver: UUID | None = None
    words: Story | None = None

    def decide(self, state: Trajectory, facts: Facts) -> Sequence[Event]:
        about = self.begin(state, facts)
        if self.again(state):
            return []
        if self.giver == facts.person:
            raise Refused(
                "Je draagt niet aan jezelf over. Kies van wie je het overneemt, of laat het leeg.",
                "You do not hand over to yourself. Choose whom you take over from, or leave it "
                "empty.",
                "giver",
            )
        if not _handed_over(state, facts.person):
            raise Refused(
                "Hier wacht geen overdracht. Wie weggaat, noteert eerst aan wie het traject "
                "overgaat of wie vervangt.",
                "There is no handover here. Who leaves first notes to whom the trajectory goes, "
                "or who stands in.",
            )
        return [HandoverReceived(**about, **self.said())]

    def refers(self) -> Mapping[str, Reference]:
        return references.person(self.giver, "giver")


def _handed_over(state: Trajectory, person: UUID) -> bool:
    """Say whether somebody goes on after a transfer, or stands in or is back from being away."""
    course = state.course
    transferred = course.transferred_to is not None and course.transferred_person in {None, person}
    return transferred or any(person in {each.person, each.coach} for each in state.circle.covers)


def _a_reason(value: object) -> object:
    if value not in list(ClosingReason):  # not a set: what is sent need not be hashable
        raise Unfit(
            "Dit is geen reden om af te ronden. Kies een van de redenen; antwoordt iemand niet "
            "meer, laat dan de deur openstaan.",
            "This is no reason to close. Choose one of the reasons; if somebody no longer "
            "answers, leave the door open.",
        )
    return value


class CloseTrajectory(OnTrajectory):
    """Finish; a missed appointment or the passing of time is no reason for it."""

    NAME = "close-trajectory"
    YIELDS = (TrajectoryClosed,)

    reason: Annotated[ClosingReason, BeforeValidator(_a_reason)]
    words: Story | None = None

    def decide(self, state: Trajectory, facts: Facts) -> Sequence[Event]:
        known(state)
        course = state.course
        if course.closed and course.closed_as is self.reason:
            return nothing_new(
                (self.occurred_on, course.closed_on), (mark(self.words), course.closing_words)
            )
        about = self.begin(state, facts)
        referred = state.course.referred_on
        if referred is not None and about["occurred_on"] < referred:
            raise Refused(
                "Deze dag is vóór de aanmelding. Kijk de dag van afsluiten na.",
                "This day is before the referral. Check the day of closing.",
                "occurred_on",
            )
        return [TrajectoryClosed(**about, **self.said())]


class LeaveDoorOpen(OnTrajectory):
    """Somebody no longer answers: close nothing, offer a contact each quarter."""

    NAME = "leave-door-open"
    YIELDS = (DoorLeftOpen,)

    def decide(self, state: Trajectory, facts: Facts) -> Sequence[Event]:
        about = self.begin(state, facts)
        open_on = state.course.door_open_on
        if open_on is not None:
            return nothing_new((self.occurred_on, open_on))
        return [DoorLeftOpen(**about)]


class ReEnter(Dated):
    """Come back, without a new intake."""

    NAME = "re-enter"
    YIELDS = (ReEntered,)

    channel: Channel

    def decide(self, state: Trajectory, facts: Facts) -> Sequence[Event]:
        known(state)
        about = self.when(facts)
        course = state.course
        gone = (course.closed_on, course.door_open_on, course.moved_on, course.transferred_to)
        return [ReEntered(**about, channel=self.channel)] if any(gone) else []
