"""Who reads what stands beside trajectories: the directory, programmes, totals, and the copy."""

from __future__ import annotations

from typing import Any

from domain.roles import Role
from tests.api.scene import Eyes, Scene

COACHES, LEADS = frozenset({"coach", "stranger"}), frozenset({"lead", "stands in"})
PROFESSIONALS = COACHES | {"carer", "doctor", "broker", "manager", "ek", "adviser", "expert"}


def outside(scene: Scene) -> dict[str, frozenset[str]]:
    """Say who reads what stands beside trajectories, by its address.

    Everybody but the doctor is of one organisation. Of a person there is the name: see
    test_names_and_places.
    """
    knows = PROFESSIONALS | LEADS | {"client"}
    who = {
        str(scene.region.bakery): knows | {"boss"},
        str(scene.programme): COACHES | LEADS | {"carer", "officer", "admin"},
        str(scene.group): COACHES | {"peer"},
        str(scene.region.world.organisation): knows | {"officer", "admin"},
    }
    return {f"directory/{each}": names for each, names in who.items()}


def totals(scene: Scene) -> dict[str, frozenset[str]]:
    """Say who reads the totals of the programme."""
    return {f"programmes/{scene.programme}/outcomes": COACHES | LEADS | {"auditor"}}


def copies(scene: Scene) -> dict[str, frozenset[str]]:
    """Say who has the copy of the file: the client alone."""
    return {f"trajectories/{scene.trajectory}/copy": frozenset({"client"})}


def looks(scene: Scene) -> dict[str, frozenset[str]]:
    """Say who reads who looked (7.5, R): the client, who guards it, who audits, who was invited."""
    invited = {"friend", "onlooker", "floor"}
    return {f"trajectories/{scene.trajectory}/access": invited | {"client", "officer", "auditor"}}


def check_looks(eyes: Eyes, content: Any) -> None:
    """Check who looked, as R says: one's own looks, or in a sample those of nobody by name."""
    found = [each for day in content["days"] for each in day["looks"]]
    role, names = eyes.actor.role, {each["who"] for each in found}
    assert found, "one's own, if no other"
    if role in {Role.NETWORK_MEMBER, Role.PEER_WORKER}:
        assert {each["role"] for each in found} == {role.value}
        assert (len(names), content["emergencies"]) == (1, [])
    if role is Role.AUDITOR:
        assert names.isdisjoint({"Sam de Wit", "Jo Aarts", "Kim Jansen", "Noor van den Berg"})
