"""Of which days one may ask: they have been, in order, and for outsiders whole quarters."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from domain.outcomes import Period
from domain.rules.period import counted_in, looked_in, taken_over
from tests.spec import TODAY, refusing

DAY = timedelta(days=1)
LAST_YEAR, NEW_YEAR = date(2025, 12, 31), date(2026, 1, 1)
BEEN, TURN = "Kies een dag die al geweest is", "Deze dag ligt na de laatste"


def test_who_sees_persons_counts_up_to_today_or_between_any_days():
    assert counted_in(TODAY, None, None, whole=True) == Period(None, TODAY)
    assert counted_in(TODAY, TODAY, TODAY, whole=True) == Period(TODAY, TODAY)
    assert counted_in(TODAY, date(1900, 1, 1), None, whole=True).since == date(1900, 1, 1)


def test_who_sees_no_persons_counts_whole_quarters_up_to_the_last_that_is_over():
    assert counted_in(TODAY, None, None, whole=False) == Period(None, LAST_YEAR)
    since = date(2025, 7, 1)
    assert counted_in(TODAY, since, LAST_YEAR, whole=False) == Period(since, LAST_YEAR)
    over = counted_in(NEW_YEAR, None, None, whole=False)
    assert over.until == LAST_YEAR


@pytest.mark.parametrize(
    ("since", "until"),
    [
        (None, TODAY),
        (None, LAST_YEAR - DAY),
        (date(2025, 7, 2), LAST_YEAR),
        (date(2025, 12, 1), LAST_YEAR),
        (LAST_YEAR, None),
    ],
)
def test_two_days_of_which_the_difference_is_somebody_are_refused(since, until):
    with refusing("Kies hele kwartalen", at="until"):
        counted_in(TODAY, since, until, whole=False)
    assert counted_in(TODAY, since, until, whole=True)


@pytest.mark.parametrize("whole", [True, False])
@pytest.mark.parametrize(
    ("since", "until", "sentence", "field"),
    [
        (TODAY + DAY, None, BEEN, "from"),
        (date(1899, 12, 31), None, BEEN, "from"),
        (None, TODAY + DAY, BEEN, "until"),
        (None, date(1899, 12, 31), BEEN, "until"),
        (LAST_YEAR, LAST_YEAR - DAY, TURN, "from"),
    ],
)
def test_days_that_cannot_be_counted_in_are_refused(since, until, sentence, field, whole):
    with refusing(sentence, at=field):
        counted_in(TODAY, since, until, whole=whole)


def test_looks_are_told_of_the_last_months_or_of_a_year_at_most():
    assert looked_in(TODAY, None, None) == (TODAY - 90 * DAY, TODAY)
    assert looked_in(TODAY, None, LAST_YEAR) == (LAST_YEAR - 90 * DAY, LAST_YEAR)
    assert looked_in(TODAY, TODAY, TODAY) == (TODAY, TODAY)
    assert looked_in(TODAY, TODAY - 366 * DAY, None) == (TODAY - 366 * DAY, TODAY)
    first = date(2000, 1, 1)
    assert looked_in(TODAY, first, first) == (first, first)


@pytest.mark.parametrize(
    ("since", "until", "sentence", "field"),
    [
        (TODAY + DAY, None, BEEN, "since"),
        (date(1999, 12, 31), None, BEEN, "since"),
        (None, TODAY + DAY, BEEN, "until"),
        (None, date(1999, 12, 31), BEEN, "until"),
        (TODAY, TODAY - DAY, TURN, "since"),
        (TODAY - 367 * DAY, None, "Dit is meer dan een jaar in één keer", "since"),
    ],
)
def test_looks_on_days_that_cannot_be_are_refused(since, until, sentence, field):
    with refusing(sentence, at=field):
        looked_in(TODAY, since, until)


def test_text_for_another_file_is_of_four_weeks_or_of_the_days_asked_for():
    assert taken_over(TODAY, None, None) == (TODAY - 28 * DAY, TODAY)
    until = TODAY - DAY
    assert taken_over(TODAY, None, until) == (until - 28 * DAY, until)
    assert taken_over(TODAY, LAST_YEAR, until) == (LAST_YEAR, until)
    with refusing(BEEN, at="until"):
        taken_over(TODAY, None, TODAY + DAY)
