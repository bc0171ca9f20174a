"""Small numbers are not given to who sees no persons: a few people would be somebody."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

FEWEST = 5
"""The smallest number that is given to outsiders (reference 2.2, P); none at all is given."""

K = TypeVar("K")


def many(count: int) -> bool:
    """Say whether of so many is told what is never told of a few, not to their coach either."""
    return count >= FEWEST


def masked(counts: Mapping[K, int]) -> dict[K, int | None]:
    """Leave small numbers out of counts that add up to a known total: None stands for one to four.

    Where a single one is left out the next smallest goes too, or it would follow from the rest.
    """
    hidden = {key for key, count in counts.items() if 0 < count < FEWEST}
    if len(hidden) == 1:
        others = [key for key in counts if key not in hidden]
        hidden |= set(sorted(others, key=lambda key: (counts[key] == 0, counts[key]))[:1])
    return {key: None if key in hidden else count for key, count in counts.items()}


def part(count: int, total: int) -> int | None:
    """Give how many of a total, unless these or the others are a few."""
    return masked({True: count, False: total - count})[True]
