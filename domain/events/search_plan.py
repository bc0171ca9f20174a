"""Events about the search plan: what somebody goes for and which steps, set by the client."""

from __future__ import annotations

from typing import Annotated, ClassVar
from uuid import UUID

from pydantic import Field

from domain.events.base import Words
from domain.events.search import SearchEvent
from domain.events.support import RhythmChoice
from domain.language import Text


class _SearchPlan(SearchEvent):
    """The whole plan as it reads from now on."""

    STANDS = "search_plan"

    note: UUID
    goals: Words
    steps: Words | None = None
    per_month: Annotated[int, Field(ge=1, le=31)] | None = None
    """How often something is done to find work."""
    choice: RhythmChoice


class SearchPlanAgreed(_SearchPlan):
    """There is a plan for looking for work."""

    TYPE: ClassVar[str] = "search_plan.agreed.v1"
    SENTENCE = Text(
        "Zoekplan afgesproken[, {per_month} keer per maand] ({choice})",
        "Search plan agreed[, {per_month} times a month] ({choice})",
    )


class SearchPlanRevised(_SearchPlan):
    """Another plan took the place of the last one."""

    TYPE: ClassVar[str] = "search_plan.revised.v1"
    SENTENCE = Text(
        "Zoekplan bijgesteld[, {per_month} keer per maand] ({choice})",
        "Search plan revised[, {per_month} times a month] ({choice})",
    )
