"""Who reads the totals of a programme: its coaches and team lead, and who audits it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from enum import StrEnum
from typing import TypeVar
from uuid import UUID

from domain.events.base import Category, Grant, GrantKind, Kind
from domain.outcomes.small import FEWEST, many, masked, part
from domain.policy.relation import Reader, in_force, roles_at
from domain.policy.table import Ground, cell
from domain.policy.told import leads
from domain.roles import Role

K = TypeVar("K")
V = TypeVar("V")
_OF_THE_PROGRAMME = frozenset({Role.JOB_COACH, Role.TEAM_LEAD})


class Totals(StrEnum):
    """How much of the totals somebody reads."""

    NONE = "none"
    WITHOUT_SMALL = "without_small"
    """Whoever sees no persons gets no numbers that are almost persons."""
    WHOLE = "whole"

    @property
    def whole(self) -> bool:
        """Whether small numbers are told too, and of which days is free to choose."""
        return self is Totals.WHOLE

    def tells_more_of(self, people: int) -> bool:
        """Say whether more is told than how many there were: of a few it would be of somebody."""
        return self.whole or not 0 < people < FEWEST

    def part(self, count: int, total: int) -> int | None:
        """Give how many of a total."""
        return count if self.whole else part(count, total)

    def of(self, value: V, known: int) -> V | None:
        """Give what was found of so many: a mean, a median, or a sum."""
        return value if self.whole or known >= FEWEST else None

    def cells(self, counts: Mapping[K, int]) -> Mapping[K, int | None]:
        """Give counts that add up to a known total."""
        return counts if self.whole else masked(counts)


def told_of(role: Role, category: Category) -> bool:
    """Say whether totals of a category are told to who reads those of a programme.

    To who reads what is counted, or is told counts of it alone.
    """
    found = cell(role, category)
    return found.counted or Ground.ALWAYS in found.grounds(Kind.FACT)


def told_of_team(
    role: Role, category: Category, people: int, guided: Mapping[K, int]
) -> frozenset[K | None]:
    """Say for which of these coaches somebody is told how many entries of a row there are.

    To who leads the team a count is told, and no entry (reference 0.1; ADR 0021); None among them
    stands for the team as a whole. `people`: how many it guides, `guided`: how many each coach
    does. Of a few it would be of somebody, and so would what is left when theirs is taken off.
    """
    if not (leads(role) and told_of(role, category) and many(people)):
        return frozenset()
    given = masked(guided)
    return frozenset({None, *(coach for coach, people in given.items() if many(people or 0))})


def reads_totals(role: Role) -> bool:
    """Say whether somebody in this role can read the totals of a programme at all."""
    return role in _OF_THE_PROGRAMME or role is Role.AUDITOR


def totals(
    reader: Reader, programme: UUID, organisation: UUID | None, grants: Iterable[Grant], today: date
) -> Totals:
    """Say which totals of a programme somebody reads; `grants` are all rows of which they hold.

    A coach or team lead holds that role where the programme belongs; an auditor holds a sample
    that this programme drew for them.
    """
    mine = [g for g in grants if g.holder == reader.person and in_force(g, today)]
    held = roles_at(reader, mine, today)
    if reader.role in _OF_THE_PROGRAMME:
        return Totals.WHOLE if organisation is not None and organisation in held else Totals.NONE
    sampled = any(
        g.kind is GrantKind.SAMPLE and g.key.startswith(f"sample/{programme}/") for g in mine
    )
    if reader.role is Role.AUDITOR and held and sampled:
        return Totals.WITHOUT_SMALL
    return Totals.NONE
