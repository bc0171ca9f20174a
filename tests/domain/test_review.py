"""given an emergency, a second person looks back within so many working days: our promise."""

from __future__ import annotations

from datetime import date

import pytest

from domain.review import WORKING_DAYS, review_due

MONDAY = date(2026, 3, 9)


@pytest.mark.parametrize(
    ("opened", "days", "due"),
    [
        (MONDAY, WORKING_DAYS, date(2026, 3, 16)),
        (date(2026, 3, 13), 1, date(2026, 3, 16)),
        (date(2026, 3, 14), 1, date(2026, 3, 16)),
        (date(2026, 4, 2), 1, date(2026, 4, 3)),
        (date(2026, 4, 3), 1, date(2026, 4, 7)),  # Easter Monday between
    ],
)
def test_working_days_are_counted_and_no_weekend_or_holiday(opened, days, due):
    assert review_due(opened, days, opened).on == due


def test_it_is_late_from_the_day_after_and_says_what_can_be_done():
    promised = review_due(MONDAY, 5, date(2026, 3, 16))
    assert not promised.overdue
    assert promised.told.nl.endswith("uiterlijk 16 maart 2026: dat beloofden wij.")
    late = review_due(MONDAY, 5, date(2026, 3, 17))
    assert late.overdue
    assert "vraag een collega" in late.told.nl
    assert "16 March 2026" in late.told.en
