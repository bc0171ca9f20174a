"""Which samples were drawn for an auditor, and where somebody may draw one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from uuid import UUID

from domain.events.base import Grant, GrantKind
from domain.policy.relation import Reader, holds_role, in_force

_NAMED = 3
"""A row of a sample names its programme and the sample; one of before named no programme."""


def samples_of(
    reader: Reader, grants: Iterable[Grant], today: date
) -> Mapping[tuple[UUID, UUID], frozenset[UUID]]:
    """Name the samples drawn for an auditor, by programme and sample, and the files in each.

    `grants` are all that the reader holds.
    """
    rows = list(grants)
    found: dict[tuple[UUID, UUID], set[UUID]] = {}
    for each in rows if holds_role(reader, rows, today) else ():
        if (
            each.kind is GrantKind.SAMPLE
            and (each.holder, each.role) == (reader.person, reader.role.value)
            and len(named := each.key.split("/")) == _NAMED
            and in_force(each, today)
        ):
            found.setdefault((UUID(named[1]), UUID(named[2])), set()).add(each.stream)
    return {named: frozenset(files) for named, files in found.items()}


def of_organisation(grants: Iterable[Grant], organisation: UUID, today: date) -> frozenset[UUID]:
    """Name the files of an organisation's teams, also of who left; by rows of those files."""
    return frozenset(
        each.stream
        for each in grants
        if each.kind in {GrantKind.TEAM, GrantKind.LEFT}
        and each.organisation == organisation
        and in_force(each, today)
    )
