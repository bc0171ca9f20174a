"""Events about choices made on trust, looking back on them and other views (reference 6)."""

from __future__ import annotations

from datetime import date
from typing import Annotated, ClassVar
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from domain.events.base import Category, Event, Kind, Words
from domain.events.referral import WordsBy
from domain.language import Choice, Text
from domain.roles import Role

_WHO_DECIDES = frozenset({Role.CLIENT, Role.JOB_COACH, Role.CARE_WORKER})
_WHO_SPEAKS = _WHO_DECIDES | {Role.NETWORK_MEMBER, Role.CLIENT_MANAGER}


class TookPart(Choice):
    """How somebody was part of a choice."""

    PRESENT = "present", "erbij", "present"
    CONSULTED = "consulted", "vooraf gevraagd", "asked beforehand"
    NOT_ASKED = "not_asked", "niet gevraagd", "not asked"


class Agreement(Choice):
    """Where somebody stands; there is no majority rule."""

    AGREE = "agree", "mee eens", "agrees"
    RESERVATION = "agree_with_reservation", "mee eens, met een kanttekening", "agrees, with a note"
    DISAGREE = "disagree", "niet mee eens", "disagrees"
    NOT_ASKED = "not_asked", "niet gevraagd", "not asked"


class ReviewOutcome(Choice):
    """What came of looking back."""

    KEPT = "kept", "zo gelaten", "kept"
    ADJUSTED = "adjusted", "bijgesteld", "adjusted"
    ENDED = "ended", "gestopt", "ended"


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Participant(_Part):
    """Somebody who took part in a choice, or was not asked, and why."""

    role: Role
    person: UUID | None = None
    took_part: TookPart
    agreement: Agreement = Agreement.NOT_ASKED
    words: str | None = None


class Option(_Part):
    """A way it could have gone; doing nothing is one."""

    what: str
    by: Role | None = None
    """Who put it forward."""
    speaks_for: str | None = None
    speaks_against: str | None = None


class TrustEvent(Event):
    """What every event about a choice on trust has."""

    CATEGORY = Category.TRUST
    RECORDED_BY = _WHO_DECIDES


class _Decision(TrustEvent):
    STANDS = "decision/{decision}"

    decision: UUID
    question: Words
    client_want: Words
    client_words_by: WordsBy
    choice: Words
    rationale: Words
    review_on: date
    """When we look back: a moment, not a deadline."""
    desired_effect: Words | None = None
    participants: Annotated[tuple[Participant, ...], Kind.WORDS] = ()
    options: Annotated[tuple[Option, ...], Kind.WORDS] = ()
    consequences_short: Words | None = None
    consequences_long: Words | None = None
    risk_accepted: Words | None = None
    safety_net: Words | None = None
    legal_check: Words | None = None
    formal_decision_ref: Words | None = None
    based_on: tuple[UUID, ...] = ()
    """Entries that were weighed."""
    covers: tuple[UUID, ...] = ()
    """Entries of what was done on it, where the choice was noted afterwards."""


class TrustDecisionRecorded(_Decision):
    """Team and client chose something on trust."""

    TYPE: ClassVar[str] = "trust.decided.v1"
    SENTENCE = Text(
        "Keuze uit vertrouwen; we kijken terug op {review_on}",
        "Choice made on trust; we look back on {review_on}",
    )


class TrustDecisionRevised(_Decision):
    """Another choice took the place of an earlier one."""

    TYPE: ClassVar[str] = "trust.revised.v1"
    ENDS = ("decision/{revises}",)
    SENTENCE = Text(
        "Keuze uit vertrouwen herzien; we kijken terug op {review_on}",
        "Choice made on trust revised; we look back on {review_on}",
    )

    revises: UUID


TrustDecision = TrustDecisionRecorded | TrustDecisionRevised
"""A choice, the first or one that takes the place of another."""


class TrustDecisionReviewed(TrustEvent):
    """Team and client looked back on a choice."""

    TYPE: ClassVar[str] = "trust.reviewed.v1"
    STANDS = "decision/{decision}/review"
    SENTENCE = Text(
        "Teruggekeken op een keuze: {outcome}[; weer op {review_on}]",
        "Looked back on a choice: {outcome}[; again on {review_on}]",
    )

    decision: UUID
    outcome: ReviewOutcome
    learned: Words | None = None
    review_on: date | None = None
    """When to look back once more."""


class DissentRecorded(TrustEvent):
    """Somebody sees a choice otherwise ("andere mening"); it stays beside the choice."""

    TYPE: ClassVar[str] = "dissent.recorded.v1"
    RECORDED_BY = _WHO_SPEAKS
    STANDS = "decision/{decision}/dissent/{note}"
    SENTENCE = Text("Andere mening over een keuze", "Another view on a choice")

    note: UUID
    decision: UUID
    by: Role
    text: Words


class ClientStatementAdded(TrustEvent):
    """The client puts their own statement beside an entry, also when others see it otherwise."""

    TYPE: ClassVar[str] = "statement.added.v1"
    RECORDED_BY = frozenset({Role.CLIENT})
    SENTENCE = Text("Eigen verklaring toegevoegd", "Own statement added")
    TO_CLIENT = Text("Je voegde je eigen woorden toe", "You added your own words")

    note: UUID
    about: UUID | None = None
    text: Words
