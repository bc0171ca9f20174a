"""Events about work: jobs, trial placements, volunteering, sheltered work, hours and the end."""

from __future__ import annotations

from datetime import date
from typing import Annotated, ClassVar
from uuid import UUID

from domain.events.base import Category, Event, Grant, GrantKind, Hours, Kind, Label, Words
from domain.events.course import Wish
from domain.language import Choice, Text
from domain.roles import Role

_RECORDERS = frozenset({Role.CLIENT, Role.JOB_COACH})


class Contract(Choice):
    """The kind of contract of a paid job."""

    PERMANENT = "permanent", "vast", "permanent"
    FIXED = "fixed", "tijdelijk", "fixed-term"
    AGENCY = "agency", "uitzend", "agency"
    ZERO_HOURS = "zero_hours", "nul-uren", "zero-hours"
    SELF_EMPLOYED = "self_employed", "zzp", "self-employed"


class EmployerOfRecord(Choice):
    """What kind of employer a contract is with: not always the one where the work is done."""

    ORDINARY = "ordinary", "gewone werkgever", "ordinary employer"
    SOCIAL_FIRM = "social_firm", "sociale onderneming", "social firm"
    AGENCY = "agency", "uitzend- of detacheringsbureau", "agency"


class EndReason(Choice):
    """Why a job ended (reference 4); there is no 'no show' and no 'time is up'."""

    OWN_CHOICE = "own_choice", "eigen keuze", "own choice"
    BETTER_JOB = "better_job", "beter werk gevonden", "found a better job"
    CONTRACT_ENDED = "contract_ended", "contract liep af", "contract ended"
    DISMISSED = "dismissed", "ontslag", "dismissed"
    HEALTH = "health", "gezondheid", "health"
    MISMATCH = "mismatch", "het paste niet", "it did not fit"
    TRAVEL_CARE = "travel_care", "reizen of zorgtaken", "travel or caring for others"
    EMPLOYER_CLOSED = "employer_closed", "bedrijf gestopt", "employer closed"
    OTHER = "other", "anders", "other"
    UNKNOWN = "unknown", "niet bekend", "unknown"


class TrialResult(Choice):
    """What came of a trial placement."""

    HIRED = "hired", "aangenomen", "hired"
    STOPPED_BY_CLIENT = "stopped_by_client", "zelf gestopt", "stopped by own choice"
    STOPPED_BY_EMPLOYER = (
        "stopped_by_employer",
        "gestopt door de werkgever",
        "stopped by the employer",
    )
    ENDED = "ended", "de afgesproken tijd was om", "the agreed time was over"


class Approver(Choice):
    """Who agreed to a trial placement, as benefit is retained meanwhile."""

    UWV = "uwv", "UWV", "UWV"
    MUNICIPALITY = "municipality", "gemeente", "municipality"
    NOT_NEEDED = "not_needed", "niet nodig", "not needed"


class PlacementEvent(Event):
    """What every event about work has; `placement` names the job, the trial or the volunteering."""

    CATEGORY = Category.JOB
    RECORDED_BY = _RECORDERS

    placement: UUID
    employer: UUID


class Begun(PlacementEvent):
    """What every kind of work has when it begins."""

    STANDS = "work/{placement}"

    title: Label
    starts_on: date
    hours_per_week: Hours | None = None
    ends_on: date | None = None
    """The planned end, when one was agreed."""
    tasks: Label | None = None
    """What somebody does there, in words of work and never why: the employer reads it."""
    days: Label | None = None
    """On which days and at what times, as agreed with the employer."""

    def grants(self, stream: UUID) -> tuple[Grant, ...]:
        """The employer gets its own job of this trajectory."""
        return (Grant(stream, f"employer/{self.placement}", self.employer, GrantKind.EMPLOYER),)


class Ended(PlacementEvent):
    """What every end of work has."""

    def grants(self, stream: UUID) -> tuple[Grant, ...]:
        """The employer keeps the tie of that job, which shows that it ended and no more."""
        return (
            Grant(
                stream,
                f"employer/{self.placement}",
                self.employer,
                GrantKind.EMPLOYER,
                until=self.occurred_on,
            ),
        )


class JobStarted(Begun):
    """A paid job began; whether it is competitive follows from these facts (reference 3.3)."""

    TYPE: ClassVar[str] = "job.started.v1"
    SENTENCE = Text(
        "Begonnen als {title}[ bij {employer}][, {hours_per_week} uur per week][, {contract}]"
        "[. Taken: {tasks}][. Wanneer: {days}]",
        "Started as {title}[ at {employer}][, {hours_per_week} hours a week][, {contract}]"
        "[. Tasks: {tasks}][. When: {days}]",
    )

    contract: Contract
    pay_at_least_minimum: bool | None = None
    open_to_anyone: bool | None = None
    set_aside_for_target_group: bool | None = None
    artificial_time_limit: bool | None = None
    employer_of_record: EmployerOfRecord | None = None
    """With whom the contract is, in kind; `employer` is where the work is done."""


class JobEnded(Ended):
    """A job ended; the employer is told that, never why."""

    TYPE: ClassVar[str] = "job.ended.v1"
    STANDS = "work/{placement}/end"
    SENTENCE = Text(
        "Het werk[ bij {employer}] is gestopt[: {reason}]",
        "The job[ at {employer}] ended[: {reason}]",
    )

    reason: Annotated[EndReason, Kind.HEALTH]
    lessons: Words | None = None


class JobEndLearned(PlacementEvent):
    """The team heard that a job ended; a contact follows within three days (reference 1.5)."""

    TYPE: ClassVar[str] = "job.end_learned.v1"
    RECORDED_BY = frozenset({Role.JOB_COACH})
    STANDS = "work/{placement}/end_learned"
    SENTENCE = Text("Gehoord dat het werk gestopt is", "Heard that the job ended")


