"""What is new for somebody on a timeline: recorded after they last saw its first page.

Up to where somebody has seen it is told to nobody else, and goes with what ties them to the file.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple
from uuid import UUID

from api.reading.gate import Access
from api.wiring import Services

_MODEL = "timeline"


class Newness(NamedTuple):
    """Positions of the log: up to where it was seen before, and up to where it is shown now."""

    since: int | None
    """None for who never saw it: then nothing stands out."""
    upto: int


def newness(services: Services, access: Access) -> Newness:
    """Find both, before the page is read: what is taken in meanwhile is new the next time too."""
    upto = services.views.positions().get(_MODEL, 0)
    if access.within is not None:
        return Newness(None, upto)
    role = access.role.value
    return Newness(services.desk.seen(access.person, role, access.trajectory), upto)


def newer(
    services: Services, access: Access, found: Newness, entries: Sequence[UUID]
) -> frozenset[UUID]:
    """Name those of the entries shown that others recorded since, to set them apart."""
    if found.since is None or found.since >= found.upto:
        return frozenset()
    return services.desk.newer(access.person, access.trajectory, found.since, entries)


def move_on(services: Services, access: Access, found: Newness) -> None:
    """Note that the first page was shown; looking through somebody else's eyes moves nothing."""
    if access.within is None:
        services.desk.move_on(
            access.person, access.role.value, access.trajectory, found.upto, services.now()
        )
