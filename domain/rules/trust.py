"""Rules for choices on trust: four things are asked, the rest helps to think."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Annotated, Any
from uuid import UUID, uuid4

from pydantic import BaseModel, ConfigDict, Field

from domain.events.base import Event
from domain.events.referral import WordsBy
from domain.events.trust import (
    Agreement,
    ClientStatementAdded,
    DissentRecorded,
    Option,
    Participant,
    ReviewOutcome,
    TookPart,
    TrustDecisionRecorded,
    TrustDecisionReviewed,
    TrustDecisionRevised,
)
from domain.roles import Role
from domain.rules.base import Facts, Refused
from domain.rules.limits import Day, Story
from domain.rules.shared import Note, OnTrajectory, not_past, stands, whose_words
from domain.state import Trajectory
from domain.state.said import mark
from domain.state.trust import Decision

_NOTE_FOR_OTHERS = frozenset({Role.JOB_COACH, Role.CARE_WORKER})
SPEAK_OF_A_CHOICE = frozenset(
    {
        *(Role.CLIENT, Role.NETWORK_MEMBER, Role.LEGAL_REPRESENTATIVE, Role.PEER_WORKER),
        *(Role.JOB_COACH, Role.CARE_WORKER, Role.CLIENT_MANAGER, Role.LABOUR_EXPERT),
    }
)
"""Whose view on a choice can be noted."""
_SEE_THEIR_OWN = frozenset(
    {Role.NETWORK_MEMBER, Role.PEER_WORKER, Role.CLIENT_MANAGER, Role.LABOUR_EXPERT}
)
"""Who sees a choice when they took part in it (matrix, Q): any other is not there for them."""


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class WhoTookPart(_Part):
    """Somebody who took part in a choice, or was not asked, and why."""

    role: Role
    person: UUID | None = None
    took_part: TookPart
    agreement: Agreement = Agreement.NOT_ASKED
    words: Story | None = None


class WayItCouldGo(_Part):
    """A way it could have gone; doing nothing is one."""

    what: Story
    by: Role | None = None
    """Who put it forward."""
    speaks_for: Story | None = None
    speaks_against: Story | None = None


class _Deciding(OnTrajectory):
    decision: UUID = Field(default_factory=uuid4)
    question: Story
    client_want: Story
    """What the client wants, in their own words."""
    client_words_by: WordsBy | None = None
    choice: Story
    """What was chosen."""
    rationale: Story
    """And why."""
    review_on: Day
    """When we look back: a moment, not a deadline."""
    desired_effect: Story | None = None
    participants: Annotated[tuple[WhoTookPart, ...], Field(max_length=50)] = ()
    options: Annotated[tuple[WayItCouldGo, ...], Field(max_length=50)] = ()
    consequences_short: Story | None = None
    consequences_long: Story | None = None
    risk_accepted: Story | None = None
    safety_net: Story | None = None
    legal_check: Story | None = None
    formal_decision_ref: Story | None = None
    based_on: Annotated[tuple[UUID, ...], Field(max_length=100)] = ()
    covers: Annotated[tuple[UUID, ...], Field(max_length=100)] = ()
    """Entries of what was done on it, when that was noted before the choice."""

    def rests_on(self) -> Mapping[str, Collection[UUID]]:
        return {"based_on": self.based_on, "covers": self.covers}

    def _about(self, state: Trajectory, facts: Facts) -> dict[str, Any]:
        about = self.begin(state, facts)
        if self.review_on < about["occurred_on"]:
            raise Refused(
                "Terugkijken komt na de keuze. Kies een latere dag.",
                "Looking back comes after the choice. Choose a later day.",
                "review_on",
            )
        return {
            **about,
            **self.said(),
            "client_words_by": whose_words(self.client_words_by, state, facts, "client_words_by"),
            "participants": tuple(Participant(**each.model_dump()) for each in self.participants),
            "options": tuple(Option(**each.model_dump()) for each in self.options),
        }


class RecordDecision(_Deciding):
    """Record a choice made on trust: question, wish, choice and why, when to look back."""

    NAME = "record-decision"
    YIELDS = (TrustDecisionRecorded,)

    def decide(self, state: Trajectory, facts: Facts) -> Sequence[Event]:
        about = self._about(state, facts)
        if state.trust.find(self.decision) is not None:
            return []
        return [TrustDecisionRecorded(**about)]


class ReviseDecision(_Deciding):
    """Record another choice in the place of an earlier one."""

    NAME = "revise-decision"
    YIELDS = (TrustDecisionRevised,)

    revises: UUID

    def decide(self, state: Trajectory, facts: Facts) -> Sequence[Event]:
        about = self._about(state, facts)
        if state.trust.find(self.decision) is not None:
            return []
        if _decision(state, self.revises, "revises").revised_by is not None:
            raise Refused(
                "Deze keuze is al herzien. Herzie de nieuwste.",
                "This choice was revised already. Revise the latest one.",
                "revises",
            )
        return [TrustDecisionRevised(**about)]


class ReviewDecision(OnTrajectory):
    """Look back on a choice: kept, adjusted or ended, and what we learned."""

    NAME = "review-decision"
    YIELDS = (TrustDecisionReviewed,)

    decision: UUID
    outcome: ReviewOutcome
    learned: Story | None = None
    review_on: Day | None = None
    """When to look back once more."""

    def decide(self, state: Trajectory, facts: Facts) -> Sequence[Event]:
        about = self.begin(state, facts)
        decision = _decision(state, self.decision)
        reviewed = (decision.reviewed_on, decision.outcome, decision.review_on)
        if reviewed == (about["occurred_on"], self.outcome, self.review_on) and stands(
            (mark(self.learned), decision.learned)
        ):
            return []
        if self.review_on is not None:
            not_past(self.review_on, facts, "review_on")
        return [TrustDecisionReviewed(**about, **self.said())]


class RecordDissent(Note):
    """Put another view beside a choice."""

    NAME = "record-dissent"
    YIELDS = (DissentRecorded,)

    decision: UUID
    text: Story
    by: Role | None = None
    """Whose view it is, when somebody of the team notes it for them."""

    def decide(self, state: Trajectory, facts: Facts) -> Sequence[Event]:
        about = self.begin(state, facts)
        if self.again(state):
            return []
        decision = _decision(state, self.decision)
        if facts.role in _SEE_THEIR_OWN and facts.person not in decision.people:
            raise _no_choice("decision")
        return [DissentRecorded(**about, **self.said("by"), by=self._by(state, facts))]

    def _by(self, state: Trajectory, facts: Facts) -> Role:
        own = Role.CLIENT if facts.on_behalf_of == state.client else facts.role
        if self.by in {None, own}:
            return own
        if own not in _NOTE_FOR_OTHERS or self.by not in SPEAK_OF_A_CHOICE:
            raise Refused(
                "Wie het anders ziet, zegt dat zelf, of vraagt het team om het te noteren. Laat "
                "leeg wie het zegt, of kies iemand die over keuzes meepraat.",
                "Whoever sees it otherwise says so, or asks the team to note it. Leave empty who "
                "says it, or choose somebody who has a say in choices.",
                "by",
            )
        return self.by


class AddClientStatement(Note):
    """Put the client's own statement beside an entry, or beside the whole."""

    NAME = "add-client-statement"
    YIELDS = (ClientStatementAdded,)
    AFTER_CLOSING = True

    about: UUID | None = None
    text: Story

    def decide(self, state: Trajectory, facts: Facts) -> Sequence[Event]:
        about = self.begin(state, facts)
        if self.again(state):
            return []
        if self.about is not None and facts.target is None:
            raise Refused(
                "Die notitie staat er niet. Kies er een, of schrijf bij het hele traject.",
                "There is no such entry. Choose one, or write about the whole trajectory.",
                "about",
            )
        return [ClientStatementAdded(**about, **self.said())]

    def target(self) -> UUID | None:
        return self.about


def _decision(state: Trajectory, decision: UUID, field: str = "decision") -> Decision:
    found = state.trust.find(decision)
    if found is None:
        raise _no_choice(field)
    return found


def _no_choice(field: str) -> Refused:
    return Refused(
        "Deze keuze staat er niet. Leg de keuze eerst vast.",
        "There is no such choice. Record the choice first.",
        field,
    )
