"""Leiden, Groningen and Eigen Kracht in the demo region, with their own figures.

Everything is read over the API, by who may read it.
"""

from __future__ import annotations

from collections import Counter
from uuid import UUID, uuid4

import pytest

from api.demo.people import FEMKE, GROUP, IVO, NOOR, NORTH, SAMIR, TOM
from domain.events.benefit import Benefit
from tests.demo.reading import ask, entries, of, read, sentences, the
from tests.demo.region import DemoRegion
from tests.stories.cohort import by

# Leiden: a group that trains itself.


def test_leiden_asked_what_is_needed_and_a_member_gives_the_training(region: DemoRegion) -> None:
    found = read(region, "samir-groep", f"directory/{GROUP}")["standing"]
    surveys = [each["fields"] for each in the(found, "peer.needs_surveyed.v1")]
    needs = Counter(need for each in surveys for need in each["needs"])
    assert needs == {"dagritme": 1, "sollicitatiegesprekken": 2, "netwerken": 1}
    offers = {each["person"]: each["offers"] for each in surveys if each["offers"]}
    assert offers == {str(SAMIR.actor.person): ["solliciteren oefenen"]}, "of who is still there"
    given = {e["fields"]["topic"]: e["fields"] for e in the(found, "peer.training_given.v1")}
    assert given["sollicitatiegesprekken"]["person"] == str(SAMIR.actor.person)
    assert given["roosters maken"]["person"] == str(FEMKE.actor.person)


def test_leiden_fills_the_gap_in_the_cv_with_what_was_done_in_the_group(region: DemoRegion) -> None:
    (gap,) = read(region, "samir", of(SAMIR, "/cv-gap"))["gaps"]
    assert (gap["years"], gap["until"]) == (5, None), "five years of WAO, and it goes on"
    done = Counter(each["type"] for each in gap["done"])
    assert (done["peer.training_given.v1"], done["peer.session_held.v1"]) == (2, 4), (
        "given, and come to"
    )
    assert [e["text"]["words"] for e in the(gap["done"], "milestone.reached.v1")] == [
        "Ik sta weer om acht uur op.",
        "Voor het eerst weer een weekendgevoel.",
    ]


def test_leiden_after_five_years_of_wao_somebody_leaves_with_a_job(region: DemoRegion) -> None:
    told = entries(region, "femke", FEMKE)
    assert sentences(told)[-1] == "Inkomen: WAO"
    (job,) = the(told, "job.started.v1")
    (gap,) = read(region, "femke", of(FEMKE, "/cv-gap"))["gaps"]
    assert (gap["years"], gap["until"]) == (5, job["fields"]["starts_on"])
    done = Counter(each["type"] for each in gap["done"])
    assert (done["peer.training_given.v1"], done["peer.session_held.v1"]) == (2, 3)
    assert ask(region, "femke", f"directory/{GROUP}").status_code == 404
    assert [each["text"]["words"] for each in the(gap["done"], "milestone.reached.v1")] == [
        "Elke dag om half acht aan de ontbijttafel.",
        "Vrijdagmiddag had ik weer een weekendgevoel.",
        "Mijn eerste brief is de deur uit.",
    ]
    found = read(region, "samir-groep", f"directory/{GROUP}")["standing"]
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


def test_groningen_lets_in_on_the_wish_alone_whatever_they_live_on(region: DemoRegion) -> None:
    tracks = [UUID(each) for each in read(region, "niek", "me")["trajectories"]]
    lived_on: Counter[tuple[str, bool]] = Counter()
    for track in tracks:
        told = entries(region, "niek", track)
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
        roles = {each["role"] for each in read(region, "niek", of(track))["team"]}
        lived_on[benefit, "care_worker" in roles] += 1
    assert lived_on == {(each, in_care): 1 for each in Benefit for in_care in (True, False)}
    assert read(region, "leonie", f"programmes/{NORTH}/outcomes")["people"] == 2 * len(Benefit)


def test_groningen_has_learning_as_a_goal_beside_paid_work(region: DemoRegion) -> None:
    found = read(region, "leonie", f"programmes/{NORTH}/outcomes")
    rungs = by(found["participation"]["rungs"], "rung")
    assert (rungs["education"], rungs["paid"]) == ((11, 50.0), (0, 0.0))
    told = sentences(entries(region, "ivo", IVO))
    assert "Je wilt graag een opleiding, betaald werk" in told
    assert "Begonnen met een opleiding: mbo logistiek" in told


