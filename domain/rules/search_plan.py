"""Rules for the search plan: the client's own, agreed once and revised as often as it takes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated
from uuid import UUID, uuid4

from pydantic import Field

from domain.events.base import Event
from domain.events.search_plan import SearchPlanAgreed, SearchPlanRevised
from domain.events.support import RhythmChoice
from domain.rules.base import Facts
from domain.rules.limits import Story
from domain.rules.shared import OnTrajectory, noted, whose_choice
from domain.state import Trajectory


class AgreeSearchPlan(OnTrajectory):
    """Agree on what to go for and which steps to take; a later plan takes its place."""

    NAME = "agree-search-plan"
    YIELDS = (SearchPlanAgreed, SearchPlanRevised)

    note: UUID = Field(default_factory=uuid4)
    goals: Story
    steps: Story | None = None
    per_month: Annotated[int, Field(ge=1, le=31)] | None = None
    """How often something is done to find work."""
    choice: RhythmChoice | None = None
    """Whose choice; the client's own when the client records it."""

    def decide(self, state: Trajectory, facts: Facts) -> Sequence[Event]:
        about = self.begin(state, facts)
        if noted(self.note, state):
            return []
        choice = whose_choice(self.choice, facts)
        event = SearchPlanAgreed if state.search.planned_on is None else SearchPlanRevised
        return [event(**about, **self.said("choice"), choice=choice)]
