"""Rules for work: what is noted is a job, a trial placement, volunteering or sheltered work."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar
from uuid import UUID, uuid4

from pydantic import Field

from domain.events.base import Event
from domain.events.course import Wish
from domain.events.placement import (
    AccommodationAgreed,
    AccommodationChanged,
    AccommodationKind,
    Approver,
    Contract,
    EmployerOfRecord,
    EndReason,
    HoursChanged,
    JobEnded,
    JobEndLearned,
    JobStarted,
    ShelteredWorkEnded,
    ShelteredWorkStarted,
    TrialPlacementEnded,
    TrialPlacementExtended,
    TrialPlacementStarted,
    TrialResult,
    VolunteeringEnded,
    VolunteeringStarted,
)
from domain.rules import references
from domain.rules.base import Facts, Refused
from domain.rules.limits import Day, HoursPerWeek, ShortText, Story
from domain.rules.references import Reference
from domain.rules.shared import OnTrajectory, in_order, not_before, noted, nothing_new
from domain.state import Trajectory
from domain.state.work import Placement, PlacementKind

_OF_A_JOB = (
    "contract",
    "pay_at_least_minimum",
    "open_to_anyone",
    "set_aside_for_target_group",
    "artificial_time_limit",
    "employer_of_record",
)


class LogPlacement(OnTrajectory):
    """Note that work began or will begin; a second job beside the first is fine."""

    NAME = "log-placement"
    YIELDS = (JobStarted, TrialPlacementStarted, VolunteeringStarted, ShelteredWorkStarted)

    placement: UUID = Field(default_factory=uuid4)
    kind: PlacementKind
    employer: UUID
    title: ShortText
    starts_on: Day
    hours_per_week: HoursPerWeek | None = None
    ends_on: Day | None = None
    """The planned end, when one was agreed."""
    tasks: ShortText | None = None
    """What somebody does there, never why: the employer reads it."""
    days: ShortText | None = None
    """On which days and at what times."""
    paid: bool | None = None
    contract: Contract | None = None
    pay_at_least_minimum: bool | None = None
    open_to_anyone: bool | None = None
    set_aside_for_target_group: bool | None = None
    artificial_time_limit: bool | None = None
    employer_of_record: EmployerOfRecord | None = None
    """With which kind of employer the contract is, as for who is seconded it is another."""
    approved_by: Approver | None = None
    """Who agreed to a trial placement."""

    def decide(self, state: Trajectory, facts: Facts) -> Sequence[Event]:
        about = self.begin(state, facts)
        if state.work.find(self.placement) is not None:
            return []
        in_order(self.starts_on, self.ends_on)
        self._fits_kind()
        return [self._event(about)]

    def when(self, facts: Facts) -> dict[str, Any]:
        """Take the first working day as the day it happened, when no other day is given."""
        if self.occurred_on is None and self.starts_on < facts.today:
            return self.model_copy(update={"occurred_on": self.starts_on}).when(facts)
        return super().when(facts)

    def _fits_kind(self) -> None:
        if self.kind is PlacementKind.JOB and self.paid is False:
            raise Refused(
                "Onbetaald werk is geen baan. Noteer een proefplaatsing of vrijwilligerswerk.",
                "Unpaid work is not a job. Note a trial placement or volunteering.",
                "paid",
            )
        if self.kind is PlacementKind.JOB and self.contract is None:
            raise Refused(
                "Noteer welk contract bij deze baan hoort; tijdelijk of nul uren is ook goed.",
                "Note which contract comes with this job; fixed-term or zero hours is fine too.",
                "contract",
            )
        if self.kind is not PlacementKind.JOB:
            for field in _OF_A_JOB:
                if getattr(self, field) is not None:
                    raise Refused(
                        "Dit hoort alleen bij een baan. Laat het leeg, of noteer een baan.",
                        "This belongs to a job only. Leave it empty, or note a job.",
                        field,
                    )
        if self.kind is not PlacementKind.TRIAL and self.approved_by is not None:
            raise Refused(
                "Alleen een proefplaatsing wordt goedgekeurd. Laat dit leeg.",
                "Only a trial placement is approved. Leave this empty.",
                "approved_by",
            )

    def _event(self, about: dict[str, Any]) -> Event:
        shared = {**about, **self.said("kind", "paid", "approved_by", *_OF_A_JOB)}
        if self.contract is Contract.ZERO_HOURS:
            # How much it really is, is not known: that is never no hours (reference 2.1).
            shared["hours_per_week"] = self.hours_per_week or None
        match self.kind:
            case PlacementKind.JOB:
                return JobStarted(**shared, **{field: getattr(self, field) for field in _OF_A_JOB})
            case PlacementKind.TRIAL:
                return TrialPlacementStarted(**shared, approved_by=self.approved_by)
            case PlacementKind.VOLUNTEERING:
                return VolunteeringStarted(**shared)
            case PlacementKind.SHELTERED:
                return ShelteredWorkStarted(**shared)

    def refers(self) -> Mapping[str, Reference]:
        return references.employer(self.employer)


class OnPlacement(OnTrajectory):
    """A command about work that was noted."""

    ENDED_TOO: ClassVar[bool] = False

    placement: UUID

    def find(self, state: Trajectory, facts: Facts) -> tuple[Placement, dict[str, Any]]:
        """Give the work and the fields that its events carry; refuse when it is not there."""
        about = self.begin(state, facts)
        placement = state.work.find(self.placement)
        if placement is None:
            raise Refused(
                "Dit werk staat er niet. Noteer het eerst.",
                "There is no such work. Note it first.",
                "placement",
            )
        if placement.ended_on is not None and not self.ENDED_TOO:
            raise Refused(
                "Dit werk is al gestopt. Verbeter het einde als dat fout is, of noteer nieuw werk.",
                "This work has ended already. Correct the end if it is wrong, or note new work.",
                "placement",
            )
        return placement, {
            **about,
            "placement": placement.id,
            "employer": placement.employer,
        }


class EndPlacement(OnPlacement):
    """Note that work ended; the day it happened is its last day."""

    NAME = "end-placement"
    YIELDS = (JobEnded, TrialPlacementEnded, VolunteeringEnded, ShelteredWorkEnded)

    reason: EndReason | None = None
    result: TrialResult | None = None
    """What came of a trial placement."""
    lessons: Story | None = None

    def decide(self, state: Trajectory, facts: Facts) -> Sequence[Event]:
        placement, about = self.find(state, facts)
        if placement.starts_on <= facts.today:  # what is still to begin can be called off before
            not_before(placement.starts_on, about["occurred_on"])
        self._fits(placement.kind)
        reason = self.reason or EndReason.UNKNOWN
        match placement.kind:
            case PlacementKind.JOB:
                return [JobEnded(**about, reason=reason, lessons=self.lessons)]
            case PlacementKind.TRIAL:
                return [TrialPlacementEnded(**about, result=self.result, lessons=self.lessons)]
            case PlacementKind.VOLUNTEERING:
                return [VolunteeringEnded(**about, reason=reason, lessons=self.lessons)]
            case PlacementKind.SHELTERED:
                return [ShelteredWorkEnded(**about, reason=reason, lessons=self.lessons)]

    def _fits(self, kind: PlacementKind) -> None:
        if kind is PlacementKind.TRIAL and self.reason is not None:
            raise Refused(
                "Een proefplaatsing heeft een uitkomst, geen reden. Vul de uitkomst in.",
                "A trial placement has a result, not a reason. Give the result.",
                "reason",
            )
        if kind is not PlacementKind.TRIAL and self.result is not None:
            raise Refused(
                "Alleen een proefplaatsing heeft een uitkomst. Vul hier de reden in.",
                "Only a trial placement has a result. Give the reason here.",
                "result",
            )


class LearnJobEnd(OnPlacement):
    """Note on which day the team heard that a job ended."""

    NAME = "learn-job-end"
    YIELDS = (JobEndLearned,)
    ENDED_TOO = True

    def decide(self, state: Trajectory, facts: Facts) -> Sequence[Event]:
        placement, about = self.find(state, facts)
        if placement.end_learned_on is not None:
            return nothing_new((self.occurred_on, placement.end_learned_on))
        return [JobEndLearned(**about)]


class ChangeHours(OnPlacement):
    """Note other hours, up or down."""

    NAME = "change-hours"
    YIELDS = (HoursChanged,)

    hours_per_week: HoursPerWeek
    wish: Wish | None = None
    starts_on: Day | None = None
    """From which day; the day it happened when left out."""

    def decide(self, state: Trajectory, facts: Facts) -> Sequence[Event]:
        placement, about = self.find(state, facts)
        starts_on = self.starts_on or about["occurred_on"]
        before = placement.hours(starts_on)
        if before == self.hours_per_week:
            return []
        return [
            HoursChanged(
                **about,
                hours_before=before,
                hours_per_week=self.hours_per_week,
                wish=self.wish,
                starts_on=starts_on,
            )
        ]


class ExtendTrialPlacement(OnPlacement):
    """Let a trial placement last longer."""

    NAME = "extend-trial-placement"
    YIELDS = (TrialPlacementExtended,)

    ends_on: Day

    def decide(self, state: Trajectory, facts: Facts) -> Sequence[Event]:
        placement, about = self.find(state, facts)
        if placement.kind is not PlacementKind.TRIAL:
            raise Refused(
                "Alleen een proefplaatsing wordt verlengd. Ander werk loopt door tot het stopt.",
                "Only a trial placement is extended. Other work goes on until it ends.",
                "placement",
            )
        if self.ends_on == placement.ends_on:
            return []
        if self.ends_on < (placement.ends_on or placement.starts_on):
            raise Refused(
                "Dit is eerder dan nu is afgesproken. Kies een latere dag, of noteer het einde.",
                "This is earlier than agreed now. Choose a later day, or note the end.",
                "ends_on",
            )
        return [TrialPlacementExtended(**about, ends_on=self.ends_on)]


class AgreeAccommodation(OnPlacement):
    """Note what is arranged at work, in words of work: the employer reads it."""

    NAME = "agree-accommodation"
    YIELDS = (AccommodationAgreed,)

    accommodation: UUID = Field(default_factory=uuid4)
    kind: AccommodationKind
    what: ShortText
    """What, never why."""

    def decide(self, state: Trajectory, facts: Facts) -> Sequence[Event]:
        placement, about = self.find(state, facts)
        if self.accommodation in placement.accommodations:
            return []
        return [AccommodationAgreed(**about, **self.said("placement"))]


class ChangeAccommodation(OnPlacement):
    """Note that an arrangement at work changed."""

    NAME = "change-accommodation"
    YIELDS = (AccommodationChanged,)

    note: UUID = Field(default_factory=uuid4)
    accommodation: UUID
    kind: AccommodationKind
    what: ShortText

    def decide(self, state: Trajectory, facts: Facts) -> Sequence[Event]:
        placement, about = self.find(state, facts)
        if self.accommodation not in placement.accommodations:
            raise Refused(
                "Deze afspraak op het werk staat er niet. Noteer die eerst.",
                "There is no such arrangement at work. Note it first.",
                "accommodation",
            )
        if noted(self.note, state):
            return []
        return [AccommodationChanged(**about, **self.said("placement"))]
