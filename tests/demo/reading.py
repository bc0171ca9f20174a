"""Reading the demo region over the API, as one of its people."""

from __future__ import annotations

from functools import cache
from typing import Any
from uuid import UUID

from starlette.testclient import TestClient

from api.demo.people import Somebody, trajectory_of
from tests.demo.region import DemoRegion

Read = dict[str, Any]


@cache
def browser(region: DemoRegion, persona: str) -> TestClient:
    return region.browser(persona)


def ask(region: DemoRegion, persona: str, address: str, **asked: str) -> Any:
    return browser(region, persona).get(f"/api/v1/{address}", params=asked)


def read(region: DemoRegion, persona: str, address: str, **asked: str) -> Read:
    answer = ask(region, persona, address, **asked)
    assert answer.status_code == 200, answer.text
    found: Read = answer.json()
    return found


def of(client: Somebody | UUID, what: str = "") -> str:
    return f"trajectories/{client if isinstance(client, UUID) else trajectory_of(client)}{what}"


def entries(region: DemoRegion, persona: str, client: Somebody | UUID, **asked: str) -> list[Read]:
    """Read a whole timeline, the newest first."""
    found: list[Read] = []
    page: Read = {"next": None}
    while True:
        more = {"limit": "100"} | asked | ({"cursor": page["next"]} if page["next"] else {})
        page = read(region, persona, of(client, "/timeline"), **more)
        found += page["entries"]
        if not page["next"]:
            return found


def sentences(told: list[Read]) -> list[str]:
    return [each["sentence"] for each in told]


def the(told: list[Read], kind: str) -> list[Read]:
    return [each for each in told if each["type"] == kind]
