"""Who reads what stands beside trajectories: the directory, programmes, totals, and the copy."""

from __future__ import annotations

from tests.api.scene import Scene

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
