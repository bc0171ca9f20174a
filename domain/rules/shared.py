"""Checks that several topics share: is there a trajectory, is it open, is this note new."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from typing import Annotated, Any, ClassVar, TypeVar
from uuid import UUID, uuid4

from pydantic import Field

from domain.events.base import Category, Event
from domain.events.course import ReEntered
from domain.events.referral import WordsBy
from domain.events.support import RhythmChoice
from domain.roles import Role
from domain.rules.base import NO_SUCH_ENTRY, Command, Dated, Facts, Refused, Target, not_later
from domain.rules.limits import Day, ShortText
from domain.state import Trajectory
from domain.state.programme import Programme

Each = TypeVar("Each")
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


def stands(*asked: tuple[object, object]) -> bool:
    """Say whether what is asked (first) stands already (second); what is left out is not asked."""
    return all(wanted is None or wanted == now for wanted, now in asked)


def nothing_new(*asked: tuple[object, object]) -> Sequence[Event]:
    """Add nothing to what stands; when more is asked than that, refuse: nothing is lost unseen."""
    if stands(*asked):
        return []
    raise Refused(
        "Dit is al genoteerd, op een andere dag of met andere woorden. Wie het noteerde kan het "
        "verbeteren; een ander kan zelf iets noteren.",
        "This was noted already, for another day or in other words. Whoever noted it can correct "
        "it; others can add a note of their own.",
    )


def pointed_at(facts: Facts) -> Target:
    """Give the entry that a command points at; refuse when there is none, or none for who asks."""
    if facts.target is None:
        raise Refused(*NO_SUCH_ENTRY, "entry")
    return facts.target


def noted(note: UUID, state: Trajectory) -> bool:
    """Say whether a note was there already."""
    return note.int in state.notes


def once(values: Iterable[Each]) -> tuple[Each, ...]:
    """Keep each of them once, in the order given."""
    return tuple(dict.fromkeys(values))


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


def whose_words(given: WordsBy | None, state: Trajectory, facts: Facts, field: str) -> WordsBy:
    """Say whose pen it was; the client's when the client records it, and of nobody else."""
    if given is WordsBy.CLIENT and not own_pen(state, facts):
        raise not_their_pen(field)
    return given or (WordsBy.CLIENT if facts.role is Role.CLIENT else WordsBy.NOTED)


def own_pen(state: Trajectory, facts: Facts) -> bool:
    """Say whether what is recorded can be in the client's own pen."""
    return facts.role is Role.CLIENT or facts.on_behalf_of == state.client


def not_their_pen(field: str) -> Refused:
    """Say that somebody else does not write for the client, and what the client can do."""
    return Refused(
        "Dit schrijft de cliënt niet zelf. Laat dit leeg: dan staat erbij dat een ander het "
        "opschreef. De cliënt kan een eigen verklaring toevoegen.",
        "The client is not the one who writes this. Leave it empty: then it says that somebody "
        "else noted it. The client can add a statement of their own.",
        field,
    )


def whose_choice(given: RhythmChoice | None, facts: Facts) -> RhythmChoice:
    """Say whose choice it was; the client's own when the client records it."""
    return given or (RhythmChoice.CLIENT if facts.role is Role.CLIENT else RhythmChoice.TOGETHER)


def in_order(starts_on: date, ends_on: date | None) -> None:
    """Refuse an end that comes before its start."""
    if ends_on is not None and ends_on < starts_on:
        raise Refused(
            "Het einde ligt voor het begin. Kies een latere dag, of laat het einde leeg.",
            "The end is before the start. Choose a later day, or leave the end empty.",
            "ends_on",
        )


def not_before(start: date, day: date) -> None:
    """Refuse that something ended before the day on which it began."""
    if day < start:
        raise Refused(
            "Het einde ligt voor het begin. Kies een latere dag, of verbeter het begin.",
            "The end is before the start. Choose a later day, or correct the start.",
            "occurred_on",
        )


def somewhere(employer: UUID | None, place: str | None) -> None:
    """Refuse what is at no place at all."""
    if employer is None and place is None:
        raise Refused(
            "Noem de werkgever, of schrijf kort waar het is.",
            "Name the employer, or write briefly where it is.",
            "place",
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


RETURNS = ReEntered.RECORDED_BY | {Role.LEGAL_REPRESENTATIVE}
"""Who notes that the client is back: a representative does it as the client."""


def still_open(state: Trajectory, facts: Facts) -> None:
    """Refuse after a closing."""
    if state.course.closed:
        raise _closed(facts)


def _closed(facts: Facts) -> Refused:
    """Say what is possible instead, and to who does not see it nothing about how it stands."""
    if not facts.sees(Category.REFERRAL):
        return Refused(
            "Dit kan hier nu niet worden genoteerd. Vertel het aan de persoon om wie het gaat, of "
            "bespreek het met de jobcoach.",
            "This cannot be noted here now. Tell the person it is about, or talk it over with the "
            "job coach.",
        )
    if facts.role is Role.CLIENT:
        return Refused(
            "Je traject is afgerond. Je kunt altijd terugkomen: noteer dat eerst, dan kan alles "
            "weer.",
            "Your trajectory is closed. You can always come back: note that first, and everything "
            "is possible again.",
        )
    if facts.role in RETURNS:
        return Refused(
            "Dit traject is afgerond. Noteer eerst dat de cliënt terug is; dan kan alles weer.",
            "This trajectory is closed. Note the return first; then everything is possible.",
        )
    return Refused(
        "Dit traject is afgerond. Komt de cliënt terug, dan noteert de cliënt of de jobcoach dat; "
        "daarna kan alles weer.",
        "This trajectory is closed. When the client comes back, the client or the job coach notes "
        "it; then everything is possible.",
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
