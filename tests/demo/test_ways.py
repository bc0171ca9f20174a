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
    counted = {each["result"]: each["people"] for each in found["once"]["results"]}
    assert counted["paid_work"] == 23
    assert counted["volunteering"] == 5
    assert counted["moved"] == 2
    assert counted["still_guided"] + counted["closed"] == 20
    assert found["talks"]["months"]


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
    assert "gaf een training" in str(gaps)


def test_groningen_is_three_organisations_around_a_wish_to_learn(demo: DemoRegion) -> None:
    told = sentences(demo, IVO)
    assert "Het team is gevormd met GGZ De Beemden, Gemeente Haaren, UWV Brabant" in told
    assert "Begonnen met een opleiding: mbo logistiek" in told


def test_eigen_kracht_is_noors_circle_and_what_it_did(demo: DemoRegion) -> None:
    for persona in ("noor", "mo"):
        plan = read(demo, persona, f"trajectories/{trajectory_of(NOOR)}/eigen-kracht")
        assert "Hoe komt er rust in het geld?" in str(plan)
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
    rungs = {each["rung"]: each["people"] for each in found["participation"]["rungs"]}
    assert rungs["paid"] == found["ips"]["working"]["people"] == 3
    assert (rungs["informal_care"], rungs["activity"], rungs["own_care"]) == (1, 1, 1)
    assert found["participation"]["several"]["people"] >= 2
