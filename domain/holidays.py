"""The days on which nobody of a team in the Netherlands is expected to answer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

_SUNDAY = 6
_LUSTRUM = 5
_EASTER = {
    "Easter Sunday": 0,
    "Easter Monday": 1,
    "Ascension Day": 39,
    "Whit Sunday": 49,
    "Whit Monday": 50,
}


@dataclass(frozen=True, slots=True)
class Holidays:
    """A calendar of public holidays; ask it with `in`.

    Which days an organisation is closed follows from its collective agreement: to be checked.
    """

    liberation_every: int | None = _LUSTRUM
    """Liberation Day is a day off every so many years; None for never, 1 for each year."""
    good_friday: bool = False

    def __contains__(self, day: object) -> bool:
        """Say whether a day is one of them."""
        return isinstance(day, date) and day in self.of(day.year)

    def of(self, year: int) -> frozenset[date]:
        """Give those of a year."""
        return _of(year, self.liberation_every, self.good_friday)


@lru_cache(maxsize=256)
def _of(year: int, liberation_every: int | None, good_friday: bool) -> frozenset[date]:  # noqa: FBT001 - a key of the memory
    sunday = easter(year)
    days = {sunday + timedelta(days=after) for after in _EASTER.values()}
    days |= {date(year, 1, 1), date(year, 12, 25), date(year, 12, 26), kings_day(year)}
    if liberation_every and year % liberation_every == 0:
        days.add(date(year, 5, 5))
    if good_friday:
        days.add(sunday - timedelta(days=2))
    return frozenset(days)


def kings_day(year: int) -> date:
    """Give King's Day: 27 April, and the day before when that is a Sunday."""
    day = date(year, 4, 27)
    return day - timedelta(days=1) if day.weekday() == _SUNDAY else day


def easter(year: int) -> date:
    """Give Easter Sunday of the Gregorian calendar (Meeus, Jones and Butcher)."""
    golden, (century, rest) = year % 19, divmod(year, 100)
    leaps, left = divmod(century, 4)
    moon = (century - (century + 8) // 25 + 1) // 3
    epact = (19 * golden + century - leaps - moon + 15) % 30
    quarter, years = divmod(rest, 4)
    weekday = (32 + 2 * left + 2 * quarter - epact - years) % 7
    late = (golden + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * late + 114, 31)
    return date(year, month, day + 1)


DUTCH = Holidays()
"""Those that count where nothing else is said."""
