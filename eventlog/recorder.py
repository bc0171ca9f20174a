"""The library's PostgreSQL recorder over our table; all writing goes through log.append()."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from time import monotonic, sleep
from typing import Any, LiteralString
from uuid import UUID

from eventsourcing.persistence import (
    InterfaceError,
    Notification,
    OperationalError,
    StoredEvent,
)
from eventsourcing.postgres import PostgresApplicationRecorder, PostgresDatastore
from psycopg.rows import tuple_row

from eventlog.entry import StoredNotification
from eventlog.keys import WrappedKey
from eventlog.problems import Unavailable, WouldBlock

PATIENCE = 5.0
"""Seconds that a reader goes on trying while the database is away; then it is told so."""
_PAUSES = 0.002, 0.1
"""Seconds before the second try, and at most: a cut connection of the pool is soon replaced."""

COLUMNS: LiteralString = (
    "notification_id, uuid_send(originator_id), originator_version, topic, state,"
    " uuid_send(event_id), uuid_send(key_id), recorded_at, header, envelope"
)
"""What is read of an entry (see Record); an id that nobody asks for stays bytes."""


class EntryRecorder(PostgresApplicationRecorder):
    """Reads log.entry as stored entries; inserting is the committer's work."""

    def __init__(self, datastore: PostgresDatastore, **_: Any) -> None:
        """Read the table that the migrations made; nothing is created here."""
        super().__init__(datastore, events_table_name="entry")

    def insert_events(
        self, stored_events: Sequence[StoredEvent], **kwargs: Any
    ) -> Sequence[int] | None:
        """Refuse: an insert of the library's own would take another lock than ours."""
        del stored_events, kwargs
        msg = "entries are appended through the committer"
        raise NotImplementedError(msg)

    def select_events(
        self,
        originator_id: UUID | str,
        *,
        gt: int | None = None,
        lte: int | None = None,
        desc: bool = False,
        limit: int | None = None,
    ) -> Sequence[StoredEvent]:
        """Give the entries of a stream, by version."""
        rows = self.rows(
            f"SELECT {COLUMNS} FROM log.entry WHERE originator_id = %s"
            " AND originator_version > %s AND originator_version <= %s"
            f" ORDER BY originator_version {'DESC' if desc else 'ASC'} LIMIT %s",
            (originator_id, gt or 0, 2**31 - 1 if lte is None else lte, limit),
        )
        return list(map(StoredNotification, rows))

    def select_notifications(
        self,
        start: int | None,
        limit: int,
        stop: int | None = None,
        topics: Sequence[str] = (),
        *,
        inclusive_of_start: bool = True,
    ) -> Sequence[Notification]:
        """Give the entries of the log, by position."""
        after = (start or 0) - (1 if inclusive_of_start else 0)
        rows = self.rows(
            f"SELECT {COLUMNS} FROM log.entry WHERE notification_id > %s"
            " AND notification_id <= %s AND (%s::text[] IS NULL OR topic = ANY(%s))"
            " ORDER BY notification_id LIMIT %s",
            (after, 2**62 if stop is None else stop, topics or None, list(topics), limit),
        )
        return list(map(StoredNotification, rows))

    def rows(
        self, query: LiteralString, parameters: Sequence[Any] | Mapping[str, Any]
    ) -> list[tuple[Any, ...]]:
        """Run one query and give its rows as binary tuples; raises Unavailable.

        Raises WouldBlock on an event loop. Asked again when the connection was lost: none of our
        queries does anything twice.
        """
        if _on_a_loop():
            raise WouldBlock
        deadline = monotonic() + PATIENCE
        pause, longest = _PAUSES
        while True:
            try:
                with (
                    self.datastore.get_connection() as connection,
                    connection.cursor(binary=True, row_factory=tuple_row) as cursor,
                ):
                    return cursor.execute(query, parameters, prepare=True).fetchall()
            except (OperationalError, InterfaceError) as error:
                if monotonic() > deadline:
                    raise Unavailable from error
            sleep(pause)
            pause = min(2 * pause, longest)

    def max_notification_id(self) -> int | None:
        """Give the last position."""
        at: int | None = self.rows("SELECT max(notification_id) FROM log.entry", ())[0][0]
        return at

    def ensure(self, offered: Sequence[WrappedKey]) -> Sequence[WrappedKey]:
        """Keep data keys (see KeyStore)."""
        columns = [list(column) for column in zip(*offered, strict=True)]
        query = "SELECT * FROM keys.ensure(%s::uuid[], %s::uuid[], %s::text[], %s::bytea[])"
        return [WrappedKey(row) for row in self.rows(query, columns)]

    def load(self, key_ids: Sequence[UUID]) -> Sequence[WrappedKey]:
        """Read data keys (see KeyStore)."""
        query = (
            "SELECT key_id, subject, retention, wrapped FROM keys.data_key WHERE key_id = ANY(%s)"
        )
        return [WrappedKey(row) for row in self.rows(query, (list(key_ids),))]


def _on_a_loop() -> bool:
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return False
    return True
