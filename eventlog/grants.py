"""Which rights an entry begins or ends; the rows of log.grants are the fold of these."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from operator import attrgetter
from typing import LiteralString, NamedTuple
from uuid import UUID

import orjson

from domain.corrections import Correction
from domain.events import BY_TYPE
from domain.events.base import Event, Grant, GrantEnd
from domain.events.correction import EntryUndone
from domain.events.programme import ProgrammeFounded
from eventlog.entry import Entry, StoredNotification
from eventlog.log import GRANTS, Given, Log, grants
from eventlog.problems import TooNew, Unavailable, Unreadable

Right = Grant | GrantEnd

EDITION = 2
"""Goes up by one when what entries give changes: the log of a kept folder is folded anew then."""

_PART = 2_000
_TRIES = 5
_EDITION: LiteralString = "SELECT max(edition) FROM log.rights"
_REFILL: LiteralString = "SELECT log.refill(%s::json, %s, %s)"
_GIVING = [
    kind.TYPE
    for kind in BY_TYPE.values()
    if kind.grants is not Event.grants or issubclass(kind, Correction)
]
_TABLE: LiteralString = f"""
SELECT (SELECT max(notification_id) FROM log.entry), ({GRANTS})"""


def rights(event: Event, stream: UUID, history: Callable[[], Sequence[Entry]]) -> Sequence[Right]:
    """Give the rights that change with an event about to be appended to a stream.

    A correction (of the day on which work ended, say) gives those of the better body anew, unless
    a later entry of `history()` has decided on them since. What is taken back leaves the rights as
    the other entries give them.
    """
    if isinstance(event, EntryUndone):
        return [*event.grants(stream), *_taken_back(event.target, history())]
    if not isinstance(event, Correction):
        return event.grants(stream)
    better = BY_TYPE[event.target_type].model_validate(event.body).grants(stream)
    if not better:
        return []
    last = {right.key: e.event_id for e in history() for right in _of(e)}
    return [right for right in better if last.get(right.key) == event.target]


def _taken_back(target: UUID, history: Sequence[Entry]) -> Iterator[Right]:
    """Give the rights that an entry changed as they are without it."""
    last = {right.key: right for e in history if e.event_id != target for right in _of(e)}
    for each in (right for e in history if e.event_id == target for right in _of(e)):
        yield last.get(each.key, GrantEnd(each.stream, each.key))


def refold(entries: Iterable[Entry]) -> dict[tuple[UUID, str], Grant]:
    """Fold entries, corrections resolved, in the order of the log into the rows they should give.

    For comparing with the table. Entries of which the key was destroyed give nothing.
    """
    rows: dict[tuple[UUID, str], Grant] = {}
    for entry in entries:
        for right in _of(entry):
            if isinstance(right, Grant):
                rows[right.stream, right.key] = right
            else:
                rows.pop((right.stream, right.key), None)
    return rows


class Drift(NamedTuple):
    """How the rows of log.grants differ from what the log folds to, up to a position."""

    upto: int
    changes: list[Right]
    """What would make them the same; nothing for a stream that cannot be folded."""
    damaged: set[UUID]
    """Streams that do not open. One of which a key was destroyed cannot be told about."""


def drift(log: Log) -> Drift:
    """Fold all that gives or ends a right, and compare it with the table."""
    end, text = log.entries_recorder.rows(_TABLE, ())[0]  # as of one moment
    kept = {(each.stream, each.key): each for each in grants(Given(text or "[]"))}
    entries: list[Entry] = []
    damaged: set[UUID] = set()
    for stream, stored in _giving(log, end or 0).items():
        try:
            entries += log.entry_mapper.entries(stored)
        except Unreadable:
            damaged.add(stream)
    unknown = damaged | {entry.stream for entry in entries if entry.body is None}
    folded = refold(sorted(entries, key=attrgetter("position")))
    changes = [
        folded.get(place) or GrantEnd(*place)
        for place in sorted(kept.keys() | folded.keys())
        if place[0] not in unknown and kept.get(place) != folded.get(place)
    ]
    return Drift(end or 0, changes, damaged)


def astray(log: Log) -> list[UUID]:
    """Name the streams whose rows are not what the log folds to, or that do not open."""
    found = drift(log)
    return sorted({right.stream for right in found.changes} | found.damaged)


def bring_up(log: Log) -> int:
    """Fold the log anew when the table is of an older EDITION; gives how many rows changed.

    Raises TooNew when a newer version folded it, Unavailable when others keep appending.
    """
    for _ in range(_TRIES):
        edition = log.entries_recorder.rows(_EDITION, ())[0][0] or 0
        if edition > EDITION:
            msg = "a newer version gave the rights"
            raise TooNew(msg)
        if edition == EDITION:
            return 0
        found = drift(log)
        changes = orjson.dumps([{"unit": 1, **right._asdict()} for right in found.changes]).decode()
        if log.entries_recorder.rows(_REFILL, (changes, found.upto, EDITION))[0][0]:
            return len(found.changes)
    msg = "others keep appending"
    raise Unavailable(msg)


def _giving(log: Log, end: int) -> dict[UUID, list[StoredNotification]]:
    """Read the entries that give or end rights, and corrections, by stream."""
    streams: dict[UUID, list[StoredNotification]] = {}
    after = 0
    while part := log.recorder.select_notifications(
        after, _PART, end, _GIVING, inclusive_of_start=False
    ):
        for each in part:
            streams.setdefault(each.originator_id, []).append(each)  # type: ignore[arg-type]
        after = part[-1].id
    return streams


def _of(entry: Entry) -> Sequence[Right]:
    body = entry.body
    if isinstance(body, ProgrammeFounded) and body.organisation is None:
        # Once it could be left out; then it was that of who founded it.
        body = body.model_copy(update={"organisation": entry.header.organisation})
    return () if body is None else body.grants(entry.stream)
