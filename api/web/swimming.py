"""Draws a whole trajectory small: four lanes over the months, a mark for each entry, and today."""

from __future__ import annotations

import re
from calendar import monthrange
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from api.reading.lanes import Mark

LANES = ("self", "work", "care", "network")
"""From top to bottom: the client's own on top."""
MONTHS = 36
WIDE, HIGH, TOP = 64, 34, 34
_MONTH = re.compile(r"(\d{4})-(0[1-9]|1[0-2])", re.ASCII)
_SHAPES = {
    "trust": "choice",
    "setback": "setback",
    "crisis": "setback",
    **dict.fromkeys(("job", "trial", "volunteering", "sheltered", "milestone"), "work"),
}


class Dot(NamedTuple):
    """A mark as it is drawn."""

    x: float
    y: int
    lane: str
    shape: str


class Column(NamedTuple):
    """A month: where it begins, and how many entries stand in each lane."""

    first: date
    x: int
    counts: tuple[int, ...]

    @property
    def name(self) -> str:
        """In the address of the timeline."""
        return f"{self.first:%Y-%m}"


class Swim(NamedTuple):
    """The whole drawing."""

    columns: list[Column]
    dots: list[Dot]
    now: float
    """Where today is."""
    wide: int
    high: int
    lanes: tuple[tuple[str, int], ...]
    """Each lane, and how far down it is."""


def drawn_since(today: date) -> date:
    """Give the first day that is drawn: what is longer ago stands in the timeline alone."""
    return _first(_index(today) - MONTHS + 1)


def swim(marks: Sequence[Mark], today: date) -> Swim | None:
    """Lay out what happened, since `drawn_since`; nothing for a trajectory without entries."""
    past = [each for each in marks if each.on <= today]
    if not past:
        return None
    first = _index(past[-1].on)
    counts = Counter((_index(each.on), each.lane) for each in past)
    columns = [
        Column(
            _first(month),
            (month - first) * WIDE,
            tuple(counts[month, lane] for lane in LANES),
        )
        for month in range(first, _index(today) + 1)
    ]
    lanes = tuple((lane, TOP + HIGH // 2 + at * HIGH) for at, lane in enumerate(LANES))
    return Swim(
        columns,
        sorted(set(_dots(past, first, dict(lanes)))),
        _x(today, first),
        len(columns) * WIDE,
        TOP + HIGH * len(LANES),
        lanes,
    )


def month_after(asked: str) -> date | None:
    """Give the day after the month that an address names; None for what is no month."""
    found = _MONTH.fullmatch(asked)
    if found is None:
        return None
    year, month = map(int, found.groups())
    if not date.min.year <= year < date.max.year:
        return None
    return date(year + month // 12, month % 12 + 1, 1)


def _dots(marks: Sequence[Mark], first: int, down: dict[str, int]) -> Iterator[Dot]:
    for each in marks:
        shape = _SHAPES.get(each.type.partition(".")[0], "note")
        yield Dot(_x(each.on, first), down[each.lane], each.lane, shape)


def _first(month: int) -> date:
    return date(month // 12, month % 12 + 1, 1)


def _index(day: date) -> int:
    return day.year * 12 + day.month - 1


def _x(day: date, first: int) -> float:
    part = (day.day - 0.5) / monthrange(day.year, day.month)[1]
    return round((_index(day) - first + part) * WIDE, 1)