class HoursChanged(PlacementEvent):
    """The hours of a job changed."""

    TYPE: ClassVar[str] = "hours.changed.v1"
    RECORDED_BY = _RECORDERS | {Role.EMPLOYER}
    STANDS = "work/{placement}/hours"
    SENTENCE = Text(
        "Uren[ van {hours_before}] naar {hours_per_week} per week[ ({wish})][, vanaf {starts_on}]",
        "Hours[ from {hours_before}] to {hours_per_week} a week[ ({wish})][, from {starts_on}]",
    )

    hours_before: Hours | None = None
    hours_per_week: Hours
    wish: Wish | None = None
    starts_on: date


class TrialPlacementStarted(Begun):
    """Unpaid work with benefit retained began: not a job (reference, decision 6)."""

    TYPE: ClassVar[str] = "trial.started.v1"
    SENTENCE = Text(
        "Proefplaatsing als {title}[ bij {employer}][, tot en met {ends_on}]"
        "[. Taken: {tasks}][. Wanneer: {days}]",
        "Trial placement as {title}[ at {employer}][, until {ends_on}]"
        "[. Tasks: {tasks}][. When: {days}]",
    )

    approved_by: Approver | None = None


class TrialPlacementExtended(PlacementEvent):
    """A trial placement goes on for longer."""

    TYPE: ClassVar[str] = "trial.extended.v1"
    STANDS = "work/{placement}/extension"
    SENTENCE = Text(
        "Proefplaatsing verlengd tot en met {ends_on}", "Trial placement extended until {ends_on}"
    )

    ends_on: date


class TrialPlacementEnded(Ended):
    """A trial placement ended."""

    TYPE: ClassVar[str] = "trial.ended.v1"
    STANDS = "work/{placement}/end"
    SENTENCE = Text(
        "De proefplaatsing[ bij {employer}] is gestopt[: {result}]",
        "The trial placement[ at {employer}] ended[: {result}]",
    )

    result: Annotated[TrialResult | None, Kind.HEALTH] = None
    lessons: Words | None = None


class VolunteeringStarted(Begun):
    """Voluntary work began."""

    TYPE: ClassVar[str] = "volunteering.started.v1"
    SENTENCE = Text(
        "Begonnen als vrijwilliger, {title}[ bij {employer}][, {hours_per_week} uur per week]"
        "[. Taken: {tasks}][. Wanneer: {days}]",
        "Started as a volunteer, {title}[ at {employer}][, {hours_per_week} hours a week]"
        "[. Tasks: {tasks}][. When: {days}]",
    )


class VolunteeringEnded(Ended):
    """Voluntary work ended."""

    TYPE: ClassVar[str] = "volunteering.ended.v1"
    STANDS = "work/{placement}/end"
    SENTENCE = Text(
        "Het vrijwilligerswerk[ bij {employer}] is gestopt[: {reason}]",
        "The volunteering[ at {employer}] ended[: {reason}]",
    )

    reason: Annotated[EndReason, Kind.HEALTH]
    lessons: Words | None = None


class ShelteredWorkStarted(Begun):
    """Sheltered work began; it is paid, and not competitive (reference 3.3)."""

    TYPE: ClassVar[str] = "sheltered.started.v1"
    SENTENCE = Text(
        "Begonnen met beschut werk als {title}[ bij {employer}][, {hours_per_week} uur per week]"
        "[. Taken: {tasks}][. Wanneer: {days}]",
        "Started sheltered work as {title}[ at {employer}][, {hours_per_week} hours a week]"
        "[. Tasks: {tasks}][. When: {days}]",
    )


class ShelteredWorkEnded(Ended):
    """Sheltered work ended."""

    TYPE: ClassVar[str] = "sheltered.ended.v1"
    STANDS = "work/{placement}/end"
    SENTENCE = Text(
        "Het beschut werk[ bij {employer}] is gestopt[: {reason}]",
        "The sheltered work[ at {employer}] ended[: {reason}]",
    )

    reason: Annotated[EndReason, Kind.HEALTH]
    lessons: Words | None = None


class AccommodationKind(Choice):
    """What is arranged at work, in words of work."""

    HOURS = "hours", "werktijden", "working hours"
    QUIET_PLACE = "quiet_place", "rustige plek", "quiet place"
    TASKS = "tasks", "taken", "tasks"
    BREAKS = "breaks", "pauzes", "breaks"
    GUIDANCE = "guidance", "vaste collega", "a regular colleague"
    TOOLS = "tools", "hulpmiddelen", "tools"
    TRAVEL = "travel", "reizen", "travel"
    OTHER = "other", "iets anders", "something else"


class _Accommodation(PlacementEvent):
    RECORDED_BY = _RECORDERS | {Role.EMPLOYER}
    STANDS = "work/{placement}/accommodation/{accommodation}"

    accommodation: UUID
    kind: AccommodationKind
    what: Label
    """What is agreed at work, short, and never why: the employer reads it."""


class AccommodationAgreed(_Accommodation):
    """Client and employer agreed on an arrangement at work."""

    TYPE: ClassVar[str] = "accommodation.agreed.v1"
    SENTENCE = Text("Afgesproken op het werk ({kind}): {what}", "Agreed at work ({kind}): {what}")


class AccommodationChanged(_Accommodation):
    """An arrangement at work changed."""

    TYPE: ClassVar[str] = "accommodation.changed.v1"
    SENTENCE = Text(
        "Afspraak op het werk gewijzigd ({kind}): {what}",
        "Arrangement at work changed ({kind}): {what}",
    )

    note: UUID
