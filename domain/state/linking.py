"""Which files are of one person: for figures, which count people and not files."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from domain.state.trajectory import Trajectory


def one_person(files: Mapping[UUID, Trajectory]) -> list[set[UUID]]:
    """Put the files of one person together; a link counts when both files say so.

    Files that are not among these are left out; the order is that of the first file of each.
    """
    groups: list[set[UUID]] = []
    seen: set[UUID] = set()
    for first in files:
        if first in seen:
            continue
        group, wanted = set[UUID](), [first]
        while wanted:
            file = wanted.pop()
            if file not in group:
                group.add(file)
                wanted += [
                    other
                    for other in files[file].files
                    if other in files and file in files[other].files
                ]
        seen |= group
        groups.append(group)
    return groups
