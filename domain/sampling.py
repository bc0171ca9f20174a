"""Draws a sample by a seed, so that whoever knows the seed draws the same files again."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256
from uuid import UUID


def drawn(seed: int, files: Iterable[UUID], size: int) -> tuple[UUID, ...]:
    """Give so many of these files, or all when there are fewer.

    Each has its place by seed and id alone: another file that comes or goes moves no other, and
    nobody can tell beforehand which seed gives which file.
    """

    def place(file: UUID) -> bytes:
        return sha256(f"{seed}/{file}".encode()).digest()

    return tuple(sorted(set(files), key=place)[:size])
