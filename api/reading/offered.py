"""Offers who came back what they told before, so that it is not asked again (reference 4)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from api.reading.gate import Access
from api.reading.opening import Shown
from domain.language import Text
from domain.policy import may_record
from domain.roles import Role
from domain.rules.base import Command
from domain.rules.profile import WriteProfile

WRITES: type[Command] = WriteProfile
"""Who may do this is whom it is offered to."""
BACK = "reentry"
TOLD = ("wish", "profile", "preferences")
"""What somebody told about what they want and can do, by the slot in which it stands."""
_TO_CLIENT = Text(
    "Dit heb je eerder verteld. Klopt het nog? Dan hoef je niets opnieuw te vertellen.",
    "This is what you told before. Does it still hold? Then there is nothing to tell again.",
)
_TO_COACH = Text(
    "Dit is eerder verteld. Lees het samen door, en vraag het niet opnieuw.",
    "This was told before. Go through it together, and do not ask it again.",
)


def offered(access: Access, slots: Iterable[tuple[str, Shown]]) -> dict[str, Any]:
    """Name what still stands from before coming back, to who writes it; nothing to others.

    What was written since is not offered: that is how it is now.
    """
    held = dict(slots)
    back = held.get(BACK)
    if back is None or not may_record(access.sight.relation, WRITES):
        return {}
    kept = [slot for slot in TOLD if slot in held and held[slot].row.position < back.row.position]
    if not kept:
        return {}
    told = _TO_CLIENT if access.role is Role.CLIENT else _TO_COACH
    return {"offered": {"told": told.to(access.asking.language), "slots": kept}}
