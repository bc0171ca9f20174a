"""How an entry reads, in both languages, for somebody who sees all of it or only a part."""

from __future__ import annotations

from datetime import date

import pytest

from domain.wording import day, weekday, word
from tests.domain.histories import COURIERS

NAMES = {str(COURIERS): "Fietskoeriers Noord"}
JOB = {"title": "kok", "employer": str(COURIERS), "hours_per_week": 12.5, "contract": "zero_hours"}


@pytest.mark.parametrize(
    ("kind", "fields", "nl", "en"),
    [
        (
            "job.started.v1",
            JOB,
            "Begonnen als kok bij Fietskoeriers Noord, 12,5 uur per week, nul-uren",
            "Started as kok at Fietskoeriers Noord, 12.5 hours a week, zero-hours",
        ),
        ("job.started.v1", {"title": "kok"}, "Begonnen als kok", "Started as kok"),
        ("job.started.v1", {}, "Begonnen als …", "Started as …"),
        ("job.ended.v1", {}, "Het werk is gestopt", "The job ended"),
        (
            "job.ended.v1",
            {"reason": "health"},
            "Het werk is gestopt: gezondheid",
            "The job ended: health",
        ),
        (
            "peace.asked.v1",
            {"until": "2026-03-03"},
            "Wil graag met rust gelaten worden tot 3 maart 2026",
            "Asks to be left alone until 3 March 2026",
        ),
        (
            "wish.expressed.v1",
            {"wants": ["paid", "education"]},
            "Wil graag betaald werk, een opleiding",
            "Would like paid work, education",
        ),
        (
            "application.made.v1",
            {"title": "2026-03-03"},
            "Gesolliciteerd als 2026-03-03",
            "Applied as 2026-03-03",
        ),
    ],
)
def test_an_entry_reads_as_a_sentence(kind, fields, nl, en):
    assert word(kind, fields, "nl", NAMES) == nl
    assert word(kind, fields, "en", NAMES) == en


def test_a_day_is_written_as_people_say_it():
    assert day("2026-08-01", "nl") == "1 augustus 2026"
    assert weekday(date(2026, 8, 1), "nl") == "zaterdag 1 augustus 2026"
