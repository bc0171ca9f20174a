"""Events of an audit: a judgement before the outcome is seen, findings, and the reply to them."""

from __future__ import annotations

from datetime import date
from typing import ClassVar
from uuid import UUID

from domain.events.base import Category, Event, Grant, GrantKind, Words
from domain.language import Choice, Text
from domain.roles import Role


class FindingKind(Choice):
    """What sort of finding it is; none passes or fails a person."""

    APPRECIATE = "appreciate", "waardering", "appreciation"
    QUESTION = "question", "vraag", "question"
    LEARN = "learn", "om van te leren", "to learn from"
    CONCERN = "concern", "zorg", "concern"


class FindingTo(Choice):
    """Whom a finding is meant for."""

    TEAM = "team", "het team", "the team"
    ORGANISATION = "organisation", "de organisatie", "the organisation"
    CLIENT = "client", "de cliënt", "the client", Text("jou", "you")


class AuditEvent(Event):
    """What every event of an audit has."""

    CATEGORY = Category.TRUST
    RECORDED_BY = frozenset({Role.AUDITOR})
    CORRECTABLE = False
    """A judgement stays as it was before the outcome was seen; after a finding comes another."""

    auditor: UUID
    """Whose audit it is: another auditor forms their own view."""


class JudgementWritten(AuditEvent):
    """An auditor judged a choice by what was known then; from now on they see how it went."""

    TYPE: ClassVar[str] = "judgement.written.v1"
    STANDS = "decision/{decision}/judgement/{auditor}"
    SENTENCE = Text(
        "Oordeel over een keuze, voordat de afloop bekend was",
        "Judgement of a choice, before its outcome was seen",
    )

    note: UUID
    decision: UUID
    words: Words

    def grants(self, stream: UUID) -> tuple[Grant, ...]:
        """The auditor sees what came of this choice."""
        return (
            Grant(
                stream,
                f"judged/{self.auditor}/{self.decision}",
                self.auditor,
                GrantKind.JUDGED,
                Role.AUDITOR.value,
            ),
        )


class AuditFinding(AuditEvent):
    """An auditor appreciates, asks, or says what can be learned."""

    TYPE: ClassVar[str] = "finding.recorded.v1"
    STANDS = "finding/{finding}"
    SENTENCE = Text(
        "Bevinding voor {to_whom}: {kind}[, na een gesprek met {talked_with}]",
        "Finding for {to_whom}: {kind}[, after a talk with {talked_with}]",
    )

    finding: UUID
    kind: FindingKind
    to_whom: FindingTo
    words: Words
    decision: UUID | None = None
    talked_with: tuple[FindingTo, ...] = ()
    """With whom it was talked over before it was written down (reference 0.1)."""
    talked_on: date | None = None
    talk: Words | None = None
    """What was said, as they agreed that it may be read."""


class FindingReplied(AuditEvent):
    """Team or client answered a finding; the reply stays beside it."""

    TYPE: ClassVar[str] = "finding.replied.v1"
    RECORDED_BY = frozenset({Role.CLIENT, Role.JOB_COACH, Role.CARE_WORKER})
    CORRECTABLE = True
    STANDS = "finding/{finding}/reply/{note}"
    SENTENCE = Text("Reactie op een bevinding", "Reply to a finding")

    note: UUID
    finding: UUID
    words: Words
