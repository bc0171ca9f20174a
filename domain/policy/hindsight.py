"""No hindsight: an auditor sees how a choice turned out once they judged it (reference 0.1)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from domain.events.audit import AuditFinding, FindingReplied, JudgementWritten
from domain.events.trust import TrustDecisionReviewed, TrustDecisionRevised
from domain.policy.relation import Relation
from domain.roles import Role

OUTCOMES: Mapping[str, str] = {
    TrustDecisionReviewed.TYPE: "decision",
    TrustDecisionRevised.TYPE: "revises",
}
"""What tells how a choice turned out, with the field that names the choice."""
_OF_ONE_AUDITOR = frozenset({JudgementWritten.TYPE, AuditFinding.TYPE, FindingReplied.TYPE})


def withheld(tie: Relation, kind: str, body: Mapping[str, Any], *, own: bool) -> bool:
    """Say whether an entry does not exist for this reader, whatever the matrix says.

    `body` as it is stored, or as fields; of a correction what it corrects counts. `own`: the
    reader recorded it, or it is addressed to them.
    """
    if tie.role is not Role.AUDITOR:
        return False
    if "target_type" in body:
        kind, body = body["target_type"], body["body"]
    if kind in _OF_ONE_AUDITOR:
        return not own
    names = OUTCOMES.get(kind)
    return names is not None and str(body.get(names)) not in map(str, tie.judged)
