"""'Even niet goed' answers at once: who reads it and when, and whom to call."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from api.reading import help as help_
from eventlog.problems import Unavailable

FRIDAY_NIGHT = datetime(2026, 3, 13, 22, 10, tzinfo=UTC)


@pytest.fixture
def friday(own_region, monkeypatch):
    monkeypatch.setattr(own_region.services.handler, "now", lambda: FRIDAY_NIGHT)
    return own_region


def test_on_friday_night_it_tells_who_reads_it_when_and_the_numbers(friday):
    answer = friday.say(friday.client, "signal-setback", words="het gaat niet")
    assert answer.status_code == 201, answer.text
    told = answer.json()["help"]
    assert told["told"].startswith(("Sam de Wit en Bo Öztürk", "Bo Öztürk en Sam de Wit"))
    assert "maandag 16 maart 2026, vanaf 9 uur" in told["told"]
    assert "leest niemand mee" in told["told"]
    assert [each["number"] for each in told["numbers"]] == ["112", None, "0800-0113"]
    before = friday.see(friday.client, "/setback-help").json()
    assert before["told"] == told["told"]


def test_a_reader_who_was_chosen_is_named_alone(friday):
    answer = friday.say(friday.client, "signal-setback", wants_reader=friday.carer.person)
    assert answer.json()["help"]["told"].startswith("Bo Öztürk leest dit maandag")


def test_who_gives_no_signal_is_told_nothing(friday):
    assert friday.see(friday.auditor, "/setback-help").status_code == 404
    assert friday.see(friday.stranger, "/setback-help").status_code == 404
    english = friday.get(
        friday.client, f"trajectories/{friday.trajectory}/setback-help", {"Accept-Language": "en"}
    )
    assert "Nobody reads in the evening" in english.json()["told"]
    assert "help" not in friday.say(friday.client, "note-recovery").json()


def test_an_employer_hears_of_nobody_in_care(friday):
    placed = friday.say(
        friday.coach,
        "log-placement",
        kind="job",
        employer=friday.bakery,
        title="broodbakker",
        starts_on="2026-03-02",
        hours_per_week=16,
        contract="fixed",
    )
    assert placed.status_code == 201, placed.text
    told = friday.see(friday.boss, "/setback-help")
    assert told.json()["told"].startswith("Sam de Wit leest dit")
    assert "Öztürk" not in told.text


def test_choosing_a_reader_tells_an_employer_nothing_of_them(friday):
    placed = friday.say(
        friday.coach,
        "log-placement",
        kind="job",
        employer=friday.bakery,
        title="broodbakker",
        starts_on="2026-03-02",
        hours_per_week=16,
        contract="fixed",
    )
    assert placed.status_code == 201, placed.text
    told = {
        friday.say(friday.boss, "signal-setback", wants_reader=each.person).json()["help"]["told"]
        for each in (friday.carer, friday.friend, friday.stranger)
    }
    assert len(told) == 1


def test_a_signal_that_stands_is_told_as_such_whatever_is_away(friday, monkeypatch):
    def away(*_):
        raise Unavailable

    monkeypatch.setattr(help_, "tied", away)
    answer = friday.say(friday.client, "signal-setback")
    assert answer.status_code == 201
    assert answer.json()["help"]["told"] is None
    assert answer.json()["help"]["numbers"][0]["number"] == "112"
