"""Checks that several topics share: is there a trajectory, is it open, is this note new."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date
from typing import Annotated, Any, ClassVar
from uuid import UUID, uuid4

from pydantic import Field

from domain.roles import Role
from domain.rules.base import Command, Dated, Facts, Refused
from domain.rules.limits import Day, ShortText
from domain.state import Trajectory
from domain.state.programme import Programme

Labels = Annotated[tuple[ShortText, ...], Field(max_length=30)]
"""Short names of things, a handful of them."""
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


def once(labels: Iterable[str]) -> tuple[str, ...]:
    """Keep each label once, in the order given."""
    return tuple(dict.fromkeys(labels))


class Registration(Command):
    """A command that takes a day and nobody's words, as on a group stream or the directory."""

    occurred_on: Day | None = None
    """The day it happened; today when left out, never later than today."""

    def when(self, facts: Facts) -> dict[str, Any]:
        """Check the day and give the fields that every event carries."""
        return {"occurred_on": not_later(self.occurred_on or facts.today, facts)}

    def check(self, state: Any, facts: Facts) -> None:
        """Refuse what cannot be so; a better version of the entry is held to it as well."""
        del state, facts


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


def by_the_client(state: Trajectory, facts: Facts) -> bool:
    """Say whether the client says it, or somebody who speaks or records on the client's behalf.

    In what somebody may speak for the client is for the policy to say.
    """
    speaks = facts.role in {Role.CLIENT, Role.LEGAL_REPRESENTATIVE}
    return speaks or facts.on_behalf_of == state.client


def in_order(starts_on: date, ends_on: date | None) -> None:
    """Refuse an end that comes before its start."""
    if ends_on is not None and ends_on < starts_on:
        raise Refused(
            "Het einde ligt voor het begin. Kies een latere dag, of laat het einde leeg.",
            "The end is before the start. Choose a later day, or leave the end empty.",
            "ends_on",
        )


def named_once(people: Collection[UUID], field: str = "attendees") -> None:
    """Refuse a name that stands twice."""
    if len(set(people)) < len(people):
        raise Refused(
            "Iemand staat er twee keer bij. Noem iedereen één keer.",
            "Somebody is named twice. Name everybody once.",
            field,
        )


def works_as(
    person: UUID,
    role: Role,
    organisation: UUID | None,
    facts: Facts,
    field: str = "person",
) -> None:
    """Refuse a place in a role that this person does not hold, there or anywhere."""
    if facts.held is None:
        return
    places = {
        each.organisation for each in facts.held if each.person == person and each.role is role
    }
    if not places or organisation not in {None, *places}:
        raise Refused(
            "Deze persoon werkt daar niet in deze rol. Kies iemand die dat wel doet, of vraag de "
            "beheerder om de rol te geven.",
            "This person does not work there in this role. Choose somebody who does, or ask the "
            "administrator to give the role.",
            field,
        )


def employer_of(state: Trajectory, placement: UUID | None, employer: UUID | None) -> UUID | None:
    """Take the employer of the work it was about, when none is named."""
    if placement is None:
        return employer
    work = state.work.find(placement)
    if work is None or employer not in {None, work.employer}:
        raise Refused(
            "Dit werk bij deze werkgever staat niet in dit traject. Noteer het eerst, of laat "
            "het leeg.",
            "This work at this employer is not part of this trajectory. Note it first, or "
            "leave it empty.",
            "placement",
        )
    return work.employer


def still_open(state: Trajectory, facts: Facts) -> None:
    """Refuse after a closing."""
    if state.course.closed:
        raise _closed(facts.role)


def _closed(role: Role) -> Refused:
    """Say what is possible instead, and to outsiders nothing about how it stands."""
    if role in {Role.EMPLOYER, Role.NETWORK_MEMBER, Role.EK_COORDINATOR, Role.JOB_BROKER}:
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


def founded(state: Programme) -> None:
    """Refuse what is about a programme that is not there."""
    if state.name is None:
        raise Refused(
            "Dit programma is er nog niet. Begin het eerst.",
            "There is no such programme yet. Start it first.",
        )
