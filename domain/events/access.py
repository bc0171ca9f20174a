"""Events about who read the file: what is asked of it; who reads is kept beside the story."""

from __future__ import annotations

from datetime import date
from typing import ClassVar
from uuid import UUID

from domain.events.base import Category, Event, Words
from domain.language import Text
from domain.roles import Role


class AccessQuestioned(Event):
    """The client is surprised that somebody looked, and asks why."""

    TYPE: ClassVar[str] = "access.questioned.v1"
    CATEGORY = Category.ACCESS
    RECORDED_BY = frozenset({Role.CLIENT})
    SENTENCE = Text(
        "Dit verbaast mij: er is gekeken op {day}[ door {role}][ van {organisation}]",
        "This surprises me: somebody looked on {day}[, {role}][ of {organisation}]",
    )

    note: UUID
    day: date
    role: Role | None = None
    organisation: UUID | None = None
    words: Words | None = None
