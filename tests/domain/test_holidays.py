"""Dutch public holidays: nobody answers on them, so no promise falls due on them."""

from __future__ import annotations

from datetime import date

import pytest

from domain.holidays import DUTCH, Holidays, easter, kings_day
from domain.rhythm import answer_due


@pytest.mark.parametrize(
    ("year", "month", "day"),
    [
        *((1961, 4, 2), (2000, 4, 23), (2008, 3, 23), (2024, 3, 31), (2025, 4, 20)),
        *((2026, 4, 5), (2027, 3, 28), (2038, 4, 25), (2285, 3, 22)),
    ],
)
def test_easter_is_where_the_almanac_has_it(year, month, day):
    assert easter(year) == date(year, month, day)


def test_kings_day_is_never_a_sunday():
    assert kings_day(2026) == date(2026, 4, 27)
    assert kings_day(2025) == date(2025, 4, 26)


def test_the_days_of_a_year():
    assert sorted(DUTCH.of(2026)) == [
        *(date(2026, 1, 1), date(2026, 4, 5), date(2026, 4, 6), date(2026, 4, 27)),
        *(date(2026, 5, 14), date(2026, 5, 24), date(2026, 5, 25)),
        *(date(2026, 12, 25), date(2026, 12, 26)),
    ]
    assert date(2026, 4, 6) in DUTCH
    assert date(2026, 4, 7) not in DUTCH


def test_liberation_day_and_good_friday_are_to_choose():
    assert date(2025, 5, 5) in DUTCH
    assert date(2026, 5, 5) not in DUTCH
    assert date(2026, 5, 5) in Holidays(liberation_every=1)
    assert date(2025, 5, 5) not in Holidays(liberation_every=None)
    assert date(2026, 4, 3) not in DUTCH
    assert date(2026, 4, 3) in Holidays(good_friday=True)


def test_an_answer_is_due_after_the_holidays():
    assert answer_due(date(2026, 4, 3)) == date(2026, 4, 7), "Easter"
    assert answer_due(date(2026, 12, 24)) == date(2026, 12, 28), "Christmas"
    assert answer_due(date(2026, 4, 26)) == date(2026, 4, 28), "King's Day"
