"""Events about Eigen Kracht: the circle's own conference, its plan, and what came of it (3.5)."""

from __future__ import annotations

from datetime import date
from typing import Annotated, ClassVar
from uuid import UUID

from pydantic import Field

from domain.events.base import Category, Event, Grant, GrantEnd, GrantKind, Kind, Words
from domain.language import Text
from domain.roles import Role

_CLIENT_OR_COORDINATOR = frozenset({Role.CLIENT, Role.EK_COORDINATOR})
_COORDINATOR = "coordinator"
"""The one row of rights: who is appointed next takes it over."""


class EkEvent(Event):
    """What every event about Eigen Kracht has."""

    CATEGORY = Category.EK_PLAN
    RECORDED_BY = _CLIENT_OR_COORDINATOR


class EkRequested(EkEvent):
    """The client asks for a conference, or says yes to who proposed one."""

    TYPE: ClassVar[str] = "ek.requested.v1"
    STANDS = "ek"
    SENTENCE = Text(
        "Vraagt een Eigen Kracht-conferentie aan[ (voorstel: {proposed_by})]",
        "Asks for an Eigen Kracht conference[ (proposed by: {proposed_by})]",
    )
    TO_CLIENT = Text(
        "Je vroeg een Eigen Kracht-conferentie aan[ (wie het voorstelde: {proposed_by})]",
        "You asked for an Eigen Kracht conference[ (who proposed it: {proposed_by})]",
    )

    note: UUID
    proposed_by: Role | None = None
    """Who proposed it; nobody when it was the client's own idea."""
    words: Words | None = None


class EkCoordinatorAppointed(EkEvent):
    """The client chose an independent coordinator, who reads and records until the call."""

    TYPE: ClassVar[str] = "ek.coordinator_appointed.v1"
    RECORDED_BY = frozenset({Role.CLIENT})
    CORRECTABLE = False
    STANDS = "ek/coordinator"
    SENTENCE = Text(
        "{person} is de Eigen Kracht-coördinator[, {organisation}]",
        "{person} is the Eigen Kracht coordinator[, {organisation}]",
    )

    person: UUID
    organisation: UUID | None = None

    def grants(self, stream: UUID) -> tuple[Grant, ...]:
        """The coordinator reads what the role may read; one who was there before no more."""
        role = Role.EK_COORDINATOR.value
        return (Grant(stream, _COORDINATOR, self.person, GrantKind.TEAM, role, self.organisation),)


class _CoordinatorDone(EkEvent):
    CORRECTABLE = False
    ENDS = ("ek/coordinator",)

    person: UUID

    def grants(self, stream: UUID) -> tuple[GrantEnd, ...]:
        """The coordinator reads no more."""
        return (GrantEnd(stream, _COORDINATOR),)


class EkCoordinatorLeft(_CoordinatorDone):
    """The coordinator stopped, or the client goes on without, before the call."""

    TYPE: ClassVar[str] = "ek.coordinator_left.v1"
    SENTENCE = Text(
        "De Eigen Kracht-coördinator is niet meer betrokken",
        "The Eigen Kracht coordinator is no longer involved",
    )


class EkMainQuestionSet(EkEvent):
    """The question that the conference is about."""

    TYPE: ClassVar[str] = "ek.main_question_set.v1"
    STANDS = "ek/question"
    SENTENCE = Text(
        "Hoofdvraag voor de conferentie gekozen", "Chose the main question of the conference"
    )

    note: UUID
    question: Words


class EkSubQuestionSet(EkEvent):
    """A question on the way to the main one, in the client's order: debts may come first."""

    TYPE: ClassVar[str] = "ek.sub_question_set.v1"
    STANDS = "ek/sub_question/{sub_question}"
    SENTENCE = Text(
        "Deelvraag {place} voor de conferentie gekozen",
        "Chose sub-question {place} of the conference",
    )

    note: UUID
    sub_question: UUID
    place: Annotated[int, Field(ge=1, le=50)]
    question: Words


class EkConferenceHeld(EkEvent):
    """The circle met; what was said in private time is never recorded (reference 0, 10)."""

    TYPE: ClassVar[str] = "ek.conference_held.v1"
    STANDS = "ek/conference/{conference}"
    SENTENCE = Text("Eigen Kracht-conferentie gehouden", "Eigen Kracht conference held")

    conference: UUID
    late_reason: Annotated[None, Kind.WORDS] = None
    """Here even this field, which every event has, holds no text."""


class EkPlanAdopted(EkEvent):
    """The circle adopted its own plan, with a moment to look back."""

    TYPE: ClassVar[str] = "ek.plan_adopted.v1"
    STANDS = "ek/plan/{plan}"
    SENTENCE = Text(
        "Eigen plan aangenomen[; we kijken terug op {evaluate_on}]",
        "Own plan adopted[; we look back on {evaluate_on}]",
    )

    plan: UUID
    conference: UUID | None = None
    text: Words | None = None
    evaluate_on: date | None = None
    if_otherwise: Words | None = None


class EkActionAdded(EkEvent):
    """Somebody of the circle took an action on; they see it and mark it done."""

    TYPE: ClassVar[str] = "ek.action_added.v1"
    STANDS = "ek/plan/{plan}/action/{action}"
    SENTENCE = Text(
        "{person} neemt een actie op zich[, streefdatum {by_when}]",
        "{person} takes an action on[, aiming for {by_when}]",
    )

    action: UUID
    plan: UUID
    person: UUID
    """Whose action it is."""
    what: Words
    by_when: date | None = None
    if_otherwise: Words | None = None


class _ActionEvent(EkEvent):
    action: UUID
    plan: UUID
    person: UUID
    """Whose action it is: they see what becomes of it, whoever records that."""
    words: Words | None = None


class EkActionDone(_ActionEvent):
    """An action of the plan was done."""

    TYPE: ClassVar[str] = "ek.action_done.v1"
    RECORDED_BY = _CLIENT_OR_COORDINATOR | {Role.NETWORK_MEMBER}
    STANDS = "ek/plan/{plan}/action/{action}/done"
    SENTENCE = Text("{person} heeft een actie gedaan", "{person} did an action")


class EkActionDropped(_ActionEvent):
    """An action of the plan will not be done; it still counts among those there were."""

    TYPE: ClassVar[str] = "ek.action_dropped.v1"
    ENDS = ("ek/plan/{plan}/action/{action}",)
    SENTENCE = Text(
        "Een actie van {person} gaat niet door", "An action of {person} is not going ahead"
    )


class EkFourWeekCall(_CoordinatorDone):
    """The coordinator called after four weeks and is done: access ends with this entry."""

    TYPE: ClassVar[str] = "ek.four_week_call.v1"
    SENTENCE = Text(
        "De Eigen Kracht-coördinator belde na vier weken en is klaar",
        "The Eigen Kracht coordinator called after four weeks and is done",
    )

    words: Words | None = None


class EkEvaluated(EkEvent):
    """The circle looked back on its plan; a new conference may be called."""

    TYPE: ClassVar[str] = "ek.evaluated.v1"
    STANDS = "ek/plan/{plan}/evaluation"
    SENTENCE = Text(
        "Teruggekeken op het eigen plan[; nieuwe conferentie: {new_conference}]",
        "Looked back on the own plan[; new conference: {new_conference}]",
    )

    note: UUID
    plan: UUID
    words: Words | None = None
    new_conference: bool | None = None
