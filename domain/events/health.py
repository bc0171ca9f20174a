"""Events that tell of health: off sick and back, an early-signs plan, a crisis.

They stand in row J: in row F a broker and a client manager would see that somebody is ill.
"""

from __future__ import annotations

from typing import ClassVar
from uuid import UUID

from domain.events.base import Category, Event, Words
from domain.language import Text
from domain.roles import Role


class HealthEvent(Event):
    """What every event that tells of health has."""

    CATEGORY = Category.SETBACK


class _AtWork(HealthEvent):
    RECORDED_BY = frozenset({Role.CLIENT, Role.JOB_COACH})

    placement: UUID
    employer: UUID


class SickNoted(_AtWork):
    """Off sick at one job; what it is and how long it lasts is not recorded (reference 7.2)."""

    TYPE: ClassVar[str] = "sick.noted.v1"
    STANDS = "work/{placement}/sick"
    SENTENCE = Text("Ziek gemeld[ bij {employer}]", "Off sick[ from {employer}]")


class BackAtWork(_AtWork):
    """Back at work."""

    TYPE: ClassVar[str] = "sick.ended.v1"
    ENDS = ("work/{placement}/sick",)
    SENTENCE = Text("Weer aan het werk[ bij {employer}]", "Back at work[ at {employer}]")


class SignalPlanWritten(HealthEvent):
    """The client's own early-signs plan ("signaleringsplan"); a later one replaces it."""

    TYPE: ClassVar[str] = "signal_plan.written.v1"
    RECORDED_BY = frozenset({Role.CLIENT})
    STANDS = "signal_plan"
    SENTENCE = Text("Schreef een eigen signaleringsplan", "Wrote an early-signs plan")
    TO_CLIENT = Text("Je schreef je eigen signaleringsplan", "You wrote your early-signs plan")

    note: UUID
    signs: Words
    """How it shows that it is going less well."""
    helps: Words | None = None


class CrisisEscalated(HealthEvent):
    """The care team was called in, with as few words as it takes."""

    TYPE: ClassVar[str] = "crisis.escalated.v1"
    RECORDED_BY = frozenset({Role.JOB_COACH, Role.CARE_WORKER})
    SENTENCE = Text("Het zorgteam erbij gehaald", "Called the care team in")

    note: UUID
    text: Words | None = None
