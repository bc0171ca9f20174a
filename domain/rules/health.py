"""Rules for what tells of health: facts without causes, and the client's own plan."""

from __future__ import annotations

from collections.abc import Sequence

from domain.events.base import Event
from domain.events.health import BackAtWork, CrisisEscalated, SickNoted, SignalPlanWritten
from domain.rules.base import Facts, Refused
from domain.rules.limits import ShortText, Story
from domain.rules.placement import OnPlacement
from domain.rules.shared import Note, by_the_client
from domain.state import Trajectory


class NoteSick(OnPlacement):
    """Note that the client is off sick at this work; what it is, is not asked."""

    NAME = "note-sick"
    YIELDS = (SickNoted,)

    def decide(self, state: Trajectory, facts: Facts) -> Sequence[Event]:
        placement, about = self.find(state, facts)
        return [] if placement.id in state.health.sick_at else [SickNoted(**about)]


class NoteBackAtWork(OnPlacement):
    """Note that the client is back at this work."""

    NAME = "note-back-at-work"
    YIELDS = (BackAtWork,)

    def decide(self, state: Trajectory, facts: Facts) -> Sequence[Event]:
        placement, about = self.find(state, facts)
        return [BackAtWork(**about)] if placement.id in state.health.sick_at else []


class WriteSignalPlan(Note):
    """Write how it shows that it is going less well, and what helps then."""

    NAME = "write-signal-plan"
    YIELDS = (SignalPlanWritten,)

    signs: Story
    helps: Story | None = None

    def decide(self, state: Trajectory, facts: Facts) -> Sequence[Event]:
        about = self.begin(state, facts)
        if not by_the_client(state, facts):
            raise Refused(
                "Een signaleringsplan schrijft de cliënt zelf. Je kunt het samen bespreken en dat "
                "als contact noteren.",
                "An early-signs plan is for the client to write. You can talk it over together "
                "and note that as a contact.",
            )
        return [] if self.again(state) else [SignalPlanWritten(**about, **self.said())]


class EscalateCrisis(Note):
    """Call the care team in; when there is danger, call 112 first."""

    NAME = "escalate-crisis"
    YIELDS = (CrisisEscalated,)

    text: ShortText | None = None
    """Only what the care team needs now."""

    def decide(self, state: Trajectory, facts: Facts) -> Sequence[Event]:
        about = self.begin(state, facts)
        return [] if self.again(state) else [CrisisEscalated(**about, **self.said())]
