"""The timeline and the audit trail of a trajectory, a page at a time, as one reader sees them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from itertools import islice
from typing import Any, NamedTuple
from uuid import UUID

import orjson

from api.reading.asking import Asking
from api.reading.gate import Access, admit
from api.reading.moment import NOW, Moment, known, read_with, refuse, seen
from api.reading.opening import Shown, opened, sees_correction, visible
from api.reading.showing import rendered, roles_in
from api.wiring import Services
from domain.events.base import Category
from eventlog.entry import Entry
from projections.audit_trail import ALWAYS, Recorded, Within
from projections.entries import Row, Scope

MOST = 100
_LETTERS = frozenset(each.value for each in Category)


class Page(NamedTuple):
    """A page of what happened, the last first."""

    told: dict[str, Any]
    """As it is answered."""
    shown: list[Shown]
    """The same entries as they were opened for their reader."""


def timeline(  # noqa: PLR0913 - what a page of it can be asked by
    services: Services,
    access: Access,
    *,
    at: Moment,
    limit: int = 60,
    cursor: str | None = None,
    lane: str | None = None,
    categories: frozenset[str] | None = None,
) -> dict[str, Any]:
    """Give a page of what happened, the last first; raises Problem."""
    return page_of(
        services, access, at=at, limit=limit, cursor=cursor, lane=lane, categories=categories
    ).told


def page_of(  # noqa: PLR0913 - as above
    services: Services,
    access: Access,
    *,
    at: Moment,
    limit: int,
    cursor: str | None = None,
    lane: str | None = None,
    categories: frozenset[str] | None = None,
) -> Page:
    """Give the same with what it was told from: for this package alone."""
    trajectory = access.trajectory
    before = _before(services, access, "timeline", cursor)
    scope = _narrowed(access.scope, categories)
    by = None if lane is None else roles_in(access, lane)
    files = {each.trajectory: each for each in (access, *read_with(services, access, at))}
    now = services.now()
    whole = at.travels(now) or len(files) > 1
    logs = {file: known(services, file, at) for file in files if whole or not at.stays(now)}
    if whole:
        found = (shown for file in files for shown in seen(services, files[file], logs[file]))
        wanted = sorted((s for s in found if _asked(s.row, before, by, categories)), key=order)
        entries: Iterator[Shown] = reversed(wanted)
    else:

        def page(last: Row | None, size: int) -> list[Row]:
            after = before if last is None else (last.occurred_on, last.position)
            return services.views.timeline.page(
                trajectory,
                scope,
                limit=size,
                before=after,
                by=by,
                happened_until=at.happened_until,
            )

        entries = _filled(services, access, page, limit)
    shown = list(islice(entries, limit + 1))
    last = shown[limit - 1].row if len(shown) > limit else None
    told = {
        "trajectory": trajectory,
        "entries": _rendered(services, files, shown[:limit], {} if at.stays(now) else logs),
        "next": last
        and services.tokens.sealed(
            "timeline", access.person, [trajectory.hex, last.occurred_on.isoformat(), last.position]
        ),
    }
    return Page(told, shown[:limit])


def through(
    services: Services, access: Access, *, at: Moment = NOW, cursor: str | None = None
) -> Iterator[dict[str, Any]]:
    """Give it page after page, the last first, from a cursor on."""
    while True:
        page = timeline(services, access, at=at, limit=MOST, cursor=cursor)
        yield page
        cursor = page["next"]
        if cursor is None:
            return


def begins_before(services: Services, access: Access, day: date) -> str:
    """Give the cursor of the page that begins with what happened last before a day."""
    return services.tokens.sealed(
        "timeline", access.person, [access.trajectory.hex, day.isoformat(), 0]
    )


def all_of(services: Services, access: Access, categories: frozenset[str]) -> Iterator[Shown]:
    """Give all that the reader sees of these categories, the last first, not yet worded."""
    scope = _narrowed(access.scope, categories)

    def page(last: Row | None, size: int) -> list[Row]:
        before = None if last is None else (last.occurred_on, last.position)
        return services.views.timeline.page(access.trajectory, scope, limit=size, before=before)

    return _filled(services, access, page, MOST)


def _rendered(
    services: Services,
    files: Mapping[UUID, Access],
    shown: Sequence[Shown],
    then: Mapping[UUID, Sequence[Entry]],
) -> list[dict[str, Any]]:
    """Word entries, each by the rights on its own file; of several files it says which."""
    if len(files) == 1:
        ((file, access),) = files.items()
        return rendered(services, access, shown, then.get(file))
    worded = {
        entry["id"]: {**entry, "file": file}
        for file, access in files.items()
        for entry in rendered(
            services, access, [s for s in shown if s.row.stream == file], then.get(file)
        )
    }
    return [worded[each.row.event_id] for each in shown]


def audit_trail(  # noqa: PLR0913 - what a page of it can be asked by
    services: Services,
    asking: Asking,
    trajectory: UUID,
    *,
    limit: int = 60,
    cursor: str | None = None,
    recorded: Within = ALWAYS,
) -> tuple[Access, dict[str, Any]]:
    """Give a page of entries as they were recorded, with what the log hashes; raises Problem."""
    access = admit(services, asking, trajectory)
    before = _before(services, access, "audit_trail", cursor)
    position = None if before is None else before[1]
    told = trail_in(services, access, limit=limit, position=position, recorded=recorded)
    return access, {"trajectory": trajectory, **told}


def trail_in(  # noqa: PLR0913 - what a page of it can be asked by
    services: Services,
    access: Access,
    at: Moment = NOW,
    *,
    limit: int,
    position: int | None = None,
    recorded: Within = ALWAYS,
) -> dict[str, Any]:
    """Give a page of it, before a place in the log, to who was let in; always as it is now."""
    del at
    trajectory = access.trajectory
    found = list(islice(trail(services, access, limit, position, recorded), limit + 1))
    kept = found[:limit]
    last = kept[-1][0] if len(found) > limit else None
    return {
        "entries": [
            {**entry, "envelope": orjson.loads(each.envelope)}
            for entry, (each, _) in zip(as_recorded(services, access, kept), kept, strict=True)
        ],
        "next": last
        and services.tokens.sealed(
            "audit_trail", access.person, [trajectory.hex, date.min.isoformat(), last.position]
        ),
    }


def trail(
    services: Services,
    access: Access,
    limit: int,
    position: int | None = None,
    recorded: Within = ALWAYS,
) -> Iterator[tuple[Recorded, Shown]]:
    """Give what the asker sees as it was recorded, the last first, some rows at a time."""
    while True:
        page = services.views.audit_trail.page(
            access.trajectory, access.scope, limit=limit + 1, before=position, recorded=recorded
        )
        yield from _recorded(services, access, page)
        if len(page) <= limit:
            return
        position = page[-1].position


def versions(services: Services, access: Access, now: Shown) -> list[tuple[Recorded, Shown]]:
    """Give an entry and its corrections as they were recorded, the first first."""
    found: list[tuple[Recorded, Shown]] = []
    position = now.row.changed + 1
    while position > now.row.position:
        page = services.views.audit_trail.page(
            access.trajectory, access.scope, limit=MOST, before=position
        )
        about = [each for each in page if now.row.event_id in {each.event_id, each.corrects}]
        found += _recorded(services, access, about)
        position = page[-1].position if page else 0
    return found[::-1]


def as_recorded(
    services: Services, access: Access, found: Sequence[tuple[Recorded, Shown]]
) -> list[dict[str, Any]]:
    """Word entries as they were recorded, each with what it corrects and by what it was."""
    entries = rendered(services, access, [shown for _, shown in found])
    return [
        {
            **entry,
            "corrects": recorded.corrects,
            "corrected_by": recorded.corrected_by if sees_correction(access, shown.row) else None,
        }
        for entry, (recorded, shown) in zip(entries, found, strict=True)
    ]


def check_categories(categories: str | None) -> frozenset[str] | None:
    """Read the letters of categories; raises Problem."""
    if categories is None:
        return None
    wanted = frozenset(categories.split(","))
    if not wanted <= _LETTERS:
        ways = ", ".join(sorted(_LETTERS))
        raise refuse("categories", f"Kies uit: {ways}.", f"Choose from: {ways}.")
    return wanted


def _filled(
    services: Services,
    access: Access,
    page: Callable[[Row | None, int], list[Row]],
    limit: int,
) -> Iterator[Shown]:
    """Give what is visible, page after page: what is hidden leaves no gap."""
    last: Row | None = None
    while True:
        rows = page(last, limit + 1)
        yield from opened(services, access, rows)
        if len(rows) <= limit:
            return
        last = rows[-1]


def _recorded(
    services: Services, access: Access, page: list[Recorded]
) -> Iterator[tuple[Recorded, Shown]]:
    mapper = services.log.entry_mapper
    mapper.keys.load({each.key_id for each in page})
    for each in page:
        body = each.open(mapper)
        if body is None:
            continue
        placement = body.get("placement")
        row = Row(
            *each[:14],
            None if placement is None else UUID(placement),
            each.position,
            None,
            None,
            "",
            b"",
            each.event_id,
            each.key_id,
        )
        if (shown := visible(access, row, body)) is not None:
            yield each, shown


def _before(
    services: Services, access: Access, purpose: str, cursor: str | None
) -> tuple[date, int] | None:
    if cursor is None:
        return None
    found = services.tokens.opened(purpose, access.person, cursor)
    if found is None or found[0] != access.trajectory.hex:
        raise refuse(
            "cursor",
            "Deze plek is hier niet bekend. Begin opnieuw zonder cursor.",
            "This place is not known here. Begin again without a cursor.",
        )
    return date.fromisoformat(found[1]), found[2]


def _narrowed(scope: Scope, categories: frozenset[str] | None) -> Scope:
    if categories is None:
        return scope
    return scope._replace(
        categories=scope.categories & categories,
        own=scope.own & categories,
        job=scope.job & categories,
        by_sending=scope.by_sending & categories,
    )


def order(shown: Shown) -> tuple[date, int]:
    """Say where an entry stands: by the day it happened, and then by the log."""
    return shown.row.occurred_on, shown.row.position


def _asked(
    row: Row,
    before: tuple[date, int] | None,
    by: frozenset[Any] | None,
    categories: frozenset[str] | None,
) -> bool:
    return (
        (before is None or (row.occurred_on, row.position) < before)
        and (by is None or row.role in by)
        and (categories is None or row.category in categories)
    )
