"""Events about income, as the client tells it; nothing here comes from or goes to the funder."""

from __future__ import annotations

from typing import Annotated, ClassVar
from uuid import UUID

from domain.events.base import Category, Event, Kind, Label, Words
from domain.language import Choice, Text
from domain.roles import Role


class Benefit(Choice):
    """The benefits people come with; none is a fine answer."""

    WW = "ww", "WW", "WW (unemployment)"
    WIA = "wia", "WIA", "WIA (disability)"
    WAO = "wao", "WAO", "WAO (old disability)"
    WAJONG = "wajong", "Wajong", "Wajong (young disabled)"
    BIJSTAND = "bijstand", "bijstand", "social assistance"
    ZW = "zw", "Ziektewet", "sickness benefit"
    IOAW = "ioaw", "IOAW", "IOAW (older unemployed)"
    ANW = "anw", "Anw", "Anw (survivors)"
    NONE = "none", "geen uitkering", "no benefit"
    OTHER = "other", "andere uitkering", "other benefit"
    UNKNOWN = "unknown", "niet bekend", "not known"


class Counsellor(Choice):
    """Who explained what work does to income."""

    ADVISER = "adviser", "een inkomensadviseur", "a benefits adviser"
    JOB_COACH = "job_coach", "de jobcoach", "the job coach"
    MUNICIPALITY = "municipality", "de gemeente", "the municipality"
    UWV = "uwv", "UWV", "UWV"
    OTHER = "other", "iemand anders", "somebody else"


class BenefitEvent(Event):
    """What every event about income has."""

    CATEGORY = Category.BENEFITS
    RECORDED_BY = frozenset({Role.CLIENT, Role.JOB_COACH, Role.BENEFITS_ADVISER})


class BenefitSituationNoted(BenefitEvent):
    """What the client lives on now; a later note replaces it."""

    TYPE: ClassVar[str] = "benefit.noted.v1"
    STANDS = "benefit"
    SENTENCE = Text("Inkomen: {benefits}", "Income: {benefits}")

    note: UUID
    benefits: Annotated[tuple[Benefit, ...], Kind.HEALTH]
    words: Words | None = None


class BenefitEnded(BenefitEvent):
    """A benefit ended, wholly or in part; that is a fact of its own beside a job."""

    TYPE: ClassVar[str] = "benefit.ended.v1"
    STANDS = "benefit/ended"
    SENTENCE = Text("Uitkering gestopt[: {benefit}]", "Benefit ended[: {benefit}]")

    note: UUID
    benefit: Annotated[Benefit, Kind.HEALTH]
    wholly: bool
    words: Words | None = None


class BenefitsCounsellingGiven(BenefitEvent):
    """Somebody explained what work, hours or pay do to income (fidelity item 12)."""

    TYPE: ClassVar[str] = "counselling.given.v1"
    RECORDED_BY = frozenset({Role.JOB_COACH, Role.BENEFITS_ADVISER})
    STANDS = "counselling"
    SENTENCE = Text(
        "Inkomensadvies gekregen van {given_by}[, voor de keuze: {before}]",
        "Got advice on income from {given_by}[, before the choice: {before}]",
    )

    note: UUID
    given_by: Counsellor
    qualified: bool
    """Trained for it: item 12 counts that, whoever it was."""
    before: Label | None = None
    """The decision that was still open: a start, other hours, other pay."""
    words: Words | None = None
