"""Events about who read the file: what is asked of it, and answered; the looks are elsewhere."""

from __future__ import annotations

from datetime import date
from typing import ClassVar
from uuid import UUID

from domain.events.base import Category, Event, Words
from domain.language import Text
from domain.roles import Role


class AccessEvent(Event):
    """What both have."""

    CATEGORY = Category.ACCESS


class AccessQuestioned(AccessEvent):
    """The client is surprised that somebody looked, and asks why."""

    TYPE: ClassVar[str] = "access.questioned.v1"
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


class AccessAnswered(AccessEvent):
    """Who guards the privacy at an organisation says why somebody looked."""

    TYPE: ClassVar[str] = "access.answered.v1"
    RECORDED_BY = frozenset({Role.PRIVACY_OFFICER})
    SENTENCE = Text(
        "Antwoord van {organisation} op de vraag wie er keek op {day}",
        "Answer of {organisation} to the question who looked on {day}",
    )

    question: UUID
    """The note by which it was asked."""
    day: date
    """The day that it was asked about."""
    organisation: UUID
    words: Words
