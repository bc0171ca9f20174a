"""The log as the rest of the service knows it: the library's application over our recorder."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, LiteralString
from uuid import UUID

import orjson
from eventsourcing.application import Application
from eventsourcing.persistence import (
    ApplicationRecorder,
    EventStore,
    InfrastructureFactory,
    Mapper,
)
from eventsourcing.postgres import PostgresFactory
from eventsourcing.utils import Environment

from domain.events import BY_TYPE
from domain.events.base import Grant, GrantKind, StreamKind
from eventlog.committer import Committer
from eventlog.connection import connect, datastore
from eventlog.entry import Entry, StoredNotification
from eventlog.keys import KeyRing, MasterKey
from eventlog.mapper import EntryMapper
from eventlog.recorder import COLUMNS, EntryRecorder, stored

_TIE: LiteralString = """
    (SELECT json_agg(json_build_array(g.stream, g.key, g.holder, g.kind, g.role, g.organisation,
                     g.categories, g.until) ORDER BY g.stream, g.key)::text
       FROM log.grants g WHERE g.stream = %(stream)s OR g.holder = %(person)s)"""

_BEFORE: LiteralString = f"""
SELECT {_TIE},
       (SELECT originator_version FROM log.entry WHERE originator_id = %(stream)s
         ORDER BY originator_version DESC LIMIT 1),
       (SELECT json_object_agg(originator_id, topic)::text FROM log.entry
         WHERE originator_id = ANY(%(refers)s) AND originator_version = 1),
       k.originator_id, k.originator_version, k.command_size, k.idempotency_digest
  FROM (SELECT 1) AS one LEFT JOIN log.entry k ON k.idempotency_key = %(key)s"""


@dataclass(frozen=True, slots=True)
class Stored:
    """The answer that an idempotency key stands for: these entries, asked for with this digest."""

    stream: UUID
    version: int
    size: int
    digest: bytes


@dataclass(frozen=True, slots=True)
class Before:
    """What a command must know before it is decided, from one round trip."""

    grants: str
    """As the database words them: equal text means equal grants (see `grants()`)."""
    version: int
    known: dict[UUID, StreamKind]
    answered: Stored | None


class Log(Application[UUID]):
    """Reads and appends entries; raises Unavailable when the database stays away."""

    name = "log"

    def __init__(self, dsn: str, master: MasterKey, *, pool: int = 24) -> None:
        """Connect as the role in `dsn` when first used; `pool` is the most connections at once."""
        self.dsn = dsn
        self.master = master
        self._pool = pool
        super().__init__({"CREATE_TABLE": "n"})
        self.committer = Committer(lambda: connect(dsn), self.entries_recorder.at)

    def construct_factory(self, env: Environment) -> InfrastructureFactory[Any]:
        """Give the library's PostgreSQL factory our datastore and recorder."""
        return _Factory(env, self.dsn, self._pool)

    def construct_recorder(self) -> ApplicationRecorder:
        """Read our table."""
        return self.factory.application_recorder()

    def construct_mapper(self) -> Mapper[UUID]:
        """Seal and open with the keys in the same database."""
        self.entries_recorder: EntryRecorder = self.factory.application_recorder()  # type: ignore[assignment]
        self.entry_mapper = EntryMapper(KeyRing(self.master, self.entries_recorder))
        return self.entry_mapper

    def construct_event_store(self) -> EventStore[UUID]:
        """Join our mapper and recorder as the library does."""
        return EventStore(mapper=self.mapper, recorder=self.recorder)

    def entries(self, stream: UUID, *, after: int = 0, upto: int | None = None) -> list[Entry]:
        """Open a stream's entries after a version, up to another; corrections are resolved."""
        return self.entry_mapper.entries(
            self.entries_recorder.select_events(stream, gt=after, lte=upto)  # type: ignore[arg-type]
        )

    def version_at(self, stream: UUID, moment: datetime) -> int:
        """Give the version that the stream had at a moment: that of the last entry by then."""
        rows = self.entries_recorder.rows(
            "SELECT max(originator_version) FROM log.entry"
            " WHERE originator_id = %s AND recorded_at <= %s",
            (stream, moment),
        )
        return rows[0][0] or 0

    def read(self, after: int, limit: int) -> list[StoredNotification]:
        """Give stored entries in the order of the log, after a position."""
        return self.entries_recorder.select_notifications(  # type: ignore[return-value]
            after, limit, inclusive_of_start=False
        )

    def position(self) -> int:
        """Give the position of the last entry, 0 for an empty log."""
        return self.recorder.max_notification_id() or 0

    def before(
        self, stream: UUID, person: UUID, key: bytes | None, refers: Sequence[UUID]
    ) -> Before:
        """Look up grants, version, known streams and a stored answer at once."""
        row = self.entries_recorder.rows(
            _BEFORE, {"stream": stream, "person": person, "key": key, "refers": list(refers)}
        )[0]
        given, version, known, *found = row
        return Before(
            given or "[]",
            version or 0,
            {UUID(k): BY_TYPE[t].STREAM for k, t in orjson.loads(known or "{}").items()},
            Stored(*found) if found[0] is not None else None,
        )

    def grants_between(self, stream: UUID, person: UUID) -> str:
        """Give the grants of a stream and those that a person holds, as the database words them."""
        rows = self.entries_recorder.rows(f"SELECT {_TIE}", {"stream": stream, "person": person})
        return rows[0][0] or "[]"

    def answered(self, keys: Sequence[bytes]) -> dict[bytes, Stored]:
        """Look up many idempotency keys."""
        rows = self.entries_recorder.rows(
            "SELECT idempotency_key, originator_id, originator_version, command_size,"
            " idempotency_digest FROM log.entry WHERE idempotency_key = ANY(%s)",
            (list(keys),),
        )
        return {key: Stored(*found) for key, *found in rows}

    def kinds(self, streams: Sequence[UUID]) -> dict[UUID, StreamKind]:
        """Name those of these streams that exist, with their kind."""
        rows = self.entries_recorder.rows(
            "SELECT originator_id, topic FROM log.entry"
            " WHERE originator_id = ANY(%s) AND originator_version = 1",
            (list(streams),),
        )
        return {stream: BY_TYPE[topic].STREAM for stream, topic in rows}

    @property
    def keys(self) -> KeyRing:
        """The data keys."""
        return self.entry_mapper.keys

    def stored_entries(self, stream: UUID, version: int, size: int) -> list[StoredNotification]:
        """Give `size` stored entries of a stream from a version on, unopened."""
        rows = self.entries_recorder.rows(
            f"SELECT {COLUMNS} FROM log.entry WHERE originator_id = %s"
            " AND originator_version BETWEEN %s AND %s ORDER BY originator_version",
            (stream, version, version + size - 1),
        )
        return [stored(row) for row in rows]

    def close(self) -> None:
        """Close every connection."""
        self.committer.close()
        super().close()


class _Factory(PostgresFactory):
    application_recorder_class = EntryRecorder

    def __init__(self, env: Environment, dsn: str, pool: int) -> None:
        refuse_unordered(env)
        # Past the library's own constructor, which reads its datastore from the environment.
        InfrastructureFactory.__init__(self, env)
        self.datastore = datastore(dsn, schema="log", pool=pool)


def refuse_unordered(env: Environment) -> None:
    """Refuse a setting of the library with which readers lose events (measured: 199 of 26,865)."""
    if str(env.get("POSTGRES_ENABLE_DB_FUNCTIONS") or "").lower() in {
        "y",
        "yes",
        "true",
        "1",
        "on",
    }:
        msg = "POSTGRES_ENABLE_DB_FUNCTIONS drops the order of the log: switch it off."
        raise ValueError(msg)


def grants(text: str) -> list[Grant]:
    """Read grants as the database words them."""
    return [
        Grant(
            UUID(stream),
            key,
            UUID(holder),
            GrantKind(kind),
            role,
            None if organisation is None else UUID(organisation),
            categories,
            None if until is None else date.fromisoformat(until),
        )
        for stream, key, holder, kind, role, organisation, categories, until in orjson.loads(text)
    ]
