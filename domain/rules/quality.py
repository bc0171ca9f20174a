"""Rules for what a programme notes about its own work: meetings, supervision, time, reviews."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated, Any, ClassVar
from uuid import UUID, uuid4

from pydantic import Field

from domain.events.base import Event, StreamKind
from domain.events.funding import Funder
from domain.events.quality import (
    BEST_SCORE,
    LEAST_SCORE,
    CoachCapacitySet,
    EmployerLogReviewed,
    FidelityReviewHeld,
    FieldMentoringDone,
    FunderContactLogged,
    GroupSupervisionHeld,
    OutcomesReviewed,
    SupervisionHeld,
    TeamMeetingHeld,
    WorkTimeSampleRecorded,
)
from domain.events.search import Mode
from domain.roles import Role
from domain.rules import references
from domain.rules.base import Facts, Refused
from domain.rules.limits import Day, ShortText
from domain.rules.references import Reference
from domain.rules.shared import Registration, founded, named_once
from domain.state.programme import Programme

People = Annotated[tuple[UUID, ...], Field(min_length=1, max_length=60)]
Hours = Annotated[float, Field(ge=0, le=400, multiple_of=0.25)]


class OnProgramme(Registration):
    """A command about a programme that exists."""

    STREAM: ClassVar[StreamKind] = StreamKind.PROGRAMME
    PEOPLE: ClassVar[tuple[str, ...]] = ()
    """The fields that name people, who must be known."""

    def begin(self, state: Programme, facts: Facts) -> dict[str, Any]:
        """Check programme and day; give the fields that every event carries."""
        founded(state)
        return self.when(facts)

    def refers(self) -> Mapping[str, Reference]:
        found: dict[str, Reference] = {}
        for name in self.PEOPLE:
            value = getattr(self, name)
            if isinstance(value, UUID):
                found |= references.person(value, name)
            else:
                found |= references.each(value, name)
        return found


class _Noted(OnProgramme):
    """A note about the work: sent twice it adds nothing."""

    GUARDS: ClassVar[bool] = False

    note: UUID = Field(default_factory=uuid4)
    """Its own id: the same note sent twice adds nothing."""

    def decide(self, state: Programme, facts: Facts) -> Sequence[Event]:
        about = self.begin(state, facts)
        if self.note.int in state.notes:
            return []
        self.check(state, facts)
        return [self.YIELDS[0](**about, **self.said())]


class LogTeamMeeting(_Noted):
    """Note that coaches and care team met, and of how many people they spoke."""

    NAME = "log-team-meeting"
    YIELDS = (TeamMeetingHeld,)
    PEOPLE = ("attendees",)

    attendees: People
    discussed: Annotated[int, Field(ge=0, le=200)] = 0

    def check(self, state: Programme, facts: Facts) -> None:
        del state
        _were_there(self.attendees, facts)


class LogSupervision(_Noted):
    """Note that a coach and a supervisor talked about the work."""

    NAME = "log-supervision"
    YIELDS = (SupervisionHeld,)
    PEOPLE = ("coach", "supervisor")

    coach: UUID
    supervisor: UUID

    def check(self, state: Programme, facts: Facts) -> None:
        del state, facts
        _two_people(self.coach, self.supervisor, "supervisor")


class LogGroupSupervision(_Noted):
    """Note that the coaches helped each other on."""

    NAME = "log-group-supervision"
    YIELDS = (GroupSupervisionHeld,)
    PEOPLE = ("attendees",)

    attendees: Annotated[tuple[UUID, ...], Field(min_length=2, max_length=60)]
    client_based: bool = True

    def check(self, state: Programme, facts: Facts) -> None:
        del state
        _were_there(self.attendees, facts)


class LogFieldMentoring(_Noted):
    """Note that somebody went along with a coach."""

    NAME = "log-field-mentoring"
    YIELDS = (FieldMentoringDone,)
    PEOPLE = ("coach", "mentor")

    coach: UUID
    mentor: UUID

    def check(self, state: Programme, facts: Facts) -> None:
        del state, facts
        _two_people(self.coach, self.mentor, "mentor")


class RecordWorkTimeSample(_Noted):
    """Note what some days of a coach went to: a sample, in hours."""

    NAME = "record-work-time-sample"
    YIELDS = (WorkTimeSampleRecorded,)
    PEOPLE = ("coach",)

    coach: UUID
    until: Day
    hours: Annotated[float, Field(ge=1, le=400, multiple_of=0.25)]
    employment: Hours
    outside: Hours

    def check(self, state: Programme, facts: Facts) -> None:
        del state
        if facts.role is not Role.TEAM_LEAD and self.coach != facts.person:
            raise Refused(
                "Je eigen uren noteer je zelf; die van een ander noteert de teamleider.",
                "You note your own hours; those of others the team lead notes.",
                "coach",
            )
        for name in ("employment", "outside"):
            if getattr(self, name) > self.hours:
                raise Refused(
                    "Dit is meer dan alle uren samen. Kijk de uren nog eens na.",
                    "This is more than all hours together. Look at the hours again.",
                    name,
                )
        if self.until < (self.occurred_on or facts.today):
            raise Refused(
                "De laatste dag ligt voor de eerste. Kies een latere dag.",
                "The last day is before the first. Choose a later day.",
                "until",
            )


class SetCoachCapacity(OnProgramme):
    """Note how much of a full week a coach has for this programme; 0 for who stops."""

    NAME = "set-coach-capacity"
    YIELDS = (CoachCapacitySet,)
    PEOPLE = ("coach",)

    coach: UUID
    fte: Annotated[float, Field(ge=0, le=1, multiple_of=0.05)]

    def decide(self, state: Programme, facts: Facts) -> Sequence[Event]:
        about = self.begin(state, facts)
        if state.fte(self.coach) == self.fte:
            return []
        return [CoachCapacitySet(**about, **self.said())]


class LogOutcomesReview(_Noted):
    """Note that the team looked at its outcomes, and what it chose to work on."""

    NAME = "log-outcomes-review"
    YIELDS = (OutcomesReviewed,)

    year: Annotated[int, Field(ge=2000, le=2100)]
    quarter: Annotated[int, Field(ge=1, le=4)]
    goals: ShortText | None = None

    def check(self, state: Programme, facts: Facts) -> None:
        del state
        on = self.occurred_on or facts.today
        if (self.year, self.quarter) > (on.year, (on.month + 2) // 3):
            raise Refused(
                "Dit kwartaal moet nog beginnen. Kies een kwartaal dat al liep.",
                "This quarter is still to begin. Choose one that has begun.",
                "quarter",
            )


class LogFidelityReview(_Noted):
    """Note that reviewers held the programme against the scale."""

    NAME = "log-fidelity-review"
    YIELDS = (FidelityReviewHeld,)

    scale: ShortText
    reviewers: ShortText
    score: Annotated[int, Field(ge=LEAST_SCORE, le=BEST_SCORE)] | None = None

    def check(self, state: Programme, facts: Facts) -> None:
        del facts
        if self.score is not None and not state.may_be_scored:
            if not state.capacity:
                raise Refused(
                    "Hier is nog niet bekend wie er coacht. Noteer eerst hoeveel tijd elke coach "
                    "heeft, of noteer het bezoek zonder cijfer.",
                    "It is not known yet who coaches here. Note first how much time each coach "
                    "has, or note the review without a figure.",
                    "score",
                )
            raise Refused(
                "Met één coach zou dit cijfer over een mens gaan. Noteer het bezoek zonder cijfer.",
                "With one coach this figure would be about a person. Note the review without it.",
                "score",
            )


class LogFunderContact(_Noted):
    """Note that the programme and a funder were in touch about the work."""

    NAME = "log-funder-contact"
    YIELDS = (FunderContactLogged,)

    funder: Funder
    mode: Mode


class ReviewEmployerLog(_Noted):
    """Note that the contacts with employers of a week were gone through together."""

    NAME = "review-employer-log"
    YIELDS = (EmployerLogReviewed,)


def _two_people(one: UUID, other: UUID, field: str) -> None:
    if one == other:
        raise Refused(
            "Dit is dezelfde persoon. Kies wie de ander was.",
            "This is the same person. Choose who the other was.",
            field,
        )


def _were_there(attendees: Sequence[UUID], facts: Facts) -> None:
    """Refuse a name that stands twice; a team lead notes for the team, others where they were."""
    named_once(attendees)
    if facts.role is not Role.TEAM_LEAD and facts.person not in attendees:
        raise Refused(
            "Je staat er zelf niet bij. Zet jezelf erbij, of laat iemand die er was het noteren.",
            "You are not among them yourself. Add yourself, or let somebody who was there note it.",
            "attendees",
        )


ON_PROGRAMME: tuple[type[OnProgramme], ...] = (
    *(LogTeamMeeting, LogSupervision, LogGroupSupervision, LogFieldMentoring),
    *(RecordWorkTimeSample, SetCoachCapacity, LogOutcomesReview, LogFidelityReview),
    *(LogFunderContact, ReviewEmployerLog),
)
"""All that a programme notes about its work."""
