"""Sorts a caseload into who needs contact today, who this week, and for whom nothing is open."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

_WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Line:
    """One person on the board, and why they are there."""

    case: Mapping[str, Any]
    on: date | None
    reasons: tuple[str, ...]
    client: bool = False
    """The client is to be contacted, or a choice looked back on with them."""
    employer: bool = False
    """The employer is to be contacted."""


@dataclass(frozen=True, slots=True)
class Board:
    """The whole caseload; each person stands in one list."""

    today: list[Line]
    week: list[Line]
    rest: list[Line]


def board(found: Mapping[str, Any]) -> Board:
    """Sort a caseload as the reading layer gives it."""
    day: date = found["day"]
    lines = [_line(case, day) for case in found["cases"]]
    today = [each for each in lines if each.on is not None and each.on <= day]
    week = [each for each in lines if each.on is not None and day < each.on < day + _WEEK]
    rest = [each for each in lines if each.on is None or each.on >= day + _WEEK]
    return Board(sorted(today, key=_urgency), sorted(week, key=_urgency), rest)


def _line(case: Mapping[str, Any], day: date) -> Line:
    client, employer = case.get("next"), case.get("next_employer")
    due = [each for each in (client, employer, *case.get("reviews", ())) if each is not None]
    if not due:
        return Line(case, None, ())
    first = min(each["on"] for each in due)
    near = [each for each in due if each["on"] <= max(first, day)]
    reasons = tuple(each["why"] for each in near)
    return Line(case, first, reasons, near != [employer], employer in near)


def _urgency(line: Line) -> tuple[bool, date]:
    """A person goes before an employer; then the longest due."""
    assert line.on is not None  # noqa: S101 - only such lines are sorted
    return not line.client, line.on


def phase(case: Mapping[str, Any]) -> str:
    """Word where somebody stands: the stages, or nothing when those are not seen."""
    stages: Sequence[Mapping[str, str]] = case.get("stages") or ()
    return " · ".join(each["label"] for each in stages)