def test_groningen_is_one_timeline_for_a_team_of_three_organisations(region: DemoRegion) -> None:
    formed = "Het team is gevormd met GGZ De Beemden, Gemeente Haaren, UWV Brabant"
    whole = [each["id"] for each in entries(region, "ivo", IVO)]
    for persona, at in (("ria", "GGZ De Beemden"), ("bas", "GGZ De Beemden"),
                        ("jo", "Gemeente Haaren"), ("wil", "UWV Brabant")):  # fmt: skip
        assert read(region, persona, "me")["organisation_name"] == at
        seen = entries(region, persona, IVO)
        assert seen, persona
        theirs = {each["id"] for each in seen}
        assert [each["id"] for each in seen] == [each for each in whole if each in theirs], persona
    for persona in ("ivo", "ria", "bas"):
        assert formed in sentences(entries(region, persona, IVO)), persona


def test_groningen_has_the_employer_at_the_table_for_the_own_job(region: DemoRegion) -> None:
    seen = entries(region, "wim", TOM)
    own = [each for each in seen if (each["by"] or {}).get("name") == "Wim Jacobs"]
    assert sentences(own) == ["Afgesproken op het werk (werktijden): begint om tien uur"]
    (job,) = the(seen, "job.started.v1")
    assert job["fields"]["title"] == "fietskoerier"
    (visit,) = the(seen, "appointment.made.v1")
    assert (visit["fields"]["place"], visit["text"]) == ("kantine", {})
    employers = {each["fields"]["employer"] for each in seen if "employer" in each["fields"]}
    assert len(employers) == 1
    for category in ("H", "I", "J"):
        assert entries(region, "tom", TOM, categories=category), (
            "there is something to keep from him"
        )
    assert {each["category"] for each in seen}.isdisjoint("HIJ")


# Eigen Kracht: her order, her circle, their plans.


@pytest.mark.parametrize("persona", ["noor", "mo"])
def test_eigen_kracht_has_39_of_50_actions_done_and_7_of_9(
    region: DemoRegion, persona: str
) -> None:
    found = read(region, persona, of(NOOR, "/eigen-kracht"))
    first, *others = found["plans"]
    assert first["completion"] == {"done": 7, "of": 9, "percent": 77.8}
    assert [(each["completion"]["done"], each["completion"]["of"]) for each in others] == [
        *((11, 14), (10, 12), (11, 14), (0, 1))
    ]
    assert found["completion"] == {"done": 39, "of": 50, "percent": 78.0}
    stands = Counter(each["status"] for plan in found["plans"] for each in plan["actions"])
    assert stands == {"done": 39, "dropped": 3, "open": 8}, "what was dropped is counted in the 50"


def test_eigen_kracht_puts_debts_first_then_connection_and_free_time(region: DemoRegion) -> None:
    found = read(region, "noor", of(NOOR, "/eigen-kracht"))
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


def test_eigen_kracht_is_the_circle_that_she_asked(region: DemoRegion) -> None:
    told = the(entries(region, "noor", NOOR), "network.invited.v1")
    assert Counter(each["fields"]["relation"] for each in told) == {
        "family": 2,
        "sibling": 1,
        "friend": 2,
        "neighbour": 1,
    }
    plans = read(region, "noor", of(NOOR, "/eigen-kracht"))["plans"]
    owners = {each["entry"]["fields"]["person"] for plan in plans for each in plan["actions"]}
    assert len(owners) == 7, "the six of them, and she herself"
    own = read(region, "sem", of(NOOR, "/eigen-kracht"))
    taken = {each["entry"]["fields"]["person"] for plan in own["plans"] for each in plan["actions"]}
    assert len(taken) == 1
    assert sum(len(plan["actions"]) for plan in own["plans"]) == 7


def test_eigen_kracht_ends_what_the_coordinator_reads_with_the_call(region: DemoRegion) -> None:
    (call,) = the(entries(region, "noor", NOOR), "ek.four_week_call.v1")
    assert call["by"]["name"] == "Hanna Vis"
    missing = ask(region, "hanna", of(uuid4()))
    for what in ("", "/timeline", "/eigen-kracht"):
        answer = ask(region, "hanna", of(NOOR, what))
        assert (answer.status_code, answer.content) == (404, missing.content), what
    assert read(region, "mo", of(NOOR, "/eigen-kracht"))["plans"], (
        "who was asked again does read it"
    )


def test_eigen_kracht_is_told_of_by_the_client_and_by_the_labour_expert(region: DemoRegion) -> None:
    told = the(entries(region, "noor", NOOR), "experience.given.v1")
    assert {each["by"]["name"]: each["sentence"] for each in told} == {
        "Noor Bakker": (
            "Vertelde hoe het was (het Eigen Kracht-plan); gehoord: ja; begrepen: ja; geholpen: ja"
        ),
        "Wil Maas": "Vertelde hoe het was (het Eigen Kracht-plan); begrepen: ja; geholpen: ja",
    }
