"""What somebody wrote, as a mark: the same words are known again by it, and not read from it."""

from __future__ import annotations

from typing import Annotated

from pydantic import PlainSerializer


def _not_kept(_: int | None) -> None:
    """Store none: to another process it would say nothing, and differ from its own."""


Mark = Annotated[int | None, PlainSerializer(_not_kept)]
"""The mark of words, known in this process alone; None for none."""


def mark(words: str | None) -> Mark:
    """Give the mark of these words."""
    return None if words is None else hash(words)
