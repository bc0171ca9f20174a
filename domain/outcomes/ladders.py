"""The ladder of taking part: paid work is one of its rungs, and nobody stands on only one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from domain.language import Choice
from domain.outcomes.counted import Rung
from domain.outcomes.period import Person


class Participation(NamedTuple):
    """How many people stood on each rung for a day or more; they are not to be added up."""

    rungs: dict[Rung, int]
    several: int
    """On more than one."""
    none: int
    """On none of them: counted, never what is left of a sum."""


class Result(Choice):
    """What is counted of a person once: the first that fits."""

    PAID_WORK = "paid_work", "naar betaald werk", "to paid work"
    VOLUNTEERING = "volunteering", "naar vrijwilligerswerk", "to volunteering"
    MOVED = "moved", "verhuisd", "moved away"
    STILL_GUIDED = "still_guided", "nog in begeleiding", "still guided"
    DOOR_OPEN = "door_open", "deur staat open", "door stays open"
    CLOSED = "closed", "afgerond", "closed"


def participation(people: Iterable[Person]) -> Participation:
    """Count people on each rung; who stands on several is counted on each of them."""
    standing = [rungs(each) for each in people]
    counts = Counter(rung for each in standing for rung in each)
    return Participation(
        {rung: counts[rung] for rung in Rung},
        several=sum(len(each) > 1 for each in standing),
        none=sum(not each for each in standing),
    )


def once(people: Iterable[Person]) -> dict[Result, int]:
    """Count each person once, so that it adds up to all of them."""
    counts = Counter(map(_result, people))
    return {result: counts[result] for result in Result}


def rungs(person: Person) -> frozenset[Rung]:
    """Name the rungs that somebody stood on for a day or more of the period."""
    return frozenset(
        each.rung
        for each in person.track.spans
        if each.rung is not None and each.touches(person.first, person.last)
    )


def _result(person: Person) -> Result:
    standing = rungs(person)
    if Rung.PAID in standing:
        return Result.PAID_WORK
    if Rung.VOLUNTEERING in standing:
        return Result.VOLUNTEERING
    if Rung.MOVED in standing:
        return Result.MOVED
    if person.door_open():
        return Result.DOOR_OPEN
    return Result.CLOSED if person.closed() else Result.STILL_GUIDED
