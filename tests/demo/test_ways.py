"""The five ways of working are each to be found in the demo region, with their own figures.

Everything is read over the API, by who may read it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any
from uuid import UUID, uuid4

import pytest
from starlette.testclient import TestClient

from api.demo.book import kept_month
from api.demo.people import (
    BRAM,
    ELS,
    FEMKE,
    GROUP,
    IVO,
    NOOR,
    NORTH,
    PROGRAMME,
    SAMIR,
    TOM,
    TRUST,
    VILLAGE,
    Somebody,
    trajectory_of,
)
from domain.events.benefit import Benefit
from eventlog.handler import HOME
from tests.demo.region import DemoRegion
from tests.stories.cohort import by

Read = dict[str, Any]


@pytest.fixture(scope="module")
def demo(module_database: Callable[..., str]) -> Iterator[DemoRegion]:
    made = DemoRegion(module_database)
    yield made
    made.close()


@cache
def browser(demo: DemoRegion, persona: str) -> TestClient:
    return demo.browser(persona)


def ask(demo: DemoRegion, persona: str, address: str, **asked: str) -> Any:
    return browser(demo, persona).get(f"/api/v1/{address}", params=asked)


def read(demo: DemoRegion, persona: str, address: str, **asked: str) -> Read:
    answer = ask(demo, persona, address, **asked)
    assert answer.status_code == 200, answer.text
    found: Read = answer.json()
    return found


def of(client: Somebody | UUID, what: str = "") -> str:
    return f"trajectories/{client if isinstance(client, UUID) else trajectory_of(client)}{what}"


def entries(demo: DemoRegion, persona: str, client: Somebody | UUID, **asked: str) -> list[Read]:
    """Read a whole timeline, the newest first."""
    found: list[Read] = []
    page: Read = {"next": None}
    while True:
        more = {"limit": "100"} | asked | ({"cursor": page["next"]} if page["next"] else {})
        page = read(demo, persona, of(client, "/timeline"), **more)
        found += page["entries"]
        if not page["next"]:
            return found


def sentences(told: list[Read]) -> list[str]:
    return [each["sentence"] for each in told]


def the(told: list[Read], kind: str) -> list[Read]:
    return [each for each in told if each["type"] == kind]


# Leiden: a group that trains itself.


def test_leiden_asked_what_is_needed_and_a_member_gives_the_training(demo: DemoRegion) -> None:
    found = read(demo, "samir-groep", f"directory/{GROUP}")["standing"]
    surveys = [each["fields"] for each in the(found, "peer.needs_surveyed.v1")]
    needs = Counter(need for each in surveys for need in each["needs"])
    assert needs == {"dagritme": 1, "sollicitatiegesprekken": 2, "netwerken": 1}
    offers = {each["person"]: each["offers"] for each in surveys if each["offers"]}
    assert offers == {str(SAMIR.actor.person): ["solliciteren oefenen"]}, "of who is still there"
    given = {e["fields"]["topic"]: e["fields"] for e in the(found, "peer.training_given.v1")}
    assert given["sollicitatiegesprekken"]["person"] == str(SAMIR.actor.person)
    assert given["roosters maken"]["person"] == str(FEMKE.actor.person)


def test_leiden_fills_the_gap_in_the_cv_with_what_was_done_in_the_group(demo: DemoRegion) -> None:
    (gap,) = read(demo, "samir", of(SAMIR, "/cv-gap"))["gaps"]
    assert (gap["years"], gap["until"]) == (5, None), "five years of WAO, and it goes on"
    done = Counter(each["type"] for each in gap["done"])
    assert (done["peer.training_given.v1"], done["peer.session_held.v1"]) == (1, 4)
    assert [e["text"]["words"] for e in the(gap["done"], "milestone.reached.v1")] == [
        "Ik sta weer om acht uur op.",
        "Voor het eerst weer een weekendgevoel.",
    ]


def test_leiden_after_five_years_of_wao_somebody_leaves_with_a_job(demo: DemoRegion) -> None:
    told = entries(demo, "femke", FEMKE)
    assert sentences(told)[-1] == "Inkomen: WAO"
    (job,) = the(told, "job.started.v1")
    (gap,) = read(demo, "femke", of(FEMKE, "/cv-gap"))["gaps"]
    assert (gap["years"], gap["until"]) == (5, job["fields"]["starts_on"])
    assert [each["text"]["words"] for each in the(gap["done"], "milestone.reached.v1")] == [
        "Elke dag om half acht aan de ontbijttafel.",
        "Vrijdagmiddag had ik weer een weekendgevoel.",
        "Mijn eerste brief is de deur uit.",
    ]
    found = read(demo, "samir-groep", f"directory/{GROUP}")["standing"]
    came = {
        each["fields"]["topic"]: str(FEMKE.actor.person) in each["fields"]["came"]
        for each in the(found, "peer.session_held.v1")
    }
    assert came == {
        "op tijd opstaan": True,
        "netwerken": True,
        "wat je thuis vertelt": True,
        "een jaar verder": False,
    }


# Groningen: in on the wish alone.


def test_groningen_lets_in_on_the_wish_alone_whatever_they_live_on(demo: DemoRegion) -> None:
    tracks = [UUID(each) for each in read(demo, "niek", "me")["trajectories"]]
    lived_on: Counter[tuple[str, bool]] = Counter()
    for track in tracks:
        told = entries(demo, "niek", track)
        days = {
            each["type"]: each["occurred_on"]
            for each in told
            if each["type"]
            in {"referral.made.v1", "wish.expressed.v1", "programme.entered.v1",
                "employer.contacted.v1"}
        }  # fmt: skip
        assert len(days) == 4
        assert len(set(days.values())) == 1, "in, and with an employer, on the day they came"
        (benefit,) = the(told, "benefit.noted.v1")[0]["fields"]["benefits"]
        roles = {each["role"] for each in read(demo, "niek", of(track))["team"]}
        lived_on[benefit, "care_worker" in roles] += 1
    assert lived_on == {(each, in_care): 1 for each in Benefit for in_care in (True, False)}
    assert read(demo, "leonie", f"programmes/{NORTH}/outcomes")["people"] == 2 * len(Benefit)


def test_groningen_has_learning_as_a_goal_beside_paid_work(demo: DemoRegion) -> None:
    found = read(demo, "leonie", f"programmes/{NORTH}/outcomes")
    rungs = by(found["participation"]["rungs"], "rung")
    assert (rungs["education"], rungs["paid"]) == ((11, 50.0), (0, 0.0))
    told = sentences(entries(demo, "ivo", IVO))
    assert "Wil graag een opleiding, betaald werk" in told
    assert "Begonnen met een opleiding: mbo logistiek" in told


def test_groningen_is_one_timeline_for_a_team_of_three_organisations(demo: DemoRegion) -> None:
    formed = "Het team is gevormd met GGZ De Beemden, Gemeente Haaren, UWV Brabant"
    whole = [each["id"] for each in entries(demo, "ivo", IVO)]
    for persona, at in (("ria", "GGZ De Beemden"), ("bas", "GGZ De Beemden"),
                        ("jo", "Gemeente Haaren"), ("wil", "UWV Brabant")):  # fmt: skip
        assert read(demo, persona, "me")["organisation_name"] == at
        seen = entries(demo, persona, IVO)
        assert seen, persona
        theirs = {each["id"] for each in seen}
        assert [each["id"] for each in seen] == [each for each in whole if each in theirs], persona
    for persona in ("ivo", "ria", "bas"):
        assert formed in sentences(entries(demo, persona, IVO)), persona


def test_groningen_has_the_employer_at_the_table_for_the_own_job(demo: DemoRegion) -> None:
    seen = entries(demo, "wim", TOM)
    own = [each for each in seen if (each["by"] or {}).get("name") == "Wim Jacobs"]
    assert sentences(own) == ["Afgesproken op het werk (werktijden): begint om tien uur"]
    (job,) = the(seen, "job.started.v1")
    assert job["fields"]["title"] == "fietskoerier"
    employers = {each["fields"]["employer"] for each in seen if "employer" in each["fields"]}
    assert len(employers) == 1
    for category in ("H", "I", "J"):
        assert entries(demo, "tom", TOM, categories=category), "there is something to keep from him"
    assert {each["category"] for each in seen}.isdisjoint("HIJ")


# Eigen Kracht: her order, her circle, their plans.


@pytest.mark.parametrize("persona", ["noor", "mo"])
def test_eigen_kracht_has_39_of_50_actions_done_and_7_of_9(demo: DemoRegion, persona: str) -> None:
    found = read(demo, persona, of(NOOR, "/eigen-kracht"))
    first, *others = found["plans"]
    assert first["completion"] == {"done": 7, "of": 9, "percent": 77.8}
    assert [(each["completion"]["done"], each["completion"]["of"]) for each in others] == [
        *((11, 14), (10, 12), (11, 14), (0, 1))
    ]
    assert found["completion"] == {"done": 39, "of": 50, "percent": 78.0}
    stands = Counter(each["status"] for plan in found["plans"] for each in plan["actions"])
    assert stands == {"done": 39, "dropped": 3, "open": 8}, "what was dropped is counted in the 50"


def test_eigen_kracht_puts_debts_first_then_connection_and_free_time(demo: DemoRegion) -> None:
    found = read(demo, "noor", of(NOOR, "/eigen-kracht"))
    assert found["main_question"]["text"]["question"] == "Hoe kom ik aan werk dat ik volhoud?"
    assert [each["text"]["question"] for each in found["sub_questions"]] == [
        "Hoe komt er rust in het geld?",
        "Hoe kom ik weer onder de mensen?",
        "Wat doe ik met mijn vrije tijd?",
    ]
    adopted = [each["adopted"]["text"]["text"] for each in found["plans"][:4]]
    assert adopted == [
        "Eerst de post, dan een regeling.",
        "Elke week iemand aan tafel.",
        "Iets voor mezelf, elke week.",
        "Nu werk: iets met mensen, niet te vroeg.",
    ]
    days = [each["adopted"]["occurred_on"] for each in found["plans"]]
    assert days == sorted(days)


def test_eigen_kracht_is_the_circle_that_she_asked(demo: DemoRegion) -> None:
    told = the(entries(demo, "noor", NOOR), "network.invited.v1")
    assert Counter(each["fields"]["relation"] for each in told) == {
        "family": 2,
        "sibling": 1,
        "friend": 2,
        "neighbour": 1,
    }
    plans = read(demo, "noor", of(NOOR, "/eigen-kracht"))["plans"]
    owners = {each["entry"]["fields"]["person"] for plan in plans for each in plan["actions"]}
    assert len(owners) == 7, "the six of them, and she herself"
    own = read(demo, "sem", of(NOOR, "/eigen-kracht"))
    taken = {each["entry"]["fields"]["person"] for plan in own["plans"] for each in plan["actions"]}
    assert len(taken) == 1
    assert sum(len(plan["actions"]) for plan in own["plans"]) == 7


def test_eigen_kracht_ends_what_the_coordinator_reads_with_the_call(demo: DemoRegion) -> None:
    (call,) = the(entries(demo, "noor", NOOR), "ek.four_week_call.v1")
    assert call["by"]["name"] == "Hanna Vis"
    missing = ask(demo, "hanna", of(uuid4()))
    for what in ("", "/timeline", "/eigen-kracht"):
        answer = ask(demo, "hanna", of(NOOR, what))
        assert (answer.status_code, answer.content) == (404, missing.content), what
    assert read(demo, "mo", of(NOOR, "/eigen-kracht"))["plans"], "who was asked again does read it"


def test_eigen_kracht_is_told_of_by_the_client_and_by_the_labour_expert(demo: DemoRegion) -> None:
    told = the(entries(demo, "noor", NOOR), "experience.given.v1")
    assert {each["by"]["name"]: each["sentence"] for each in told} == {
        "Noor Bakker": (
            "Vertelde hoe het was (het Eigen Kracht-plan); gehoord: ja; begrepen: ja; geholpen: ja"
        ),
        "Wil Maas": "Vertelde hoe het was (het Eigen Kracht-plan); begrepen: ja; geholpen: ja",
    }


# Haaren: whoever wants to is in.


@pytest.mark.parametrize("persona", ["ria", "leonie"])
def test_haaren_is_the_book_with_its_own_figures(demo: DemoRegion, persona: str) -> None:
    found = read(demo, persona, f"programmes/{VILLAGE}/outcomes")
    assert found["people"] == 50
    assert by(found["once"]["results"], "result") == {
        "paid_work": (23, 46.0),
        "volunteering": (5, 10.0),
        "moved": (2, 4.0),
        "still_guided": (20, 40.0),
        "closed": (0, 0.0),
    }


def test_haaren_promised_100_talks_held_99_and_names_the_one_missing(demo: DemoRegion) -> None:
    month = kept_month(datetime.now(HOME).date())
    last = (month + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    asked = {"until": last.isoformat()}
    talks = read(demo, "ria", f"programmes/{VILLAGE}/outcomes", **asked)["talks"]
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
        for each in the(entries(demo, "ria", UUID(missing["trajectory"])), "support.contact.v1")
        if each["occurred_on"].startswith(month.isoformat()[:7])
        and each["fields"]["with_whom"] == "client"
    ]
    assert len(held) == 1
    (told,) = read(demo, "leonie", f"programmes/{VILLAGE}/outcomes", **asked)["talks"]["missing"]
    assert told == {**missing, "name": None}


def test_haaren_has_a_walk_in_without_a_file(demo: DemoRegion) -> None:
    told = entries(demo, "els", ELS)
    assert sentences(told)[-1] == "Aangemeld via inloop, dorpshuis Haaren", "nothing before it"
    (wish,) = the(told, "wish.expressed.v1")
    assert wish["text"]["words"].startswith("Drie dinsdagen zat ik bij jullie aan tafel.")
    before = demo.size()
    nobody = of(uuid4(), "/log-contact")
    talk = browser(demo, "ria").post(f"/api/v1/{nobody}", json={"mode": "walk"})
    assert (talk.status_code, demo.size()) == (404, before)


def test_haaren_has_a_rising_line_of_who_asked_to_watch_it(demo: DemoRegion) -> None:
    found = read(demo, "els", of(ELS, "/wellbeing"))
    assert [each["score"] for each in found["scores"]] == [4, 5, 5, 6, 7]
    assert (found["watched"], found["slope"]) == (True, 0.7)
    assert found["line"] == "Een stijgende lijn: +0,7 per keer"
    other = read(demo, "samir", of(SAMIR, "/wellbeing"))
    assert (len(other["scores"]), other["watched"], other["slope"]) == (8, False, None)


def test_haaren_tries_out_and_asks_the_broker(demo: DemoRegion) -> None:
    told = entries(demo, "tom", TOM)
    (ride,) = the(told, "tryout.done.v1")
    assert (ride["fields"]["title"], ride["fields"]["place"]) == (
        "bijrijder vrachtwagen",
        "Tilburg",
    )
    assert ride["text"]["verdict"] == "Te groot en te stil. Rijden wil ik wel, op straat."
    seen = entries(demo, "jo", TOM)
    (asked,), (found,) = the(seen, "broker.asked.v1"), the(seen, "broker.answered.v1")
    assert asked["fields"]["wishes"] == ["vaste route", "niet voor negen uur"]
    assert found["fields"]["request"] == asked["fields"]["request"]
    assert found["by"]["name"] == "Jo Aarts"


def test_haaren_leaves_goal_and_pace_to_the_client(demo: DemoRegion) -> None:
    rhythm = the(entries(demo, "els", ELS), "rhythm.agreed.v1")[0]
    assert (rhythm["fields"]["choice"], rhythm["by"]["name"]) == ("client", "Els van den Heuvel")


def test_an_auditor_reads_the_totals_without_the_small_numbers(demo: DemoRegion) -> None:
    found = read(demo, "kim", f"programmes/{PROGRAMME}/outcomes")
    asked = {"until": found["until"]}
    whole = read(demo, "leonie", f"programmes/{PROGRAMME}/outcomes", **asked)
    assert found["people"] == whole["people"] == 6
    theirs = by(found["participation"]["rungs"], "rung")
    for rung, (people, percent) in by(whole["participation"]["rungs"], "rung").items():
        small = people in {1, 2, 3, 4}
        assert theirs[rung] == ((None, None) if small else (people, percent)), rung
    assert theirs["informal_care"] == (None, None), "one person"


# Laborijn: from control to guidance.


@pytest.mark.parametrize("persona", ["fenna", "hedwig"])
def test_laborijn_has_83_off_benefit_and_150_part_time_of_726(
    demo: DemoRegion, persona: str
) -> None:
    found = read(demo, persona, f"programmes/{TRUST}/outcomes")
    assert found["people"] == 726
    income = found["income"]
    assert income["off_benefit"] == {"people": 83, "percent": 11.4}
    assert income["part_time"] == {"people": 150, "percent": 20.7}
    assert income["both"] == {"people": 0, "percent": 0.0}
    assert income["neither"] == {"people": 493, "percent": 67.9}


def test_laborijn_never_adds_the_two_ladders_up(demo: DemoRegion) -> None:
    found = read(demo, "hedwig", f"programmes/{TRUST}/outcomes")
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
    demo: DemoRegion,
) -> None:
    tracks = [UUID(each) for each in read(demo, "fenna", "me")["trajectories"]]
    assert 30 <= len(tracks) <= 31, "726 people over 24 coaches"
    told = Counter(each for track in tracks for each in sentences(entries(demo, "fenna", track)))
    assert told["Begonnen met sport: fit naar werk"] > 0
    assert told["Begonnen met taalles: Nederlands op de werkvloer"] > 0
    assert told["Geeft mantelzorg, 8 uur per week"] > 0


def test_laborijn_answers_a_signal_and_nothing_else_comes_of_it(demo: DemoRegion) -> None:
    told = entries(demo, "bram", BRAM)
    (signal,) = the(told, "setback.signalled.v1")
    (answer,) = the(told, "setback.answered.v1")
    assert (signal["by"]["name"], answer["by"]["name"]) == ("Bram Wolters", "Fenna Wit")
    assert answer["occurred_on"] == signal["occurred_on"], "the same day"
    day = date.fromisoformat(signal["occurred_on"])
    before, after = (
        read(demo, "fenna", of(BRAM), happened_until=on.isoformat())
        for on in (day - timedelta(days=1), day)
    )
    assert before["stages"] == after["stages"]
    stood = {each["id"] for each in before["standing"]}
    new = {each["type"] for each in after["standing"] if each["id"] not in stood}
    assert new == {"setback.signalled.v1", "setback.answered.v1"}
    assert stood <= {each["id"] for each in after["standing"]}, "and nothing was taken away"
    (check,) = (
        each
        for each in read(demo, "kim", of(BRAM, "/checks"))["checks"]
        if each["name"] == "answered"
    )
    assert (check["holds"], check["entries"]) == (True, [signal["id"], answer["id"]])


def test_laborijn_has_choices_made_on_trust_that_are_learnt_from(demo: DemoRegion) -> None:
    (reply,) = the(entries(demo, "tom", TOM), "finding.replied.v1")
    assert reply["by"]["name"] == "Ria Verhoeven"
    (paid,) = read(demo, "ria", of(TOM, "/fundings"))["fundings"]
    assert "de steun loopt door" in str(paid)


# The people one can be, in a programme of their own.


def test_a_programme_counts_its_people_on_both_ladders(demo: DemoRegion) -> None:
    found = read(demo, "leonie", f"programmes/{PROGRAMME}/outcomes")
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


@pytest.mark.parametrize("persona", ["ria", "niek", "fenna", "jo", "bas"])
def test_nobody_opens_the_day_on_a_heap(demo: DemoRegion, persona: str) -> None:
    assert len(read(demo, persona, "today")["due"]) <= 12
