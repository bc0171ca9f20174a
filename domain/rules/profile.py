"""Rules for wish and profile: written down together, and what somebody likes is theirs to say."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID, uuid4

from pydantic import Field

from domain.events.base import Event
from domain.events.profile import (
    MilestoneReached,
    Pace,
    PreferencesStated,
    VocationalProfileRecorded,
    VocationalProfileUpdated,
)
from domain.rules.base import Facts, Refused
from domain.rules.limits import HoursPerWeek, ShortText, Story
from domain.rules.shared import Labels, Note, OnTrajectory, noted, once
from domain.state import Trajectory


class WriteProfile(OnTrajectory):
    """Write down what somebody can do and brings along; anew after each job."""

    NAME = "write-profile"
    YIELDS = (VocationalProfileRecorded, VocationalProfileUpdated)

    note: UUID = Field(default_factory=uuid4)
    skills: Labels = ()
    experience: Story | None = None
    strengths: Story | None = None
    circumstances: Story | None = None
    placement: UUID | None = None
    """The work from which it was learned."""

    def decide(self, state: Trajectory, facts: Facts) -> Sequence[Event]:
        about = self.begin(state, facts)
        if noted(self.note, state):
            return []
        if not (self.skills or self.experience or self.strengths or self.circumstances):
            raise Refused(
                "Schrijf ten minste één ding op. De rest kan altijd later.",
                "Write down at least one thing. The rest can always come later.",
                "skills",
            )
        if self.placement is not None and state.work.find(self.placement) is None:
            raise Refused(
                "Dit werk staat er niet. Noteer het eerst, of laat het leeg.",
                "There is no such work. Note it first, or leave it empty.",
                "placement",
            )
        first = state.profile.written_on is None
        event = VocationalProfileRecorded if first else VocationalProfileUpdated
        return [event(**about, **self.said("skills"), skills=once(self.skills))]


class StatePreferences(OnTrajectory):
    """Say what you would like in work: what, how much, where, how fast, and what not."""

    NAME = "state-preferences"
    YIELDS = (PreferencesStated,)

    note: UUID = Field(default_factory=uuid4)
    job_types: Labels = ()
    hours_per_week: HoursPerWeek | None = None
    place: ShortText | None = None
    pace: Pace | None = None
    no_go: Labels = ()
    """What, never why."""
    words: Story | None = None

    def decide(self, state: Trajectory, facts: Facts) -> Sequence[Event]:
        about = self.begin(state, facts)
        if noted(self.note, state):
            return []
        if not any(self.said("note").values()):
            raise Refused(
                "Zeg ten minste één ding dat je graag wilt. De rest kan altijd later.",
                "Say at least one thing that you would like. The rest can always come later.",
                "job_types",
            )
        said = self.said("job_types", "no_go")
        return [
            PreferencesStated(
                **about, **said, job_types=once(self.job_types), no_go=once(self.no_go)
            )
        ]


class NoteMilestone(Note):
    """Note a step that somebody took, in their own words; it need not be a job."""

    NAME = "note-milestone"
    YIELDS = (MilestoneReached,)

    words: Story

    def decide(self, state: Trajectory, facts: Facts) -> Sequence[Event]:
        about = self.begin(state, facts)
        return [] if self.again(state) else [MilestoneReached(**about, **self.said())]
