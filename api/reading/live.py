"""What the page of a trajectory shows one reader, as a fingerprint: for saying that it changed."""

from __future__ import annotations

from typing import Any

from api.reading.gate import Access
from api.reading.moment import NOW
from api.reading.state import stand_for, state
from api.reading.support import PROMISED, support_in
from api.reading.timeline import timeline, trail_in
from api.replies import page_of
from api.wiring import Services


def as_shown(services: Services, access: Access) -> str:
    """Give a fingerprint of what somebody who was let in is shown now, whatever they may not see.

    It is made of the answers themselves: a mark of the file moves with what they may not see too.
    The last line of the account stands for the entries of further pages, which corrections reach.
    """
    content: list[Any] = [
        timeline(services, access, at=NOW),
        trail_in(services, access, limit=1)["entries"],
        state(services, stand_for(services, access, NOW)),
    ]
    if access.sees_all(*PROMISED):
        content.append(support_in(services, access, NOW))
    return page_of(services, access.asking, access.ground(), content).tag.strip('"')
