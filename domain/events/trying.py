"""Events about trying out: a day along to find out what somebody likes, never to test them."""

from __future__ import annotations

from datetime import date
from typing import ClassVar
from uuid import UUID

from domain.events.base import Category, Event, Label, Words
from domain.events.referral import WordsBy
from domain.language import Text
from domain.roles import Role


class TryOutEvent(Event):
    """What every event about a day along has: no job, no placement, and nobody's judgement."""

    CATEGORY = Category.JOB
    RECORDED_BY = frozenset({Role.CLIENT, Role.JOB_COACH})

    tryout: UUID
    employer: UUID | None = None
    place: Label | None = None
    """Where it is, when that employer is not known here."""
    title: Label | None = None
    """What sort of work it is."""


class TryOutArranged(TryOutEvent):
    """A day along was arranged."""

    TYPE: ClassVar[str] = "tryout.arranged.v1"
    STANDS = "tryout/{tryout}"
    SENTENCE = Text(
        "Meeloopdag afgesproken op {planned_on}[, {title}][, {employer}][, {place}]",
        "A day along arranged on {planned_on}[, {title}][, {employer}][, {place}]",
    )

    planned_on: date
    wants_to_know: Words | None = None
    """What the client would like to find out there."""


class TryOutDone(TryOutEvent):
    """Somebody went along for a day; what it was like is theirs to say."""

    TYPE: ClassVar[str] = "tryout.done.v1"
    ENDS = ("tryout/{tryout}",)
    SENTENCE = Text(
        "Een dag meegelopen[, {title}][, {employer}][, {place}]",
        "Went along for a day[, {title}][, {employer}][, {place}]",
    )

    verdict: Words | None = None
    """What the client thought of it."""
    words_by: WordsBy
