"""The choices made on trust: when we look back, and whether that happened."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import NamedTuple, assert_never
from uuid import UUID

from domain.events.topics import TrustTopic
from domain.events.trust import (
    ClientStatementAdded,
    DissentRecorded,
    ReviewOutcome,
    TookPart,
    TrustDecision,
    TrustDecisionRecorded,
    TrustDecisionReviewed,
    TrustDecisionRevised,
)
from domain.language import Choice
from domain.state.said import Mark, mark


class DecisionState(Choice):
    """How it stands with a choice (reference 6.2)."""

    RECORDED = "recorded", "vastgelegd", "recorded"
    DUE = "due", "tijd om terug te kijken", "time to look back"
    REVIEWED = "reviewed", "teruggekeken", "reviewed"
    REVISED = "revised", "herzien", "revised"


class Decision(NamedTuple):
    """One choice."""

    id: UUID
    decided_on: date
    review_on: date | None
    """The next moment to look back; None when it ended."""
    reviewed_on: date | None = None
    outcome: ReviewOutcome | None = None
    learned: Mark = None
    """The mark of what was learned by it."""
    revised_by: UUID | None = None
    dissents: int = 0
    people: tuple[UUID, ...] = ()
    """Who took part: for some it is there for that reason alone."""

    def state(self, today: date) -> DecisionState:
        """Say how it stands that day."""
        if self.revised_by is not None:
            return DecisionState.REVISED
        if self.review_on is not None and self.review_on <= today:
            return DecisionState.DUE
        return DecisionState.REVIEWED if self.reviewed_on else DecisionState.RECORDED


class Trust(NamedTuple):
    """All choices there were."""

    decisions: tuple[Decision, ...] = ()

    def find(self, decision: UUID) -> Decision | None:
        """Find one by its id."""
        return next((each for each in self.decisions if each.id == decision), None)


def evolve_trust(trust: Trust, event: TrustTopic) -> Trust:
    match event:
        case TrustDecisionRecorded():
            return Trust((*trust.decisions, _new(event)))
        case TrustDecisionRevised():
            new = event.decision
            revised = _changed(trust, event.revises, lambda each: each._replace(revised_by=new))
            return Trust((*revised.decisions, _new(event)))
        case TrustDecisionReviewed():
            return _changed(trust, event.decision, lambda each: _reviewed(each, event))
        case DissentRecorded():
            return _changed(
                trust, event.decision, lambda each: each._replace(dissents=each.dissents + 1)
            )
        case ClientStatementAdded():
            return trust
        case _:
            assert_never(event)


def _new(event: TrustDecision) -> Decision:
    people = (
        each.person
        for each in event.participants or ()  # kept back from who reads no words of it
        if each.person is not None and each.took_part is not TookPart.NOT_ASKED
    )
    return Decision(event.decision, event.occurred_on, event.review_on, people=tuple(people))


def _reviewed(decision: Decision, event: TrustDecisionReviewed) -> Decision:
    return decision._replace(
        reviewed_on=event.occurred_on,
        outcome=event.outcome,
        learned=mark(event.learned),
        review_on=event.review_on,
    )


def _changed(trust: Trust, decision: UUID, change: Callable[[Decision], Decision]) -> Trust:
    return Trust(tuple(change(each) if each.id == decision else each for each in trust.decisions))
