"""Events about the course of a trajectory: pausing, stepping down, moving, closing, coming back."""

from __future__ import annotations

from typing import Annotated, ClassVar
from uuid import UUID

from pydantic import Field

from domain.events.base import Category, Event, Label, Words
from domain.events.referral import Channel
from domain.language import Choice, Text
from domain.roles import Role


class Wish(Choice):
    """Whose wish or choice it was."""

    CLIENT = "client", "eigen keuze", "own choice"
    TOGETHER = "together", "samen besloten", "decided together"
    TEAM = "team", "voorstel van het team", "proposed by the team"
    EMPLOYER = "employer", "vraag van de werkgever", "asked by the employer"


class ClosingReason(Choice):
    """Why a trajectory closes: missed appointments and time are not among them (item 25)."""

    CLIENT_WISH = (
        "client_wish",
        "de cliënt wil stoppen",
        "the client wants to stop",
        Text("je wilt stoppen", "you want to stop"),
    )
    SUPPORTED_ENOUGH = (
        "supported_enough",
        "genoeg steun gehad, vindt de cliënt ook",
        "supported enough, the client agrees",
        Text("genoeg steun gehad, dat vind jij ook", "supported enough, and you agree"),
    )
    MOVED = "moved", "verhuisd", "moved away"
    HANDED_OVER = "handed_over", "overgedragen", "handed over"
    DECEASED = "deceased", "overleden", "deceased"


class CourseEvent(Event):
    """What every event about the course has."""

    CATEGORY = Category.REFERRAL
    RECORDED_BY = frozenset({Role.CLIENT, Role.JOB_COACH})


class Paused(CourseEvent):
    """It rests for a while; the way back needs nothing."""

    TYPE: ClassVar[str] = "course.paused.v1"
    STANDS = "pause"
    SENTENCE = Text(
        "Even gepauzeerd ({wish})[, contact {per_month} keer per maand]",
        "Paused for a while ({wish})[, contact {per_month} times a month]",
    )

    wish: Wish
    per_month: Annotated[int, Field(ge=0, le=31)] | None = None
    """How often we stay in touch meanwhile."""
    words: Words | None = None


class Resumed(CourseEvent):
    """It goes on."""

    TYPE: ClassVar[str] = "course.resumed.v1"
    ENDS = ("pause",)
    SENTENCE = Text("Weer verder[ ({wish})]", "Going on again[ ({wish})]")

    wish: Wish | None = None


class SteppedDown(CourseEvent):
    """Less support, because that is enough; it can always become more again."""

    TYPE: ClassVar[str] = "course.stepped_down.v1"
    STANDS = "step"
    SENTENCE = Text("Minder steun nodig ({wish})", "Less support needed ({wish})")

    wish: Wish
    words: Words | None = None


class SteppedUp(CourseEvent):
    """More support again."""

    TYPE: ClassVar[str] = "course.stepped_up.v1"
    STANDS = "step"
    SENTENCE = Text("Weer meer steun ({wish})", "More support again ({wish})")

    wish: Wish
    words: Words | None = None


class MovedAway(CourseEvent):
    """The client moved out of the region."""

    TYPE: ClassVar[str] = "course.moved.v1"
    RECORDED_BY = frozenset({Role.JOB_COACH})
    STANDS = "moved"
    SENTENCE = Text("Verhuisd[ naar {place}]", "Moved away[ to {place}]")

    place: Label | None = None
    handover_wanted: bool | None = None


class TransferredTo(CourseEvent):
    """Somebody else goes on with it."""

    TYPE: ClassVar[str] = "course.transferred.v1"
    RECORDED_BY = frozenset({Role.JOB_COACH})
    STANDS = "transfer"
    SENTENCE = Text("Overgedragen[ aan {organisation}]", "Handed over[ to {organisation}]")

    organisation: UUID
    person: UUID | None = None


class HandoverReceived(CourseEvent):
    """Who goes on has read what was handed over, and takes the promises on."""

    TYPE: ClassVar[str] = "handover.received.v1"
    RECORDED_BY = frozenset({Role.JOB_COACH, Role.CARE_WORKER})
    STANDS = "handover"
    SENTENCE = Text("Overdracht ontvangen[ van {giver}]", "Handover received[ from {giver}]")

    note: UUID
    giver: UUID | None = None
    words: Words | None = None


class TrajectoryClosed(CourseEvent):
    """It is finished; coming back stays possible."""

    TYPE: ClassVar[str] = "course.closed.v1"
    RECORDED_BY = frozenset({Role.JOB_COACH})
    STANDS = "closing"
    ENDS = ("pause", "door")
    SENTENCE = Text("Afgerond: {reason}", "Closed: {reason}")

    reason: ClosingReason
    words: Words | None = None


class DoorLeftOpen(CourseEvent):
    """No answer any more: nothing is closed, one contact is offered each quarter."""

    TYPE: ClassVar[str] = "course.door_open.v1"
    RECORDED_BY = frozenset({Role.JOB_COACH})
    STANDS = "door"
    SENTENCE = Text("De deur staat open", "The door stays open")


class ReEntered(CourseEvent):
    """Back again, without a new intake."""

    TYPE: ClassVar[str] = "course.reentered.v1"
    STANDS = "reentry"
    ENDS = ("closing", "door", "moved", "transfer")
    SENTENCE = Text("Weer terug[, via {channel}]", "Back again[, via {channel}]")

    channel: Channel
