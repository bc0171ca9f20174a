"""Finds somebody by name among the files that a reader has anyway."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from uuid import UUID

from api.reading.asking import Asking
from api.reading.gate import Access, admitted
from api.reading.names import Known, Names, lookup
from api.reading.people import ties
from api.reading.sorting import folded
from api.wiring import Services
from domain.roles import Role


def find(services: Services, asking: Asking, wanted: str) -> list[tuple[UUID, str]]:
    """Give the files of whoever has a name, or a word of it, that begins so; by name.

    People go by the name under which this reader knows them, so that nothing else can be guessed.
    That the reader looked is written down for those found. Raises Unavailable when it cannot be.
    """
    begins = folded(" ".join(wanted.split()))
    if not begins:
        return []
    tied = ties(services, replace(asking, view=None))
    known = lookup(services, {each.client for each in tied if each.client is not None})
    called = {each.trajectory: _called(services, each, known) for each in tied}
    found = {file: name for file, name in called.items() if _fits(name, begins)}
    admitted(services, asking, list(found))
    return sorted(found.items(), key=lambda each: (folded(each[1]), each[0]))


def _called(services: Services, access: Access, known: Mapping[UUID, Known]) -> str:
    if access.client is None:
        return ""
    return Names(services, access, known, access.roles).of(access.client, Role.CLIENT)


def _fits(name: str, begins: str) -> bool:
    words = folded(name).split()
    return any(" ".join(words[at:]).startswith(begins) for at in range(len(words)))
