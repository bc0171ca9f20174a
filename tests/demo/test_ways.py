"""The five ways of working are each to be found in the demo region."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from api.demo.people import (
    ELS,
    GROUP,
    IVO,
    NOOR,
    PROGRAMME,
    SAMIR,
    TOM,
    VILLAGE,
    Somebody,
    trajectory_of,
)
from tests.demo.region import DemoRegion
from tests.stories.cohort import by


@pytest.fixture(scope="module")
def demo(module_database: Callable[..., str]) -> Iterator[DemoRegion]:
    made = DemoRegion(module_database)
    yield made
    made.close()


def read(demo: DemoRegion, persona: str, address: str, **asked: str) -> dict[str, Any]:
    answer = demo.browser(persona).get(f"/api/v1/{address}", params=asked)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def sentences(demo: DemoRegion, client: Somebody) -> str:
    address = f"trajectories/{trajectory_of(client)}/timeline"
    found: list[str] = []
    page: dict[str, Any] = {"next": None}
    while True:
        asked = {"limit": "100"} | ({"cursor": page["next"]} if page["next"] else {})
        page = read(demo, client.key, address, **asked)
        found += [each["sentence"] for each in page["entries"]]
        if not page["next"]:
            return "\n".join(found)


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


def test_haaren_names_with_whom_a_promised_talk_was_not_held(demo: DemoRegion) -> None:
    """The book moves along with today, and its months with it: what was held is counted here."""
    talks = read(demo, "ria", f"programmes/{VILLAGE}/outcomes")["talks"]
    assert all(each["promised"] == 2 * each["people"] for each in talks["months"])
    last = talks["months"][-1]
    assert last["people"] > 40
    assert 0 < len(talks["missing"]) <= last["missing"], "those of Ria, of all"
    for each in talks["missing"]:
        asked = {"limit": "100", "categories": "H"}
        address = f"trajectories/{each['trajectory']}/timeline"
        held = [
            contact
            for contact in read(demo, "ria", address, **asked)["entries"]
            if contact["occurred_on"].startswith(last["month"])
            and contact["type"] == "support.contact.v1"
            and contact["fields"]["with_whom"] in {"client", "both"}
        ]
        assert (each["promised"], each["held"]) == (2, len(held)), each["name"]
        assert len(held) < 2


def test_the_auditor_reads_the_same_without_the_small_numbers(demo: DemoRegion) -> None:
    found = read(demo, "kim", f"programmes/{VILLAGE}/outcomes")
    moved = next(each for each in found["once"]["results"] if each["result"] == "moved")
    assert (found["people"], moved["people"]) == (50, None)


def test_leiden_is_the_group_that_trains_itself(demo: DemoRegion) -> None:
    found = str(read(demo, "samir-groep", f"directory/{GROUP}"))
    assert "peer.training_given.v1" in found
    assert "sollicitatiegesprekken" in found
    assert "Ik sta weer om acht uur op." not in found
    gaps = read(demo, "samir", f"trajectories/{trajectory_of(SAMIR)}/cv-gap")["gaps"]
    (gap,) = gaps
    assert (gap["years"], gap["until"]) == (5, None), "five years of WAO, and it goes on"
    done = [each["sentence"] for each in gap["done"]]
    assert sum(each.startswith("Training: ") for each in done) == 1
    assert done.count("Een stap gezet") == 2


def test_groningen_is_three_organisations_around_a_wish_to_learn(demo: DemoRegion) -> None:
    told = sentences(demo, IVO)
    assert "Het team is gevormd met GGZ De Beemden, Gemeente Haaren, UWV Brabant" in told
    assert "Begonnen met een opleiding: mbo logistiek" in told


def test_eigen_kracht_is_noors_circle_and_what_it_did(demo: DemoRegion) -> None:
    for persona in ("noor", "mo"):
        plan = read(demo, persona, f"trajectories/{trajectory_of(NOOR)}/eigen-kracht")
        assert "Hoe komt er rust in het geld?" in str(plan)
        assert [each["completion"] for each in plan["plans"]] == [
            {"done": 3, "of": 4, "percent": 75.0},  # what was dropped stays in the count
            {"done": 0, "of": 1, "percent": 0.0},
        ]
        assert plan["completion"] == {"done": 3, "of": 5, "percent": 60.0}
    assert "Kwestie" in sentences(demo, NOOR) or "schulden" in sentences(demo, NOOR)


def test_laborijn_is_what_goes_on_beside_work_and_choices_made_on_trust(demo: DemoRegion) -> None:
    told = sentences(demo, ELS)
    assert "Begonnen met sport: wandelclub" in told
    assert "Geeft mantelzorg, 6 uur per week" in told
    told = sentences(demo, TOM)
    for part in ("Meeloopdag afgesproken", "werkmakelaar", "Het zorgteam"):
        assert (part in told) is (part != "Het zorgteam"), part
    types = str(read(demo, "tom", f"trajectories/{trajectory_of(TOM)}/timeline"))
    assert "finding.replied.v1" in types
    paid = read(demo, "ria", f"trajectories/{trajectory_of(TOM)}/fundings")["fundings"]
    assert "de steun loopt door" in str(paid)


def test_a_programme_counts_its_people_on_both_ladders(demo: DemoRegion) -> None:
    found = read(demo, "leonie", f"programmes/{PROGRAMME}/outcomes")
    assert found["people"] == 5
    assert by(found["participation"]["rungs"], "rung") == {
        "paid": (3, 60.0),
        "sheltered": (0, 0.0),
        "volunteering": (1, 20.0),
        "informal_care": (1, 20.0),
        "education": (2, 40.0),
        "language": (0, 0.0),
        "activity": (1, 20.0),
        "own_care": (1, 20.0),
        "moved": (1, 20.0),
    }
    assert found["participation"]["several"] == {"people": 3, "percent": 60.0}
    assert found["participation"]["none"] == {"people": 1, "percent": 20.0}
    assert found["ips"]["working"] == {"people": 3, "percent": 60.0}


def test_laborijn_counts_who_is_off_benefit_and_who_works_part_time_once(demo: DemoRegion) -> None:
    income = read(demo, "leonie", f"programmes/{PROGRAMME}/outcomes")["income"]
    assert income["off_benefit"] == {"people": 1, "percent": 20.0}
    assert income["part_time"] == {"people": 3, "percent": 60.0}
    assert income["both"] == {"people": 1, "percent": 20.0}
    assert income["neither"] == {"people": 2, "percent": 40.0}, "not 5 - 1 - 3"
