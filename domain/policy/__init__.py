"""The one gate: who sees what of a trajectory, and who may record what."""

from __future__ import annotations

from domain.policy.fields import (
    ADDRESSED,
    LISTED,
    PARTICIPANTS,
    Seen,
    addressed,
    show,
    visible_fields,
)
from domain.policy.hindsight import withheld
from domain.policy.outside import seen_outside
from domain.policy.recording import (
    may_append,
    may_append_outside,
    may_begin,
    may_record,
    may_record_outside,
)
from domain.policy.relation import Job, Reader, Relation, in_force, relation
from domain.policy.sight import Sight, sight
from domain.policy.table import MATRIX, ROLES, Cell, Ground, Limit, cell

__all__ = [
    "ADDRESSED",
    "LISTED",
    "MATRIX",
    "PARTICIPANTS",
    "ROLES",
    "Cell",
    "Ground",
    "Job",
    "Limit",
    "Reader",
    "Relation",
    "Seen",
    "Sight",
    "addressed",
    "cell",
    "in_force",
    "may_append",
    "may_append_outside",
    "may_begin",
    "may_record",
    "may_record_outside",
    "relation",
    "seen_outside",
    "show",
    "sight",
    "visible_fields",
    "withheld",
]
