"""Who is counted in a period, and from when until when."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import NamedTuple
from uuid import UUID

from domain.outcomes.track import Track

_DAY = timedelta(days=1)
_QUARTER = 3


class Period(NamedTuple):
    """From a day, or from the beginning, up to and including a day."""

    since: date | None
    until: date

    @property
    def whole_quarters(self) -> bool:
        """Whether it begins and ends with a quarter of a year."""
        begins = self.since is None or self.since == quarter(self.since)
        after = self.until + _DAY
        return begins and after == quarter(after)


def quarter(day: date) -> date:
    """Give the first day of the quarter that a day is in."""
    return date(day.year, day.month - (day.month - 1) % _QUARTER, 1)


class Person(NamedTuple):
    """Somebody who was in the programme in the period, and which of its days count for them."""

    trajectory: UUID
    track: Track
    entered_on: date
    first: date
    last: date

    def closed(self) -> bool:
        """Whether it was closed on the last day."""
        return any(
            each.since <= self.last and (each.until is None or self.last < each.until)
            for each in self.track.closings
        )


def served(tracks: Mapping[UUID, Track], programme: UUID, period: Period) -> list[Person]:
    """Find who was in the programme for a day of the period and not closed all of it.

    Who went over to another programme is counted there from that day on.
    """
    found = (_person(each, tracks[each], programme, period) for each in tracks)
    return [each for each in found if each is not None]


def _person(trajectory: UUID, track: Track, programme: UUID, period: Period) -> Person | None:
    stays = [(a, b) for a, b in _stays(track, programme) if a <= period.until]
    since = period.since or date.min
    stays = [(a, b) for a, b in stays if since <= b]
    if not stays:
        return None
    first, last = max(since, stays[0][0]), min(period.until, stays[-1][1])
    if any(each.since < first and (each.until or date.max) > last for each in track.closings):
        return None
    return Person(trajectory, track, stays[0][0], first, last)


def _stays(track: Track, programme: UUID) -> Iterable[tuple[date, date]]:
    """Give the first and last day of each stay there; one after the other is one."""
    since = None
    for on, where in track.entries:
        if where == programme:
            since = since or on
        elif since is not None:
            yield since, on - _DAY
            since = None
    if since is not None:
        yield since, date.max
