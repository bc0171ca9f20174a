"""What does not exist for a reader whatever the matrix says: shielded, hindsight, days gone by."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from domain.events.appointments import (
    WorkAppointmentCancelled,
    WorkAppointmentMade,
    WorkAppointmentMoved,
)
from domain.events.audit import AuditFinding, FindingReplied, JudgementWritten
from domain.events.correction import PRIVATE
from domain.events.trust import DissentRecorded, TrustDecisionReviewed, TrustDecisionRevised
from domain.policy.relation import Relation
from domain.roles import Role

OUTCOMES: Mapping[str, str] = {
    TrustDecisionReviewed.TYPE: "decision",
    TrustDecisionRevised.TYPE: "revises",
    DissentRecorded.TYPE: "decision",
}
"""What tells how a choice turned out, or how it is seen since, with the field that names it."""
COMING = frozenset(
    {WorkAppointmentMade.TYPE, WorkAppointmentMoved.TYPE, WorkAppointmentCancelled.TYPE}
)
"""An employer is told of coming appointments; of earlier ones no list is kept for them (7.5)."""
_WITHHELD = frozenset({Role.AUDITOR, Role.EMPLOYER})
"""From whom something is withheld that nobody hid."""
OF_ONE_AUDITOR = frozenset({JudgementWritten.TYPE, AuditFinding.TYPE, FindingReplied.TYPE})
"""To another auditor these do not exist: each judges for themselves."""


def withheld(  # noqa: PLR0913 - whose entry it is, and what it says
    tie: Relation, entry: UUID, kind: str, body: Mapping[str, Any], *, own: bool, wrote: bool
) -> bool:
    """Say whether an entry does not exist for this reader, whatever the matrix says.

    `body` as it is stored, or as fields; of a correction what it corrects counts. `wrote`: the
    reader recorded it, in this role, or it was recorded on their behalf; `own`: that, or it is
    addressed to them.
    """
    others = not wrote and tie.role is not Role.CLIENT
    if others and (kind in PRIVATE or (tie.hidden and _about_hidden(tie, entry, body))):
        return True
    if tie.role is Role.EMPLOYER and kind in COMING:
        return _gone_by(tie, body)
    return not hears_outcomes(tie) and _hindsight(tie, kind, body, own=own)


def withholds(tie: Relation) -> bool:
    """Say whether anything can be withheld from this reader that the matrix would show."""
    return bool(tie.hidden) or tie.role in _WITHHELD


def hears_outcomes(tie: Relation) -> bool:
    """Say whether how choices turned out is told at once (reference 0.1).

    An auditor finds among the entries what came of those that they judged.
    """
    return tie.role is not Role.AUDITOR


def to_be_judged(tie: Relation, decision: UUID) -> bool:
    """Say whether the reader is an auditor who has still to judge this choice (0.1).

    Until then nothing tells them how it turned out, nor by which other choice it was replaced.
    """
    return not hears_outcomes(tie) and decision not in tie.judged


def but_hidden(tie: Relation, fields: Mapping[str, Any]) -> Mapping[str, Any]:
    """Leave what is hidden out of the lists of an entry that exists for this reader."""
    if not tie.hidden:
        return fields
    hidden = set(map(str, tie.hidden))
    return {
        name: [each for each in value if not (isinstance(each, str) and each in hidden)]
        if isinstance(value, list)
        else value
        for name, value in fields.items()
    }


def _about_hidden(tie: Relation, entry: UUID, body: Mapping[str, Any]) -> bool:
    """Say whether it is hidden itself, or tells of what is."""
    hidden = set(map(str, tie.hidden))
    return str(entry) in hidden or any(
        isinstance(value, str | UUID) and str(value) in hidden for value in body.values()
    )


def _gone_by(tie: Relation, body: Mapping[str, Any]) -> bool:
    planned = body.get("planned_on")
    day = date.fromisoformat(planned) if isinstance(planned, str) else planned
    return tie.day is None or day is None or day < tie.day


def _hindsight(tie: Relation, kind: str, body: Mapping[str, Any], *, own: bool) -> bool:
    """No hindsight: what came of a choice, and what was said since, once it is judged (0.1)."""
    if "target_type" in body:
        kind, body = body["target_type"], body.get("body", {})
    if kind in OF_ONE_AUDITOR:
        return not own
    names = OUTCOMES.get(kind)
    return names is not None and str(body.get(names)) not in map(str, tie.judged)
