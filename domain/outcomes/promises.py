"""Talks promised and held per month: a promise of the team, never something a client missed."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import NamedTuple
from uuid import UUID

from domain.events.base import Event
from domain.events.support import SupportContact
from domain.outcomes.counted import Counted, Turn
from domain.outcomes.period import Period, Person
from domain.outcomes.track import Track
from domain.rhythm import DEFAULT_PER_MONTH, PAUSED_PER_MONTH

_DAY = timedelta(days=1)
MOST_MONTHS = 12


class Missing(NamedTuple):
    """Where we held fewer talks than we promised."""

    trajectory: UUID
    promised: int
    held: int
    files: tuple[UUID, ...]
    """All of the client's in this programme."""


class Month(NamedTuple):
    """How we kept our promises in one calendar month."""

    month: date
    people: int
    """To whom we promised a talk or more."""
    promised: int
    held: int
    """With these people, also more than was promised."""
    missing: tuple[Missing, ...]


def months(period: Period, entered_on: date | None) -> list[date]:
    """Give the first days of the last whole months of a period, oldest first."""
    found: list[date] = []
    day = (period.until + _DAY).replace(day=1)
    first = period.since or entered_on or day
    while len(found) < MOST_MONTHS:
        day = (day - _DAY).replace(day=1)
        if day < first.replace(day=1) or (period.since is not None and day < period.since):
            break
        found.insert(0, day)
    return found


def kept(people: Sequence[Person], month: date, held: Mapping[UUID, int]) -> Month:
    """Hold the talks of a month against what was promised to who was there all of it."""
    last = month.replace(day=monthrange(month.year, month.month)[1])
    promised = {p.trajectory: n for p in people if (n := _promised(p, month, last))}
    missing = (
        Missing(p.trajectory, promised[p.trajectory], held.get(p.trajectory, 0), tuple(p.files))
        for p in people
        if held.get(p.trajectory, 0) < promised.get(p.trajectory, 0)
    )
    return Month(
        month,
        len(promised),
        sum(promised.values()),
        sum(held.get(each, 0) for each in promised),
        tuple(sorted(missing)),
    )


def talked(event: Event) -> bool:
    """Say whether it was a talk with the client: by telephone or chat as well (reference 1.5)."""
    return isinstance(event, SupportContact) and event.with_whom.has_client


def turning_days(promises: Iterable[Counted], first: date, last: date) -> list[date]:
    """Give the days whose promises differ: what held for all of the month is the fewest of them."""
    return sorted({first, last, *(each.on for each in promises if first < each.on < last)})


def _promised(person: Person, first: date, last: date) -> int:
    """Say how many talks held for the whole month."""
    if not person.entered_on <= first or person.last < last:
        return 0
    told = (each for file in person.files.values() for each in file.track.promises)
    return min(_together(person, day) for day in turning_days(told, first, last))


def _together(person: Person, day: date) -> int:
    """Say what was promised on a day; by several files the most that one of them says.

    Who asked in one of them to be left alone asked it of the programme.
    """
    there = [each.track for each in person.files.values() if each.there(day)]
    if any(left_alone(each, day) for each in there):
        return 0
    return max((per_month(each, day) for each in there), default=0)


def per_month(track: Track, day: date) -> int:
    """Say how many talks a month were promised on a day; none to who asked to be left alone."""
    by_then = [each for each in track.promises if each.on <= day]
    if left_alone(track, day) or track.course(day) in {Turn.CLOSED, Turn.DOOR_OPEN}:
        return 0
    pause = _last(by_then, Turn.PAUSED, Turn.RESUMED, Turn.CLOSED)
    if pause is not None and pause.turn is Turn.PAUSED:
        return PAUSED_PER_MONTH if pause.amount is None else int(pause.amount)
    rhythm = _last(by_then, Turn.RHYTHM)
    return int(rhythm.amount or 0) if rhythm is not None else DEFAULT_PER_MONTH


def left_alone(track: Track, day: date) -> bool:
    """Say whether the client had asked to be left alone, that day."""
    by_then = [each for each in track.promises if each.on <= day]
    peace = _last(by_then, Turn.PEACE, Turn.PEACE_OVER)
    return peace is not None and peace.until is not None and day < peace.until


def _last(told: Sequence[Counted], *turns: Turn) -> Counted | None:
    return next((each for each in reversed(told) if each.turn in turns), None)
