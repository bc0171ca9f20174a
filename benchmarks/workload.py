"""The workload in one place: the same bytes for every peer, and the same as commands of ours."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, timedelta
from uuid import NAMESPACE_OID, UUID, uuid5

EVENTS_PER_TRAJECTORY = 60
_WORDS = [
    *("traject", "overleg", "werkgever", "begeleiding", "afspraak", "client", "contact"),
    *("plaatsing", "zorg", "team", "netwerk", "doel", "steun", "week", "uren", "taak"),
    *("vertrouwen", "evaluatie", "vervolg", "gesprek"),
]
_RANDOM = random.Random(7)
NOTES = [" ".join(_RANDOM.choices(_WORDS, k=17))[:120] for _ in range(512)]


def stream(number: int) -> UUID:
    """Name the stream of a trajectory."""
    return uuid5(NAMESPACE_OID, f"trajectory-{number}")


def body(trajectory: int, k: int) -> dict[str, object]:
    """Event k of a trajectory for the peers: about 350 bytes of JSON."""
    n = trajectory * 61 + k
    return {
        "actor": ["job_coach", "care_worker", "employer", "client", "network"][n % 5],
        "actor_id": str(uuid5(NAMESPACE_OID, f"actor-{n % 40}")),
        "at": f"2026-{1 + k % 12:02d}-{1 + n % 28:02d}T{n % 24:02d}:{n % 60:02d}:00Z",
        "phase": ["intake", "search", "matching", "placed", "supported", "closed"][min(5, k // 10)],
        "hours": n % 40,
        "shared_with": ["care", "coach", "client"],
        "decision": "trust",
        "reason_code": f"R{n % 90 + 10}",
        "note": NOTES[n % len(NOTES)],
    }


def interleaved(events: int, per: int = EVENTS_PER_TRAJECTORY) -> Iterator[tuple[int, int]]:
    """Give (trajectory, k) in the order of the log: event k of each before event k+1 of any."""
    trajectories = max(1, events // per)
    for number in range(events):
        yield number % trajectories, number // trajectories


def day(k: int) -> date:
    """Give the day on which event k happened, in a year that is past."""
    return date(2025, 1, 1) + timedelta(days=k % 360)
