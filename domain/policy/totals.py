"""Who reads the totals of a programme: its coaches and team lead, and who audits it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from uuid import UUID

from domain.events.base import Grant, GrantKind
from domain.policy.relation import Reader, in_force
from domain.roles import Role

_OF_THE_PROGRAMME = frozenset({Role.JOB_COACH, Role.TEAM_LEAD})


class Totals(StrEnum):
    """How much of the totals somebody reads."""

    NONE = "none"
    WITHOUT_SMALL = "without_small"
    """Whoever sees no persons gets no numbers that are almost persons."""
    WHOLE = "whole"


def totals(
    reader: Reader, programme: UUID, organisation: UUID | None, grants: Iterable[Grant], today: date
) -> Totals:
    """Say which totals of a programme somebody reads; `grants` are all rows of which they hold.

    A coach or team lead holds that role where the programme belongs; an auditor holds a sample
    that this programme drew for them.
    """
    mine = [g for g in grants if g.holder == reader.person and in_force(g, today)]
    held = {g.organisation for g in mine if g.kind is GrantKind.ROLE and g.role == reader.role}
    if reader.organisation is not None:
        held &= {reader.organisation}
    if reader.role in _OF_THE_PROGRAMME:
        return Totals.WHOLE if organisation is not None and organisation in held else Totals.NONE
    sampled = any(
        g.kind is GrantKind.SAMPLE and g.key.startswith(f"sample/{programme}/") for g in mine
    )
    if reader.role is Role.AUDITOR and held and sampled:
        return Totals.WITHOUT_SMALL
    return Totals.NONE
