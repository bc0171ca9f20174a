"""Says what keeps people from seeing what was recorded: the key, or read models far behind."""

from __future__ import annotations

from api.wiring import Services
from eventlog.problems import KeyProblem

SECONDS_BEHIND = 30.0
"""From then on a page shows too little to be of use."""


def readiness(services: Services) -> list[str]:
    """Name the parts that are not ready; no counts and no reasons."""
    try:
        services.log.check_key()
        found = services.views.status()
    except KeyProblem:
        return ["master key"]
    except Exception:  # noqa: BLE001 - whatever it is, it is not ready
        return ["read models"]
    if all(each.made and each.behind_seconds < SECONDS_BEHIND for each in found):
        return []
    return ["read models"]
