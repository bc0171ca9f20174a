"""How an entry reads, in both languages, for somebody who sees all of it or only a part."""

from __future__ import annotations

import re
from datetime import date
from typing import get_args

import pytest

from domain.events import BY_TYPE, TrajectoryEvent
from domain.wording import day, labels, weekday, word
from tests.domain.histories import COURIERS

HOLES = re.compile(r"\{(\w+)\}|([\[\]])")
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


@pytest.mark.parametrize(
    ("kind", "fields", "nl", "en"),
    [
        ("wellbeing.scored.v1", {"score": 8}, "Je gaf jezelf een 8", "You gave yourself a 8"),
        (
            "support.contact.v1",
            {"with_whom": "both", "mode": "phone"},
            "Contact met jou en je werkgever, per telefoon",
            "Contact with you and your employer, by telephone",
        ),
        (
            "setback.signalled.v1",
            {"by": "client"},
            "Het gaat even niet goed, gezegd door jou",
            "A bad patch, said by you",
        ),
        (
            "ek.requested.v1",
            {"proposed_by": "client"},
            "Je vroeg een Eigen Kracht-conferentie aan (wie het voorstelde: jij)",
            "You asked for an Eigen Kracht conference (who proposed it: you)",
        ),
        ("job.started.v1", {"title": "kok"}, "Begonnen als kok", "Started as kok"),
        (  # somebody else may have told it, so it is not said of the client
            "experience.given.v1",
            {"about": "ek_plan", "helped": "yes"},
            "Vertelde hoe het was (het Eigen Kracht-plan); geholpen: ja",
            "Told how it was (the Eigen Kracht plan); helped: yes",
        ),
    ],
)
def test_the_client_is_spoken_to(kind, fields, nl, en):
    assert word(kind, fields, "nl", NAMES, to_client=True) == nl
    assert word(kind, fields, "en", NAMES, to_client=True) == en
    assert word(kind, fields, "nl", NAMES) != nl or BY_TYPE[kind].TO_CLIENT is None


SPOKEN_OF = re.compile(r"\b(cliënt|zichzelf|themselves|client)\b(?! manager)", re.IGNORECASE)


@pytest.mark.parametrize("kind", [each.TYPE for each in get_args(TrajectoryEvent)])
def test_nothing_of_their_own_file_is_said_about_the_client_to_the_client(kind):
    """What is filled in stands in the same places, so that who sees less reads no more by it."""
    event = BY_TYPE[kind]
    mine, others = (event.sentence(to_client=each) for each in (True, False))
    assert not any(SPOKEN_OF.search(said) for said in mine)
    assert list(map(HOLES.findall, mine)) == list(map(HOLES.findall, others))
    filled = HOLES.findall(others.nl)
    for field, values in labels(kind, to_client=True).items():
        said = [text for each in values.values() for text in each]
        assert field not in filled or not any(map(SPOKEN_OF.search, said)), field


def test_a_day_is_written_as_people_say_it():
    assert day("2026-08-01", "nl") == "1 augustus 2026"
    assert weekday(date(2026, 8, 1), "nl") == "zaterdag 1 augustus 2026"
