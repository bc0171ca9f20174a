"""The one gate: who sees what of a trajectory, and who may record what."""

from __future__ import annotations

from domain.policy.emergency import (
    audits,
    audits_looks,
    enters,
    guards,
    in_emergency,
    may_enter,
    may_review,
    reads_looks,
    reviews,
)
from domain.policy.eyes import (
    basis,
    eyes,
    has_a_copy,
    hears_of_all,
    looked_by_name,
    looked_through,
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
from domain.policy.organisations import overseen_from, speaks_for
from domain.policy.outside import but_score, seen_outside
from domain.policy.permitted import OPENED, SENDABLE, read_in
from domain.policy.recorders import recorders
from domain.policy.recording import (
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
from domain.policy.told import (
    chooses_reader,
    client_among,
    in_place_of,
    is_asked,
    leads,
    named_around,
    own_word,
    takes_part,
    told_of_sample,
)
from domain.policy.totals import Totals, told_of, totals
from domain.policy.withheld import but_hidden, hears_outcomes, to_be_judged, withheld, withholds

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
    "audits",
    "audits_looks",
    "basis",
    "but_hidden",
    "but_score",
    "cell",
    "chooses_reader",
    "client_among",
    "coached",
    "enters",
    "eyes",
    "guards",
    "has_a_copy",
    "hears_of_all",
    "hears_outcomes",
    "in_emergency",
    "in_force",
    "in_place_of",
    "is_asked",
    "is_sent",
    "leads",
    "looked_by_name",
    "looked_through",
    "may_append",
    "may_append_outside",
    "may_begin",
    "may_enter",
    "may_record",
    "may_record_outside",
    "may_review",
    "may_search",
    "named_around",
    "overseen_from",
    "own_word",
    "read_in",
    "reads_looks",
    "recorders",
    "relation",
    "reviews",
    "seen_outside",
    "show",
    "sight",
    "speaks_for",
    "takes_part",
    "to_be_judged",
    "told_as",
    "told_of",
    "told_of_lanes",
    "told_of_sample",
    "totals",
    "visible_fields",
    "withheld",
    "withholds",
]
