"""Rules for the days that somebody may ask of: they have been, and tell of nobody by themselves."""

from __future__ import annotations

from datetime import date, timedelta

from domain.outcomes import Period
from domain.outcomes.period import quarter
from domain.rules.base import Refused

COUNTED_FROM = date(1900, 1, 1)
LOOKS_FROM = date(2000, 1, 1)
LOOKS_DAYS = 90
"""How far back the looks at a file go when nothing is asked."""
TAKEN_DAYS = 28
"""How far back text is taken over into another file when nothing is asked."""
MOST_DAYS = 366


def counted_in(today: date, since: date | None, until: date | None, *, whole: bool) -> Period:
    """Give the period to count in; from the beginning when no first day is asked.

    Who sees no persons asks whole quarters, or two days would tell of one. Raises Refused.
    """
    last = until or (today if whole else quarter(today) - timedelta(days=1))
    _has_been(since, "from", COUNTED_FROM, today)
    _has_been(last, "until", COUNTED_FROM, today)
    _in_turn(since, last, "from")
    period = Period(since, last)
    if not whole and not period.whole_quarters:
        raise Refused(
            "Kies hele kwartalen; twee losse dagen kunnen over één persoon gaan. Een kwartaal "
            "eindigt op de laatste dag van maart, juni, september of december.",
            "Choose whole quarters; two single days may be about one person. A quarter ends on "
            "the last day of March, June, September or December.",
            "until",
        )
    return period


def looked_in(today: date, since: date | None, until: date | None) -> tuple[date, date]:
    """Give the first and last day of which to tell who looked; raises Refused."""
    return _days(today, since, until, LOOKS_DAYS)


def taken_over(today: date, since: date | None, until: date | None) -> tuple[date, date]:
    """Give the first and last day of which text goes into another file; raises Refused."""
    return _days(today, since, until, TAKEN_DAYS)


def _days(today: date, since: date | None, until: date | None, back: int) -> tuple[date, date]:
    """Give the days asked for, or so many days back: at most a year."""
    _has_been(since, "since", LOOKS_FROM, today)
    _has_been(until, "until", LOOKS_FROM, today)
    last = until or today
    first = since or last - timedelta(days=back)
    _in_turn(first, last, "since")
    if (last - first).days > MOST_DAYS:
        raise Refused(
            "Dit is meer dan een jaar in één keer. Kies een latere eerste dag, en kijk daarna "
            "verder terug.",
            "This is more than a year at once. Choose a later first day, and look further back "
            "after that.",
            "since",
        )
    return first, last


def _has_been(day: date | None, field: str, earliest: date, today: date) -> None:
    if day is not None and not earliest <= day <= today:
        raise Refused("Kies een dag die al geweest is.", "Choose a day that has been.", field)


def _in_turn(first: date | None, last: date, field: str) -> None:
    if first is not None and first > last:
        raise Refused(
            "Deze dag ligt na de laatste. Kies een eerdere eerste dag, of een latere laatste.",
            "This day is after the last one. Choose an earlier first day, or a later last one.",
            field,
        )
