"""How somebody's own scores go, on average per score; told only when they asked us to watch."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from statistics import linear_regression
from uuid import UUID

from domain.outcomes.period import Person

FEWEST_SCORES = 3


def watched(people: Iterable[Person]) -> dict[UUID, UUID]:
    """Name the files in which somebody asked us to watch, and whose it is: of others no line."""
    return {
        trajectory: each.trajectory
        for each in people
        for trajectory, file in each.files.items()
        if file.track.watched
    }


def slope(scores: Sequence[int]) -> float | None:
    """Give the least-squares slope per score, none of them skipped; None for fewer than three.

    Of 4, 5, 5, 6, 7 it is +0.7 (reference 2.1). It is never used to judge somebody.
    """
    if len(scores) < FEWEST_SCORES:
        return None
    return round(linear_regression(range(len(scores)), scores).slope, 1)
