"""The audit trail: every entry of every stream as it was recorded, corrections beside it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any, ClassVar, NamedTuple
from uuid import UUID

import orjson

from eventlog.mapper import EntryMapper
from eventlog.problems import Unavailable
from projections import packing
from projections.arrays import Uuids
from projections.batch import Batch
from projections.database import Database
from projections.entries import HEAD, WITHIN, Scope, facts_of, head
from projections.item import CORRECTIONS, Item
from projections.model import Change, Delete, Fill, ReadModel
from projections.packing import Table
from projections.sections import sections

_ENTRY = Table(
    "entry",
    **HEAD,
    addressed=packing.uuids,
    employer=packing.uuid,
    corrects=packing.uuid,
    corrected_by=packing.uuid,
    facts=packing.blob,
)


class AuditTrailModel(ReadModel):
    """One row per entry, with its own facts also after a correction."""

    NAME: ClassVar[str] = "audit_trail"

    def changes(self, batch: Batch) -> Iterator[Change]:
        """Add what is new; mark what was corrected by making its stream anew."""
        if batch.again:
            yield Delete("forget", (Uuids(list(batch.again)),))
        yield Fill(_ENTRY, [_row(item) for item in batch.items])


def _row(item: Item) -> bytes:
    own, by = item.original, item.correction
    return b"".join(
        (
            head(own),
            packing.uuids(tuple({*own.addressed, *item.addressed})),
            packing.uuid(own.body.__dict__.get("employer")),
            packing.uuid(own.corrects) if own.type in CORRECTIONS else packing.NULL,
            packing.NULL if by is None else packing.sixteen(by.raw_event_id),
            packing.blob(own.facts),
        )
    )


class Recorded(NamedTuple):
    """An entry as it was recorded, with what the log hashes."""

    position: int
    stream: UUID
    version: int
    event_id: UUID
    type: str
    category: str
    occurred_on: date
    recorded_at: datetime
    actor: UUID
    role: str
    organisation: UUID | None
    on_behalf_of: UUID | None
    origin: str
    employer: UUID | None
    corrects: UUID | None
    corrected_by: UUID | None
    facts: str
    envelope: bytes
    """Canonical JSON with the hashes of header and ciphertext."""
    sealed: bytes | None
    """None when the wall keeps the words from who asks."""
    key_id: UUID

    def open(self, mapper: EntryMapper) -> dict[str, Any] | None:
        """Decrypt the body as it was recorded, or its facts; None once its key was destroyed."""
        if self.sealed is None:
            return facts_of(self.facts, self.key_id, mapper)
        plain = mapper.open(
            self.type, self.sealed, self.event_id.bytes, self.stream.bytes, self.key_id
        )
        return None if plain is None else orjson.loads(plain)


Within = tuple[datetime | None, datetime | None]
"""From which moment on something was recorded, and before which; None: whenever that was."""
ALWAYS: Within = (None, None)


class Parked(Unavailable):
    """The audit trail could not take a stream in further."""


class AuditTrail:
    """Reads the audit trail."""

    def __init__(self, database: Database) -> None:
        """Take where to read."""
        self._database = database
        self._page = sections("audit_trail")["page"].replace("{within}", WITHIN)

    def page(
        self,
        stream: UUID,
        scope: Scope,
        *,
        limit: int = 60,
        before: int | None = None,
        recorded: Within = ALWAYS,
    ) -> list[Recorded]:
        """Give entries of a stream in the order of the log, the last one first."""
        since, until = recorded
        parameters = {
            "stream": stream,
            "limit": limit,
            "before": before,
            "since": since,
            "until": until,
            **scope.parameters(),
        }
        return [Recorded(*row) for row in self._database.seen(self._page, parameters, [stream])]

    def let_through(self, stream: UUID) -> dict[UUID, bool]:
        """Name the entries that the wall gives whoever asks, and whether with their words.

        Raises Parked when not all of them stand here: what is missing is not what is kept back.
        """
        query = sections("audit_trail")["let_through"]
        found = dict(self._database.seen(query, {"stream": stream}, [stream]))
        if None in found:
            raise Parked
        return found
