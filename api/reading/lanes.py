"""Where the entries of a whole trajectory stand, by lane and day: for an overview without words."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from api.reading.gate import Access
from api.reading.live import Content
from api.reading.moment import NOW, read_with
from api.reading.opening import opened
from api.reading.showing import lane
from api.reading.timeline import MOST, order
from api.wiring import Services
from domain.policy import told_of_lanes
from domain.roles import ROLE_OF
from projections.entries import Row


class Mark(NamedTuple):
    """One entry: when it happened, in which lane it stands, and what sort of entry it is."""

    on: date
    lane: str
    type: str


def marks(
    services: Services, access: Access, since: date, begun: Content | None = None
) -> list[Mark]:
    """Give what the reader sees from a day on, also of other files of this person, last day first.

    `begun`: the first page, when that was read already. To whom lanes tell nothing there is
    nothing.
    """
    if not told_of_lanes(access.role):
        return []
    files = (access, *read_with(services, access, NOW))
    known = begun if len(files) == 1 else None  # a page of several files is no page of each
    found = (mark for file in files for mark in _of(services, file, since, known))
    return sorted(found, reverse=True)


def _of(services: Services, access: Access, since: date, begun: Content | None) -> Iterator[Mark]:
    before: tuple[date, int] | None = None
    if begun is not None:
        yield from (_mark(access, row) for row, _, _ in begun.shown if row.occurred_on >= since)
        if begun.timeline["next"] is None or begun.shown[-1].row.occurred_on < since:
            return
        before = order(begun.shown[-1])
    while True:
        rows = services.views.timeline.page(
            access.trajectory, access.scope, limit=MOST, before=before
        )
        recent = [each for each in rows if each.occurred_on >= since]
        yield from (_mark(access, row) for row, _, _ in opened(services, access, recent))
        if len(rows) < MOST or len(recent) < len(rows):
            return
        before = rows[-1].occurred_on, rows[-1].position


def _mark(access: Access, row: Row) -> Mark:
    return Mark(row.occurred_on, lane(access, ROLE_OF[row.role]), row.type)
