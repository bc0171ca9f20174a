"""Who says that it is not going well hears at once who reads it and when, and whom to call."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from domain.help import READ_BY, Hearing, numbers, read_on, told
from domain.roles import Role

FRIDAY_NIGHT = datetime(2026, 3, 13, 23, 10)  # noqa: DTZ001 - the clock of the place
MONDAY = date(2026, 3, 16)


def test_on_friday_night_it_says_monday_and_the_numbers():
    said = told(FRIDAY_NIGHT, Hearing(["Ria Verhoeven", "Bas de Groot"]))
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
    assert [each.number for each in numbers(None, "110", "0900")] == ["110", None, "0900"]
    assert numbers()[2].when.en == "when you think of dying; day and night, free"


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


def test_it_words_today_and_tomorrow():
    morning, evening = datetime(2026, 3, 10, 9), datetime(2026, 3, 10, 20)  # noqa: DTZ001
    ria = Hearing(["Ria"])
    assert told(morning, ria).nl.startswith("Ria leest dit vandaag. Je hoort uiterlijk woensd")
    assert told(evening, ria).nl.startswith("Ria leest dit morgen, vanaf 9 uur.")
    assert told(evening, ria).en.startswith("Ria reads this tomorrow, from 9:00.")
    assert "A, B en C lezen" in told(morning, Hearing(["A", "B", "C"])).nl


def test_it_names_who_only_sees_the_signal_and_who_else_can_read_it():
    said = told(FRIDAY_NIGHT, Hearing(["Bas"], ["Ria"], ["Daan", "Els"]))
    assert said.nl.startswith(
        "Bas leest dit maandag 16 maart 2026, vanaf 9 uur. Ria ziet alleen dat het even niet goed "
        "gaat, niet wat je schrijft. Daan en Els kunnen je woorden ook lezen. Je hoort uiterlijk"
    )
    assert "Daan and Els can read your words as well." in said.en
    assert "Kies" not in said.nl


def test_where_nobody_reads_the_words_it_says_so_and_what_is_possible():
    said = told(FRIDAY_NIGHT, Hearing(see=["Ria"], chooses=True))
    assert said.nl.startswith(
        "Ria ziet maandag 16 maart 2026, vanaf 9 uur dat het even niet goed gaat, maar niet wat je "
        "schrijft. Wil je dat iemand je woorden leest? Kies dan wie: iemand van je team of een "
        "naaste. Je hoort uiterlijk maandag"
    )
    assert "Then choose by whom" in said.en
    assert "De cliënt kiest wie" in told(FRIDAY_NIGHT, Hearing(see=["Ria"])).nl
    alone = told(FRIDAY_NIGHT, Hearing(chooses=True))
    assert alone.nl == (
        "Er is nu niemand van het team die dit leest. Bel iemand die je vertrouwt, of een van de "
        "nummers hieronder."
    )
    assert "Je hoort" not in alone.nl, "nobody is there to promise an answer"
    daan = told(FRIDAY_NIGHT, Hearing(close=["Daan"])).nl
    assert daan.startswith("Daan kan je woorden lezen. Er is nu niemand van het team")


def test_who_may_not_know_who_reads_hears_who_sees_that_there_is_something():
    said = told(FRIDAY_NIGHT, Hearing(see=["Sam"], open=False))
    assert said.nl.startswith(
        "Sam ziet maandag 16 maart 2026, vanaf 9 uur dat het even niet goed gaat. De cliënt kiest "
        "wie je woorden leest. Je hoort"
    )
    assert told(FRIDAY_NIGHT, Hearing(open=False)).en.startswith("The team sees on Monday")


def test_a_signal_that_names_no_reader_is_read_by_coach_and_care():
    assert set(READ_BY) == {Role.JOB_COACH, Role.CARE_WORKER}
