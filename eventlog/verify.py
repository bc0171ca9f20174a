"""Checks the log against itself: every hash, every header, and no version missing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC
from hashlib import sha256
from typing import LiteralString, NamedTuple
from uuid import UUID

import orjson

from domain.language import Text
from eventlog.entry import StoredNotification
from eventlog.grants import astray
from eventlog.log import Log

PART = 2_000
_GAPS: LiteralString = (
    "SELECT originator_id, count(*), max(originator_version) FROM log.entry"
    " WHERE notification_id <= %s GROUP BY originator_id"
    " HAVING count(*) <> max(originator_version)"
)


class Finding(NamedTuple):
    """Something that is not as it was written."""

    stream: UUID
    version: int
    what: Text


_HEADER = Text("de kop is veranderd", "the header was changed")
_PAYLOAD = Text("de inhoud is veranderd", "the contents were changed")
_ENVELOPE = Text("de envelop hoort bij een andere regel", "the envelope belongs to another entry")
_PLACE = Text("de kop noemt een andere plaats", "the header names another place")
_GAP = Text("er ontbreken versies", "versions are missing")
_RIGHTS = Text("een recht is anders dan het log zegt", "a right is not what the log says")
_UNREADABLE = Text("de envelop is niet te lezen", "the envelope cannot be read")


def verify(log: Log, progress: Callable[[int], None] = lambda _entries: None) -> Iterator[Finding]:
    """Check all that stands in the log now; what is found names places, never contents."""
    end, after = log.position(), 0
    while after < end:
        for entry in log.read(after, PART):
            after = entry.id
            progress(1)
            found = _wrong(entry) if after <= end else None
            if found is not None:
                yield Finding(entry.originator_id, entry.originator_version, found)
    for stream, _, last in log.entries_recorder.rows(_GAPS, (end,)):
        yield Finding(stream, last, _GAP)
    for stream in astray(log):
        yield Finding(stream, 0, _RIGHTS)


def _wrong(entry: StoredNotification) -> Text | None:
    try:
        envelope, header = orjson.loads(entry.envelope), orjson.loads(entry.header)
        hashed = envelope["header"], envelope["payload"]
        about = envelope["event"], envelope["recorded_at"]
        place = header["stream"], header["version"], header["type"]
    except (orjson.JSONDecodeError, KeyError, TypeError):
        return _UNREADABLE
    if sha256(entry.header).hexdigest() != hashed[0]:
        return _HEADER
    if sha256(entry.state).hexdigest() != hashed[1]:
        return _PAYLOAD
    recorded_at = entry.recorded_at.astimezone(UTC).isoformat(timespec="microseconds")
    if about != (str(entry.event_id), recorded_at):
        return _ENVELOPE
    if place != (str(entry.originator_id), entry.originator_version, entry.topic):
        return _PLACE
    return None
