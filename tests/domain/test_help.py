"""Who says that it is not going well hears at once who reads it and when, and whom to call."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from domain.help import READ_BY, numbers, read_on, told
from domain.roles import Role

FRIDAY_NIGHT = datetime(2026, 3, 13, 23, 10)  # noqa: DTZ001 - the clock of the place
MONDAY = date(2026, 3, 16)


def test_on_friday_night_it_says_monday_and_the_numbers():
    said = told(FRIDAY_NIGHT, ["Ria Verhoeven", "Bas de Groot"])
    assert said.nl == (
        "Ria Verhoeven en Bas de Groot lezen dit maandag 16 maart 2026, vanaf 9 uur. Je hoort "
        "uiterlijk maandag 16 maart 2026 iets van ons. 's Avonds, 's nachts en in het weekend "
        "leest niemand mee."
    )
    assert said.en == (
        "Ria Verhoeven and Bas de Groot read this on Monday 16 March 2026, from 9:00. You hear "
        "from us by Monday 16 March 2026. Nobody reads in the evening, at night and at weekends."
    )
    assert [each.number for each in numbers("088 123 45 67")] == [
        *("112", "088 123 45 67", "0800-0113"),
    ]
    assert numbers()[1].number is None


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        (datetime(2026, 3, 10, 9), date(2026, 3, 10)),  # noqa: DTZ001
        (datetime(2026, 3, 10, 3), date(2026, 3, 10)),  # noqa: DTZ001 - before the office opens
        (datetime(2026, 3, 10, 16, 59), date(2026, 3, 10)),  # noqa: DTZ001
        (datetime(2026, 3, 10, 17), date(2026, 3, 11)),  # noqa: DTZ001
        (FRIDAY_NIGHT, MONDAY),
        (datetime(2026, 3, 14, 12), MONDAY),  # noqa: DTZ001
        (datetime(2026, 3, 15, 23), MONDAY),  # noqa: DTZ001
    ],
)
def test_it_is_read_on_working_days(moment, day):
    assert read_on(moment) == day


def test_a_holiday_is_no_working_day():
    monday = datetime(2026, 4, 6, 10)  # noqa: DTZ001 - Easter Monday
    assert read_on(monday, {monday.date()}) == date(2026, 4, 7)


def test_it_words_today_tomorrow_and_an_unknown_team():
    morning, evening = datetime(2026, 3, 10, 9), datetime(2026, 3, 10, 20)  # noqa: DTZ001
    assert told(morning, ["Ria"]).nl.startswith("Ria leest dit vandaag. Je hoort uiterlijk woensd")
    assert told(evening, ["Ria"]).nl.startswith("Ria leest dit morgen, vanaf 9 uur.")
    assert told(evening, []).nl.startswith("Je team leest dit morgen")
    assert told(evening, []).en.startswith("Your team reads this tomorrow, from 9:00.")
    assert "A, B en C lezen" in told(morning, ["A", "B", "C"]).nl


def test_a_signal_that_names_no_reader_is_read_by_coach_and_care():
    assert set(READ_BY) == {Role.JOB_COACH, Role.CARE_WORKER}
