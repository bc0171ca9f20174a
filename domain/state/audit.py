"""What auditors did: which choices they judged, which findings there are; no words."""

from __future__ import annotations

from typing import NamedTuple, assert_never
from uuid import UUID

from domain.events.audit import AuditFinding, FindingReplied, JudgementWritten
from domain.events.topics import AuditTopic


class Judged(NamedTuple):
    """Who judged which choice."""

    auditor: UUID
    decision: UUID


class Finding(NamedTuple):
    """A finding, and whose it is."""

    id: UUID
    auditor: UUID


class Audit(NamedTuple):
    """All judgements and findings."""

    judged: tuple[Judged, ...] = ()
    findings: tuple[Finding, ...] = ()

    def finding(self, wanted: UUID) -> Finding | None:
        """Find one by its id."""
        return next((each for each in self.findings if each.id == wanted), None)


def evolve_audit(audit: Audit, event: AuditTopic) -> Audit:
    match event:
        case JudgementWritten():
            judged = Judged(event.auditor, event.decision)
            return audit._replace(judged=(*audit.judged, judged))
        case AuditFinding():
            finding = Finding(event.finding, event.auditor)
            return audit._replace(findings=(*audit.findings, finding))
        case FindingReplied():
            return audit
        case _:
            assert_never(event)
