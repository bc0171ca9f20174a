"""What the page of a trajectory shows one reader, with a fingerprint to tell that it changed."""

from __future__ import annotations

from typing import Any, NamedTuple

from api.reading.gate import Access
from api.reading.moment import NOW
from api.reading.opening import Shown
from api.reading.state import stand_for, state
from api.reading.support import PROMISED, support_in
from api.reading.timeline import page_of, trail
from api.replies import page_of as reply
from api.wiring import Services

PAGE = 40
"""Entries on one page."""


class Content(NamedTuple):
    """What the page of a trajectory shows one reader, as the API answers it."""

    timeline: dict[str, Any]
    state: dict[str, Any]
    support: dict[str, Any] | None
    """How the support stands; None to who may not see all that it follows from."""
    shown: list[Shown]
    """The entries of the timeline as they were opened for this reader."""


def content(
    services: Services, access: Access, *, cursor: str | None = None, lane: str | None = None
) -> Content:
    """Read what somebody who was let in is shown now: the newest entries, or those after a cursor.

    Raises Problem for a cursor that is none.
    """
    page = page_of(services, access, at=NOW, limit=PAGE, cursor=cursor, lane=lane)
    return Content(
        page.told,
        state(services, stand_for(services, access, NOW)),
        support_in(services, access, NOW) if access.sees_all(*PROMISED) else None,
        page.shown,
    )


def as_shown(services: Services, access: Access, found: Content) -> str:
    """Give a fingerprint of the first page of all lanes: it moves when that reader would see it.

    It is made of the answers themselves: a mark of the file moves with what they may not see too.
    The last line of the account stands for the entries of further pages, which corrections reach.
    """
    last = next(trail(services, access, 1), None)
    account = last and (last[0].event_id, last[1].fields)
    told = [found.timeline, found.state, found.support, account]
    return reply(services, access.asking, access.ground(), told).tag.strip('"')
