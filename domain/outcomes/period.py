"""Who is counted in a period, and from when until when."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import NamedTuple
from uuid import UUID

from domain.outcomes.counted import Turn
from domain.outcomes.track import Track
from domain.outcomes.united import Days, one_person, union, united

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


class File(NamedTuple):
    """One file of somebody, and on which days it was in the programme."""

    track: Track
    days: Sequence[Days]

    def there(self, day: date) -> bool:
        """Say whether it was in the programme on a day."""
        return any(since <= day < end for since, end in self.days)


class Person(NamedTuple):
    """Somebody who was in the programme in the period, and which of its days count for them."""

    trajectory: UUID
    """The first of their files."""
    track: Track
    entered_on: date
    first: date
    last: date
    files: Mapping[UUID, File]

    def closed(self) -> bool:
        """Whether it was closed on the last day."""
        return any(
            each.since <= self.last and (each.until is None or self.last < each.until)
            for each in self.track.closings
        )

    def door_open(self) -> bool:
        """Whether on the last day the door stayed open in every file that was not closed."""
        there = (each for each in self.files.values() if each.there(self.last))
        turns = {each.track.course(self.last) for each in there}
        return Turn.DOOR_OPEN in turns and turns <= {Turn.DOOR_OPEN, Turn.CLOSED}


def served(tracks: Mapping[UUID, Track], programme: UUID, period: Period) -> list[Person]:
    """Find who was in the programme for a day of the period and not closed all of it.

    Who went over to another programme is counted there from that day on, and who has several
    files here is one person.
    """
    groups = one_person({file: track.linked for file, track in tracks.items()})
    found = (
        _person(
            {file: File(tracks[file], _stays(tracks[file], programme)) for file in each}, period
        )
        for each in groups
    )
    return [each for each in found if each is not None]


def _person(files: Mapping[UUID, File], period: Period) -> Person | None:
    since = period.since or date.min
    days = union(each for file in files.values() for each in file.days)
    days = [(a, end) for a, end in days if a <= period.until and since < end]
    if not days:
        return None
    (trajectory, own), *others = files.items()
    track = united(list(files.values())) if others else own.track
    entered_on, end = days[0][0], days[-1][1]
    first, last = max(since, entered_on), min(period.until, end - _DAY)
    if any(each.since < first and (each.until or date.max) > last for each in track.closings):
        return None
    return Person(trajectory, track, entered_on, first, last, files)


def _stays(track: Track, programme: UUID) -> list[Days]:
    """Give the days of each stay there; one entry after the other is one stay."""
    found: list[Days] = []
    since = None
    for on, where in track.entries:
        if where == programme:
            since = since or on
        elif since is not None:
            found.append((since, on))
            since = None
    if since is not None:
        found.append((since, date.max))
    return found
