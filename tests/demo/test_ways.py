"""Haaren and Laborijn in the demo region, with their own figures.

Everything is read over the API, by who may read it.
"""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime, timedelta
from uuid import UUID, uuid4

import pytest

from api.demo.book import kept_month
from api.demo.people import BRAM, ELS, PROGRAMME, SAMIR, TOM, TRUST, VILLAGE
from eventlog.handler import HOME
from tests.demo.reading import browser, entries, of, read, sentences, the
from tests.demo.region import DemoRegion
from tests.stories.cohort import by

# Haaren: whoever wants to is in.


@pytest.mark.parametrize("persona", ["ria", "leonie"])
def test_haaren_is_the_book_with_its_own_figures(region: DemoRegion, persona: str) -> None:
    found = read(region, persona, f"programmes/{VILLAGE}/outcomes")
    assert found["people"] == 50
    assert by(found["once"]["results"], "result") == {
        "paid_work": (23, 46.0),
        "volunteering": (5, 10.0),
        "moved": (2, 4.0),
        "still_guided": (20, 40.0),
        "door_open": (0, 0.0),
        "closed": (0, 0.0),
    }


def test_haaren_promised_100_talks_held_99_and_names_the_one_missing(region: DemoRegion) -> None:
    month = kept_month(datetime.now(HOME).date())
    last = (month + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    asked = {"until": last.isoformat()}
    talks = read(region, "ria", f"programmes/{VILLAGE}/outcomes", **asked)["talks"]
    assert talks["months"][-1] == {
        "month": month.isoformat()[:7],
        "people": 50,
        "promised": 100,
        "held": 99,
        "missing": 1,
    }
    (missing,) = talks["missing"]
    assert (missing["name"], missing["promised"], missing["held"]) == ("Jan van Dijk", 2, 1)
    held = [
        each
        for each in the(entries(region, "ria", UUID(missing["trajectory"])), "support.contact.v1")
        if each["occurred_on"].startswith(month.isoformat()[:7])
        and each["fields"]["with_whom"] == "client"
    ]
    assert len(held) == 1
    (told,) = read(region, "leonie", f"programmes/{VILLAGE}/outcomes", **asked)["talks"]["missing"]
    assert told == {**missing, "name": None}


def test_haaren_has_a_walk_in_without_a_file(region: DemoRegion) -> None:
    told = entries(region, "els", ELS)
    assert sentences(told)[-1] == "Aangemeld via inloop, dorpshuis Haaren", "nothing before it"
    (wish,) = the(told, "wish.expressed.v1")
    assert wish["text"]["words"].startswith("Drie dinsdagen zat ik bij jullie aan tafel.")
    before = region.size()
    nobody = of(uuid4(), "/log-contact")
    talk = browser(region, "ria").post(f"/api/v1/{nobody}", json={"mode": "walk"})
    assert (talk.status_code, region.size()) == (404, before)


def test_haaren_has_a_rising_line_of_who_asked_to_watch_it(region: DemoRegion) -> None:
    found = read(region, "els", of(ELS, "/wellbeing"))
    assert [each["score"] for each in found["scores"]] == [4, 5, 5, 6, 7]
    assert (found["watched"], found["slope"]) == (True, 0.7)
    assert found["line"] == "Een stijgende lijn: +0,7 per keer"
    other = read(region, "samir", of(SAMIR, "/wellbeing"))
    assert (len(other["scores"]), other["watched"], other["slope"]) == (8, False, None)


def test_haaren_tries_out_and_asks_the_broker(region: DemoRegion) -> None:
    told = entries(region, "tom", TOM)
    (ride,) = the(told, "tryout.done.v1")
    assert (ride["fields"]["title"], ride["fields"]["place"]) == (
        "bijrijder vrachtwagen",
        "Tilburg",
    )
    assert ride["text"]["verdict"] == "Te groot en te stil. Rijden wil ik wel, op straat."
    seen = entries(region, "jo", TOM)
    (asked,), (found,) = the(seen, "broker.asked.v1"), the(seen, "broker.answered.v1")
    assert asked["fields"]["wishes"] == ["vaste route", "niet voor negen uur"]
    assert found["fields"]["request"] == asked["fields"]["request"]
    assert found["by"]["name"] == "Jo Aarts"


def test_haaren_leaves_goal_and_pace_to_the_client(region: DemoRegion) -> None:
    rhythm = the(entries(region, "els", ELS), "rhythm.agreed.v1")[0]
    assert (rhythm["fields"]["choice"], rhythm["by"]["name"]) == ("client", "Els van den Heuvel")


def test_an_auditor_reads_the_totals_without_the_small_numbers(region: DemoRegion) -> None:
    found = read(region, "kim", f"programmes/{PROGRAMME}/outcomes")
    asked = {"until": found["until"]}
    whole = read(region, "leonie", f"programmes/{PROGRAMME}/outcomes", **asked)
    assert found["people"] == whole["people"] == 6
    theirs = by(found["participation"]["rungs"], "rung")
    for rung, (people, percent) in by(whole["participation"]["rungs"], "rung").items():
        small = people in {1, 2, 3, 4}
        assert theirs[rung] == ((None, None) if small else (people, percent)), rung
    assert theirs["informal_care"] == (None, None), "one person"


# Laborijn: from control to guidance.


@pytest.mark.parametrize("persona", ["fenna", "hedwig"])
def test_laborijn_has_83_off_benefit_and_150_part_time_of_726(
    region: DemoRegion, persona: str
) -> None:
    found = read(region, persona, f"programmes/{TRUST}/outcomes")
    assert found["people"] == 726
    income = found["income"]
    assert income["off_benefit"] == {"people": 83, "percent": 11.4}
    assert income["part_time"] == {"people": 150, "percent": 20.7}
    assert income["both"] == {"people": 0, "percent": 0.0}
    assert income["neither"] == {"people": 493, "percent": 67.9}


def test_laborijn_never_adds_the_two_ladders_up(region: DemoRegion) -> None:
    found = read(region, "hedwig", f"programmes/{TRUST}/outcomes")
    assert by(found["participation"]["rungs"], "rung") == {
        "paid": (230, 31.7),
        "sheltered": (3, 0.4),
        "volunteering": (60, 8.3),
        "informal_care": (42, 5.8),
        "education": (0, 0.0),
        "language": (15, 2.1),
        "activity": (30, 4.1),
        "own_care": (20, 2.8),
        "moved": (0, 0.0),
    }
    assert found["participation"]["several"] == {"people": 22, "percent": 3.0}
    assert found["participation"]["none"] == {"people": 348, "percent": 47.9}, "726 - 400 + 22"
    assert found["ips"]["working"] == {"people": 230, "percent": 31.7}, "three off benefit, no job"


def test_laborijn_tells_of_sport_language_and_informal_care_in_the_own_file(
    region: DemoRegion,
) -> None:
    tracks = [UUID(each) for each in read(region, "fenna", "me")["trajectories"]]
    assert 30 <= len(tracks) <= 31, "726 people over 24 coaches"
    told = Counter(each for track in tracks for each in sentences(entries(region, "fenna", track)))
    assert told["Begonnen met sport: fit naar werk"] > 0
    assert told["Begonnen met taalles: Nederlands op de werkvloer"] > 0
    assert told["Geeft mantelzorg, 8 uur per week"] > 0


def test_laborijn_answers_a_signal_and_nothing_else_comes_of_it(region: DemoRegion) -> None:
    told = entries(region, "bram", BRAM)
    (signal,) = the(told, "setback.signalled.v1")
    (answer,) = the(told, "setback.answered.v1")
    assert (signal["by"]["name"], answer["by"]["name"]) == ("Bram Wolters", "Fenna Wit")
    assert answer["occurred_on"] == signal["occurred_on"], "the same day"
    day = date.fromisoformat(signal["occurred_on"])
    before, after = (
        read(region, "fenna", of(BRAM), happened_until=on.isoformat())
        for on in (day - timedelta(days=1), day)
    )
    assert before["stages"] == after["stages"]
    stood = {each["id"] for each in before["standing"]}
    new = {each["type"] for each in after["standing"] if each["id"] not in stood}
    assert new == {"setback.signalled.v1", "setback.answered.v1"}
    assert stood <= {each["id"] for each in after["standing"]}, "and nothing was taken away"
    (check,) = (
        each
        for each in read(region, "kim", of(BRAM, "/checks"))["checks"]
        if each["name"] == "answered"
    )
    assert (check["holds"], check["entries"]) == (True, [signal["id"], answer["id"]])


def test_laborijn_has_choices_made_on_trust_that_are_learnt_from(region: DemoRegion) -> None:
    (reply,) = the(entries(region, "tom", TOM), "finding.replied.v1")
    assert reply["by"]["name"] == "Ria Verhoeven"
    (paid,) = read(region, "ria", of(TOM, "/fundings"))["fundings"]
    assert "de steun loopt door" in str(paid)


# The people one can be, in a programme of their own.


def test_a_programme_counts_its_people_on_both_ladders(region: DemoRegion) -> None:
    found = read(region, "leonie", f"programmes/{PROGRAMME}/outcomes")
    assert found["people"] == 6
    assert by(found["participation"]["rungs"], "rung") == {
        "paid": (4, 66.7),
        "sheltered": (0, 0.0),
        "volunteering": (1, 16.7),
        "informal_care": (1, 16.7),
        "education": (2, 33.3),
        "language": (0, 0.0),
        "activity": (1, 16.7),
        "own_care": (1, 16.7),
        "moved": (1, 16.7),
    }
    assert found["participation"]["several"] == {"people": 3, "percent": 50.0}
    assert found["participation"]["none"] == {"people": 1, "percent": 16.7}
    assert found["ips"]["working"] == {"people": 4, "percent": 66.7}
    income = found["income"]
    assert income["off_benefit"] == {"people": 1, "percent": 16.7}
    assert income["part_time"] == {"people": 4, "percent": 66.7}
    assert income["both"] == {"people": 1, "percent": 16.7}
    assert income["neither"] == {"people": 2, "percent": 33.3}, "not 6 - 1 - 4"


@pytest.mark.parametrize("persona", ["niek", "fenna"])
def test_nobody_opens_the_day_on_a_heap(region: DemoRegion, persona: str) -> None:
    assert len(read(region, persona, "today")["due"]) <= 12
