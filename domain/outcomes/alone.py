"""How one file counts in the figures of its programme: for who wonders what an entry does there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple
from uuid import UUID

from domain.events.base import Event
from domain.events.benefit import BenefitEnded, BenefitSituationNoted
from domain.events.experience import ExperienceGiven
from domain.outcomes.counted import Rung, counted
from domain.outcomes.ladders import Result, once, rungs
from domain.outcomes.period import Period, served
from domain.outcomes.promises import kept, months, talked
from domain.outcomes.track import track

_ELSEWHERE = (BenefitSituationNoted, BenefitEnded, ExperienceGiven)
"""What counts in figures that are not told here; some readers are given no more than its day."""


class Alone(NamedTuple):
    """What is counted of one file, up to a day."""

    result: Result | None = None
    """None: it does not count there."""
    rungs: tuple[Rung, ...] = ()
    promised: int = 0
    """Talks, in the months that a programme's figures tell of: the last whole ones."""
    held: int = 0


def alone(file: UUID, events: Iterable[Event], programme: UUID, today: date) -> Alone:
    """Count one file as its programme does."""
    told = [each for each in events if not isinstance(each, _ELSEWHERE)]
    period = Period(None, today)
    own = track(each for event in told for each in counted(event))
    people = served({file: own}, programme, period)
    if not people:
        return Alone()
    (person,) = people
    talks = Counter(_month(each) for each in told if talked(each))
    kept_ = [
        kept(people, month, {file: talks[month]}) for month in months(period, person.entered_on)
    ]
    (result,) = (each for each, count in once(people).items() if count)
    stood = rungs(person)
    return Alone(
        result,
        tuple(each for each in Rung if each in stood),
        sum(each.promised for each in kept_),
        sum(each.held for each in kept_),
    )


def _month(event: Event) -> date:
    return event.occurred_on.replace(day=1)
