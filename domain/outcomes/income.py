"""Off benefit and part-time work: two facts of their own, counted so that nobody counts twice."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from domain.outcomes.counted import Rung, Turn
from domain.outcomes.period import Person
from domain.outcomes.track import Span

FULL_TIME_HOURS = 35
"""Below it work is part-time; the usual line of Dutch statistics (U), to be checked."""


class Income(NamedTuple):
    """Who is off benefit by their own telling, and who works part-time; both may hold."""

    off_benefit: int
    part_time: int
    both: int
    neither: int
    """Counted, never what is left of a sum."""
    hours_unknown: int
    """People with a paid job of which the hours are not known; they are not in part-time."""


def income(people: Iterable[Person]) -> Income:
    """Count both, and who is in both."""
    off = part = both = unknown = count = 0
    for each in people:
        jobs = [job for job in each.track.on(Rung.PAID) if job.touches(each.first, each.last)]
        hours = _hours(jobs, each.last)
        is_off, is_part = off_benefit(each), hours is not None and hours < FULL_TIME_HOURS
        count += 1
        off, part, both = off + is_off, part + is_part, both + (is_off and is_part)
        unknown += bool(jobs) and hours is None
    return Income(off, part, both, count - off - part + both, unknown)


def off_benefit(person: Person) -> bool:
    """Say whether a benefit had ended in the period, and none was told of since.

    A benefit that ended is no job that began, and somebody who never had one is not off it.
    """
    left: float | None = None
    ended_on: date | None = None
    for on, told in person.track.benefits:
        if on > person.last:
            break
        before = left
        if told.turn is Turn.BENEFITS:
            left = told.amount
        else:
            left = 0 if left is None else max(left - 1, 0)
        if left:
            ended_on = None
        elif left == 0 and (before or told.turn is Turn.BENEFIT_ENDED) and ended_on is None:
            ended_on = on
    return ended_on is not None and ended_on >= person.first


def _hours(jobs: list[Span], last: date) -> float | None:
    """Add up the hours of the jobs that ran on the last day worked; None when one is not known."""
    if not jobs:
        return None
    day = max(min(last, each.until or date.max) for each in jobs)
    hours = [each.hours_on(day) for each in jobs if min(last, each.until or date.max) == day]
    known = [each for each in hours if each is not None]
    return sum(known) if len(known) == len(hours) else None
