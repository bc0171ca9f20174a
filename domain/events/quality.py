"""Events about how a programme works on its own quality; of the team, never of a client."""

from __future__ import annotations

from datetime import date
from typing import Annotated, ClassVar
from uuid import UUID

from pydantic import Field

from domain.events.base import Category, Label
from domain.events.funding import Funder
from domain.events.programme import ProgrammeEvent
from domain.events.search import Mode
from domain.language import Text
from domain.roles import Role

LEAST_SCORE, BEST_SCORE = 25, 125
"""What a fidelity review of 25 items can give (reference 1.3)."""

_TEAM = frozenset({Role.JOB_COACH, Role.CARE_WORKER, Role.TEAM_LEAD})
_COACH_OR_LEAD = frozenset({Role.JOB_COACH, Role.TEAM_LEAD})
_LEAD = frozenset({Role.TEAM_LEAD})


class QualityEvent(ProgrammeEvent):
    """What every event about the work of a team has."""

    CATEGORY = Category.IDENTITY
    RECORDED_BY = _LEAD


class TeamMeetingHeld(QualityEvent):
    """The coaches and the care team met; of whom they spoke stands in each trajectory alone."""

    TYPE: ClassVar[str] = "team_meeting.held.v1"
    RECORDED_BY = _TEAM
    SENTENCE = Text(
        "Teamoverleg met {attendees}; mensen besproken: {discussed}",
        "Team meeting with {attendees}; people discussed: {discussed}",
    )

    note: UUID
    attendees: tuple[UUID, ...]
    discussed: Annotated[int, Field(ge=0, le=200)] = 0


class SupervisionHeld(QualityEvent):
    """A supervisor and one coach talked about the work."""

    TYPE: ClassVar[str] = "supervision.held.v1"
    SENTENCE = Text(
        "Werkbegeleiding van {coach} door {supervisor}", "Supervision of {coach} by {supervisor}"
    )

    note: UUID
    coach: UUID
    supervisor: UUID


class GroupSupervisionHeld(QualityEvent):
    """The coaches of the programme helped each other on."""

    TYPE: ClassVar[str] = "group_supervision.held.v1"
    RECORDED_BY = _COACH_OR_LEAD
    SENTENCE = Text("Intervisie met {attendees}", "Group supervision with {attendees}")

    note: UUID
    attendees: tuple[UUID, ...]
    client_based: bool = True
    """Whether it was about the people they guide, as item 7 of the scale asks."""


class FieldMentoringDone(QualityEvent):
    """Somebody went along with a coach, to employers or to clients."""

    TYPE: ClassVar[str] = "field_mentoring.done.v1"
    SENTENCE = Text("{mentor} ging een dag mee met {coach}", "{mentor} went along with {coach}")

    note: UUID
    coach: UUID
    mentor: UUID


class WorkTimeSampleRecorded(QualityEvent):
    """What a coach's time went to, over some days: a sample, never a watch (items 2 and 24)."""

    TYPE: ClassVar[str] = "work_time.sampled.v1"
    RECORDED_BY = _COACH_OR_LEAD
    SENTENCE = Text(
        "Tijd van {coach} tot en met {until}: {hours} uur, waarvan {employment} aan werk zoeken en "
        "begeleiden en {outside} buiten kantoor",
        "Time of {coach} until {until}: {hours} hours, of which {employment} on work and "
        "{outside} outside the office",
    )

    note: UUID
    coach: UUID
    until: date
    hours: float
    employment: float
    outside: float


class CoachCapacitySet(QualityEvent):
    """How much of a full working week a coach has for this programme (item 1)."""

    TYPE: ClassVar[str] = "capacity.set.v1"
    STANDS = "capacity/{coach}"
    SENTENCE = Text("{coach} werkt {fte} fte als coach", "{coach} works {fte} FTE as a coach")

    coach: UUID
    fte: Annotated[float, Field(ge=0, le=1)]


class OutcomesReviewed(QualityEvent):
    """The team looked at its outcomes, and chose what to work on (items 8 and 10)."""

    TYPE: ClassVar[str] = "outcomes.reviewed.v1"
    STANDS = "outcomes"
    SENTENCE = Text(
        "Resultaten bekeken van kwartaal {quarter} van {year}[: {goals}]",
        "Outcomes reviewed of quarter {quarter} of {year}[: {goals}]",
    )

    note: UUID
    year: int
    quarter: int
    goals: Label | None = None


class FidelityReviewHeld(QualityEvent):
    """Reviewers held the programme against the scale; a figure is theirs, with its version."""

    TYPE: ClassVar[str] = "fidelity_review.held.v1"
    STANDS = "fidelity_review"
    SENTENCE = Text(
        "Modelgetrouwheid bekeken ({scale}) door {reviewers}[: {score}]",
        "Fidelity review ({scale}) by {reviewers}[: {score}]",
    )

    note: UUID
    scale: Label
    reviewers: Label
    """Whose people came to look: an organisation's name."""
    score: Annotated[int, Field(ge=LEAST_SCORE, le=BEST_SCORE)] | None = None


class FunderContactLogged(QualityEvent):
    """The programme and a funder were in touch about the work, not about a person (item 6)."""

    TYPE: ClassVar[str] = "funder.contacted.v1"
    RECORDED_BY = _COACH_OR_LEAD
    SENTENCE = Text("Contact met {funder}, {mode}", "Contact with {funder}, {mode}")

    note: UUID
    funder: Funder
    mode: Mode


class EmployerLogReviewed(QualityEvent):
    """Team lead and coaches went through the contacts with employers of a week (item 17)."""

    TYPE: ClassVar[str] = "employer_log.reviewed.v1"
    SENTENCE = Text("Contacten met werkgevers doorgenomen", "Contacts with employers reviewed")

    note: UUID
