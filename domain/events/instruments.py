"""Events about instruments: what was arranged with UWV or the municipality around work."""

from __future__ import annotations

from datetime import date
from typing import Annotated, ClassVar
from uuid import UUID

from domain.events.base import Category, Event, Kind, Label
from domain.language import Choice, Text
from domain.roles import Role


class Subsidy(Choice):
    """What an employer gets towards wages (reference 3.1)."""

    WAGE_COSTS = "wage_costs", "loonkostensubsidie", "wage cost subsidy"
    DISPENSATION = "dispensation", "loondispensatie", "wage dispensation"
    TAX_BENEFIT = "tax_benefit", "loonkostenvoordeel (LKV)", "wage cost benefit (LKV)"


class CoachForm(Choice):
    """Whose job coach is paid for."""

    INTERNAL = "internal", "van de werkgever zelf", "the employer's own"
    EXTERNAL = "external", "van buiten", "from outside"


class RegisterRoute(Choice):
    """How somebody came into the jobs register ("doelgroepregister")."""

    PRAKTIJKROUTE = "praktijkroute", "de Praktijkroute", "the Praktijkroute"
    ASSESSMENT = "assessment", "een beoordeling door UWV", "an assessment by UWV"
    SCHOOL = "school", "school", "school"


class InstrumentEvent(Event):
    """What every instrument has; it can be for one job, for one employer, or go with the client."""

    CATEGORY = Category.INSTRUMENTS
    RECORDED_BY = frozenset({Role.JOB_COACH, Role.CLIENT_MANAGER})
    STANDS = "instrument/{note}"

    note: UUID


class _ForWork(InstrumentEvent):
    employer: UUID | None = None
    placement: UUID | None = None


class _ForSomeTime(_ForWork):
    starts_on: date
    ends_on: date | None = None


class WageSubsidyGranted(_ForSomeTime):
    """The employer gets a part of the wages back; whether the job is competitive follows in 3.3."""

    TYPE: ClassVar[str] = "wage_subsidy.granted.v1"
    SENTENCE = Text(
        "Toegekend: {kind}[ voor {employer}], vanaf {starts_on}[ tot en met {ends_on}]",
        "Granted: {kind}[ for {employer}], from {starts_on}[ until {ends_on}]",
    )

    kind: Subsidy


class NoRiskCoverNoted(_ForSomeTime):
    """UWV compensates sick pay ("no-riskpolis"); the employer hears of it from the client."""

    TYPE: ClassVar[str] = "no_risk.noted.v1"
    SENTENCE = Text(
        "No-riskpolis[ voor {employer}], vanaf {starts_on}[ tot en met {ends_on}]",
        "No-risk cover[ for {employer}], from {starts_on}[ until {ends_on}]",
    )


class JobCoachGrantNoted(_ForSomeTime):
    """A job coach at work is paid for."""

    TYPE: ClassVar[str] = "job_coach_grant.noted.v1"
    SENTENCE = Text(
        "Jobcoach vergoed ({form})[ bij {employer}], vanaf {starts_on}[ tot en met {ends_on}]",
        "Job coach paid for ({form})[ at {employer}], from {starts_on}[ until {ends_on}]",
    )

    form: CoachForm


class JobCarved(_ForWork):
    """Tasks of several jobs were put together into one that fits ("jobcarving")."""

    TYPE: ClassVar[str] = "job.carved.v1"
    SENTENCE = Text(
        "Werk op maat bij {employer}: {tasks}[, vanaf {starts_on}][ tot en met {ends_on}]",
        "Work made to fit at {employer}: {tasks}[, from {starts_on}][ until {ends_on}]",
    )

    employer: UUID
    tasks: Label
    """What the work is, short, and never why: the employer reads it."""
    starts_on: date | None = None
    ends_on: date | None = None


class JobsRegisterNoted(InstrumentEvent):
    """The client counts for the jobs agreement ("banenafspraak")."""

    TYPE: ClassVar[str] = "jobs_register.noted.v1"
    STANDS = "jobs_register"
    SENTENCE = Text(
        "Telt mee voor de banenafspraak[, via {route}]",
        "Counts for the jobs agreement[, by way of {route}]",
    )

    route: Annotated[RegisterRoute | None, Kind.HEALTH] = None
