"""The event in which people say how it was for them: heard, understood, helped (reference 2.1)."""

from __future__ import annotations

from typing import ClassVar
from uuid import UUID

from domain.events.base import Words
from domain.events.wellbeing import WellbeingEvent
from domain.language import Choice, Text
from domain.roles import Role


class About(Choice):
    """What the experience is with; never with a person."""

    TRAJECTORY = "trajectory", "de begeleiding", "the support"
    EK_PLAN = "ek_plan", "het Eigen Kracht-plan", "the Eigen Kracht plan"


class Answer(Choice):
    """An answer; none is an answer as well."""

    YES = "yes", "ja", "yes"
    PARTLY = "partly", "een beetje", "partly"
    NO = "no", "nee", "no"


class ExperienceGiven(WellbeingEvent):
    """Somebody said how it was for them.

    It stands in row I, not in B: who helped reads the answers only when the client allows it, or
    nobody would say no. Others hear of totals alone, and never per coach.
    """

    TYPE: ClassVar[str] = "experience.given.v1"
    RECORDED_BY = frozenset({Role.CLIENT, Role.LABOUR_EXPERT})
    SENTENCE = Text(
        "Vertelde hoe het was ({about})[; gehoord: {heard}][; begrepen: {understood}]"
        "[; geholpen: {helped}]",
        "Told how it was ({about})[; heard: {heard}][; understood: {understood}]"
        "[; helped: {helped}]",
    )

    note: UUID
    about: About
    heard: Answer | None = None
    understood: Answer | None = None
    helped: Answer | None = None
    words: Words | None = None
