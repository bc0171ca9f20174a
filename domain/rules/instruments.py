"""Rules for instruments: what was arranged around work, by whom it helps and for how long."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from domain.events.base import Event
from domain.events.instruments import (
    CoachForm,
    JobCarved,
    JobCoachGrantNoted,
    JobsRegisterNoted,
    NoRiskCoverNoted,
    RegisterRoute,
    Subsidy,
    WageSubsidyGranted,
)
from domain.rules import references
from domain.rules.base import Facts
from domain.rules.limits import Day, ShortText
from domain.rules.references import Reference
from domain.rules.shared import Note, employer_of, in_order
from domain.state import Trajectory


class _ForWork(Note):
    employer: UUID | None = None
    placement: UUID | None = None
    """The work it is for; its employer is then known."""

    def whole(self, state: Trajectory, facts: Facts) -> dict[str, Any]:
        """Give every field of the event."""
        about = self.begin(state, facts)
        employer = employer_of(state, self.placement, self.employer)
        return {**about, **self.said(), "employer": employer}

    def refers(self) -> Mapping[str, Reference]:
        return references.employer(self.employer)


class _ForSomeTime(_ForWork):
    starts_on: Day
    ends_on: Day | None = None

    def whole(self, state: Trajectory, facts: Facts) -> dict[str, Any]:
        """Give every field of the event; refuse an end before the start."""
        found = super().whole(state, facts)
        in_order(self.starts_on, self.ends_on)
        return found


class NoteWageSubsidy(_ForSomeTime):
    """Note that an employer gets a part of the wages back, and for how long."""

    NAME = "note-wage-subsidy"
    YIELDS = (WageSubsidyGranted,)

    kind: Subsidy

    def decide(self, state: Trajectory, facts: Facts) -> Sequence[Event]:
        about = self.whole(state, facts)
        return [] if self.again(state) else [WageSubsidyGranted(**about)]


class NoteNoRiskCover(_ForSomeTime):
    """Note the no-risk cover; the employer is not told by it."""

    NAME = "note-no-risk-cover"
    YIELDS = (NoRiskCoverNoted,)

    def decide(self, state: Trajectory, facts: Facts) -> Sequence[Event]:
        about = self.whole(state, facts)
        return [] if self.again(state) else [NoRiskCoverNoted(**about)]


class NoteJobCoachGrant(_ForSomeTime):
    """Note that a job coach at work is paid for, and for how long."""

    NAME = "note-job-coach-grant"
    YIELDS = (JobCoachGrantNoted,)

    form: CoachForm

    def decide(self, state: Trajectory, facts: Facts) -> Sequence[Event]:
        about = self.whole(state, facts)
        return [] if self.again(state) else [JobCoachGrantNoted(**about)]


class CarveJob(_ForWork):
    """Note which tasks were put together into work that fits: the employer reads it."""

    NAME = "carve-job"
    YIELDS = (JobCarved,)

    employer: UUID
    tasks: ShortText
    """What the work is, never why."""
    starts_on: Day | None = None
    ends_on: Day | None = None

    def decide(self, state: Trajectory, facts: Facts) -> Sequence[Event]:
        about = self.whole(state, facts)
        if self.starts_on is not None:
            in_order(self.starts_on, self.ends_on)
        return [] if self.again(state) else [JobCarved(**about)]


class NoteJobsRegister(Note):
    """Note that the client counts for the jobs agreement."""

    NAME = "note-jobs-register"
    YIELDS = (JobsRegisterNoted,)

    route: RegisterRoute | None = None

    def decide(self, state: Trajectory, facts: Facts) -> Sequence[Event]:
        about = self.begin(state, facts)
        return [] if self.again(state) else [JobsRegisterNoted(**about, **self.said())]
