"""Every address of the API that gives something, with what it asks for."""

from __future__ import annotations

from collections.abc import Collection
from functools import lru_cache
from typing import Any

from api.openapi import described
from domain.events.placement import JobStarted
from domain.events.setback import SetbackSignalled
from domain.events.trust import TrustDecisionRecorded
from domain.events.wellbeing import WellbeingScored
from domain.roles import Role
from tests.api.elsewhere import outside
from tests.api.marked import DAY
from tests.api.region import Region
from tests.api.scene import Scene

SEEN_AS = {
    Role.NETWORK_MEMBER: "friend",
    Role.EMPLOYER: "boss",
    Role.JOB_COACH: "coach",
    Role.CARE_WORKER: "carer",
}
"""Through whose eyes is looked, in which role."""


def reads(scene: Scene) -> list[tuple[str, dict[str, str]]]:
    """Give every GET of the API with what it asks for: each id is of something that is there."""
    paths = _described(scene.region)
    found: list[tuple[str, dict[str, str]]] = []
    for path, operations in sorted(paths.items()):
        if "get" not in operations or not path.startswith("/api/v1/") or "openapi" in path:
            continue
        at = path.removeprefix("/api/v1/")
        by = {each["name"] for each in operations["get"].get("parameters", ())}
        found += [
            (at.format(**ids), params)
            for ids in _ids(scene, at)
            for params in (*_asks(scene, at), *_narrowed(scene, by))
        ]
    return found


@lru_cache(maxsize=1)
def _described(region: Region) -> dict[str, Any]:
    """Describe the addresses, once for all walks over them."""
    paths: dict[str, Any] = described(region.app)["paths"]
    return paths


def _narrowed(scene: Scene, by: Collection[str]) -> list[dict[str, str]]:
    """Ask for a part only, along each way that the address has: each is another way to be told."""
    known = {"known_at": then(scene), "categories": "E,F,H,J"}
    happened = {"happened_until": DAY.isoformat(), "lane": "care"}
    ways = [{name: way[name] for name in way if name in by} for way in (known, happened)]
    return [{**way, **({"limit": "100"} if "cursor" in by else {})} for way in ways if way]


def then(scene: Scene) -> str:
    """Give a moment at which two thirds of the trajectory were recorded."""
    here = [each for each in scene.entries() if each.stream == scene.trajectory]
    return str(here[len(here) * 2 // 3].recorded_at.isoformat())


def _ids(scene: Scene, path: str) -> list[dict[str, str]]:
    if path.startswith("programmes/"):
        return [{"id": str(scene.programme)}]
    if path.startswith("directory/{id}"):
        beside = [each.partition("/")[2] for each in outside(scene)]
        return [{"id": each} for each in (str(scene.region.client.person), *beside)]
    ids = {"id": str(scene.trajectory), "decision": str(scene.decision)}
    if "{entry}" not in path:
        return [ids]
    types = {each.type: str(each.event_id) for each in reversed(scene.entries())}
    of = (JobStarted, TrustDecisionRecorded, SetbackSignalled, WellbeingScored)
    return [{**ids, "entry": types[each.TYPE]} for each in of]


def _asks(scene: Scene, path: str) -> list[dict[str, str]]:
    if not path.endswith("/see-as"):
        return [{}]
    through = {each: scene.eyes[name].actor.person for each, name in SEEN_AS.items()}
    through[Role.EMPLOYER] = scene.region.bakery
    return [{"person": str(who), "role": each.value} for each, who in through.items()]
