"""Says which read models are too far behind to show people what was recorded."""

from __future__ import annotations

from api.wiring import Services

SECONDS_BEHIND = 30.0
"""From then on a page shows too little to be of use."""


def readiness(services: Services) -> list[str]:
    """Name the parts that are not ready; no counts and no reasons."""
    try:
        found = services.views.status()
    except Exception:  # noqa: BLE001 - whatever it is, it is not ready
        return ["read models"]
    if all(each.made and each.behind_seconds < SECONDS_BEHIND for each in found):
        return []
    return ["read models"]
