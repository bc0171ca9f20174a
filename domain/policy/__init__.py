"""The one gate: who sees what of a trajectory, and who may record what."""

from __future__ import annotations

from domain.policy.emergency import (
    audits_looks,
    in_emergency,
    may_enter,
    may_review,
    reads_looks,
    reviews,
)
from domain.policy.eyes import (
    eyes,
    has_a_copy,
    hears_of_all,
    looked_by_name,
    told_as,
    told_of_lanes,
)
from domain.policy.fields import (
    ADDRESSED,
    LISTED,
    PARTICIPANTS,
    Seen,
    addressed,
    show,
    visible_fields,
)
from domain.policy.outside import but_score, seen_outside
from domain.policy.permitted import OPENED, SENDABLE
from domain.policy.recorders import recorded_by, recorders
from domain.policy.recording import (
    begins,
    may_append,
    may_append_outside,
    may_begin,
    may_record,
    may_record_outside,
    may_search,
)
from domain.policy.relation import Job, Reader, Relation, coached, in_force, relation
from domain.policy.sent import SENDING, is_sent
from domain.policy.sight import Sight, sight
from domain.policy.table import MATRIX, ROLES, Cell, Ground, Limit, cell
from domain.policy.totals import Totals, told_of, totals
from domain.policy.withheld import but_hidden, to_be_judged, withheld

__all__ = [
    "ADDRESSED",
    "LISTED",
    "MATRIX",
    "OPENED",
    "PARTICIPANTS",
    "ROLES",
    "SENDABLE",
    "SENDING",
    "Cell",
    "Ground",
    "Job",
    "Limit",
    "Reader",
    "Relation",
    "Seen",
    "Sight",
    "Totals",
    "addressed",
    "audits_looks",
    "begins",
    "but_hidden",
    "but_score",
    "cell",
    "coached",
    "eyes",
    "has_a_copy",
    "hears_of_all",
    "in_emergency",
    "in_force",
    "is_sent",
    "looked_by_name",
    "may_append",
    "may_append_outside",
    "may_begin",
    "may_enter",
    "may_record",
    "may_record_outside",
    "may_review",
    "may_search",
    "reads_looks",
    "recorded_by",
    "recorders",
    "relation",
    "reviews",
    "seen_outside",
    "show",
    "sight",
    "to_be_judged",
    "told_as",
    "told_of",
    "told_of_lanes",
    "totals",
    "visible_fields",
    "withheld",
]
