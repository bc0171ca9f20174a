"""Checks that several topics share: is there a trajectory, is it open, is this note new."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, ClassVar
from uuid import UUID, uuid4

from pydantic import Field

from domain.roles import Role
from domain.rules.base import Command, Dated, Facts, Refused
from domain.rules.limits import Day
from domain.state import Trajectory

NewId = Annotated[UUID, Field(default_factory=uuid4)]


class OnTrajectory(Dated):
    """A command about a trajectory that exists and is not closed."""

    AFTER_CLOSING: ClassVar[bool] = False
    """Taking a right to read back, and the client's own statement, never wait for a return."""

    def begin(self, state: Trajectory, facts: Facts) -> dict[str, Any]:
        """Check trajectory and day; give the fields that every event carries.

        Raises Refused without a referral, after a closing, and for a day that cannot be.
        """
        known(state)
        if not self.AFTER_CLOSING:
            still_open(state, facts)
        return self.when(facts)


class Note(OnTrajectory):
    """A note stands by itself: it never conflicts with what others write meanwhile."""

    GUARDS: ClassVar[bool] = False

    note: UUID = Field(default_factory=uuid4)
    """Its own id: the same note sent twice adds nothing."""

    def again(self, state: Trajectory) -> bool:
        """Whether this very note was there already."""
        return noted(self.note, state)


def noted(note: UUID, state: Trajectory) -> bool:
    """Say whether a note was there already."""
    return note.int in state.notes


class Registration(Command):
    """A command that takes a day and nobody's words, as on a group stream or the directory."""

    occurred_on: Day | None = None
    """The day it happened; today when left out, never later than today."""

    def when(self, facts: Facts) -> dict[str, Any]:
        """Check the day and give the fields that every event carries."""
        return {"occurred_on": not_later(self.occurred_on or facts.today, facts)}


def not_later(day: date, facts: Facts, field: str = "occurred_on") -> date:
    """Refuse a day that is still to come."""
    if day > facts.today:
        raise Refused(
            "Deze dag moet nog komen. Noteer wat al gebeurd is, of maak er een plan van.",
            "This day is still to come. Note what has happened, or make it a plan.",
            field,
        )
    return day


def not_past(day: date, facts: Facts, field: str) -> date:
    """Refuse a plan for a day that is over."""
    if day < facts.today:
        raise Refused(
            "Deze dag is al voorbij. Kies vandaag of een dag die nog komt.",
            "This day is over. Choose today or a day to come.",
            field,
        )
    return day


def still_open(state: Trajectory, facts: Facts) -> None:
    """Refuse after a closing."""
    if state.course.closed:
        raise _closed(facts.role)


def _closed(role: Role) -> Refused:
    """Say what is possible instead, and to outsiders nothing about how it stands."""
    if role in {Role.EMPLOYER, Role.NETWORK_MEMBER}:
        return Refused(
            "Dit kunt u hier nu niet noteren. Bel de jobcoach; die helpt u verder.",
            "You cannot note this here now. Call the job coach, who can help.",
        )
    if role is Role.CLIENT:
        return Refused(
            "Uw traject is afgerond. U kunt altijd terugkomen: noteer dat eerst, dan kan alles "
            "weer.",
            "Your trajectory is closed. You can always come back: note that first, and everything "
            "is possible again.",
        )
    return Refused(
        "Dit traject is afgerond. Noteer eerst dat de cliënt terug is; dan kan alles weer.",
        "This trajectory is closed. Note the return first; then everything is possible.",
    )


def known(state: Trajectory) -> None:
    """Refuse when there is no trajectory yet."""
    if state.client is None:
        raise Refused(
            "Dit traject is er nog niet. Noteer eerst de aanmelding.",
            "There is no such trajectory yet. Note the referral first.",
        )
