"""Where read models are queried: a pool of connections, one query at a time, rows as tuples."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from time import monotonic, sleep
from typing import Any, LiteralString
from uuid import UUID

import psycopg
from eventsourcing.persistence import (
    InterfaceError,
    InternalError,
    OperationalError,
    ProgrammingError,
)
from psycopg.rows import tuple_row

from eventlog.connection import connect_async, datastore
from eventlog.problems import Unavailable
from projections.arrays import register
from projections.wall import ASKING, asks

PATIENCE = 5.0
"""Seconds to go on asking while the database is away."""
_PAUSE = 0.05
_MISSING = (
    psycopg.errors.UndefinedTable,
    psycopg.errors.UndefinedFunction,
    psycopg.errors.InvalidSchemaName,
)
_READ_ONLY = psycopg.errors.ReadOnlySqlTransaction
"""What a server says that is to be replaced by another: who looks cannot be written there."""


class NotMade(Unavailable):
    """The projector has not made this read model yet."""


class Database:
    """A pool of connections as the service role."""

    def __init__(self, dsn: str, *, pool: int = 16) -> None:
        """Connect when first used."""
        self._dsn = dsn
        self._store = datastore(dsn, schema="public", pool=pool)
        self._idle: list[psycopg.AsyncConnection[Any]] = []

    def seen(
        self,
        query: LiteralString,
        parameters: Mapping[str, Any],
        files: Sequence[UUID] | None = None,
    ) -> list[tuple[Any, ...]]:
        """Run one query as `rows` does, in the name of whoever asks (see wall.py).

        The database gives what they may be given of these trajectories, or of all that they are
        tied to; nothing without somebody who asks.
        """
        return self.rows(query, parameters, asks(files))

    def rows(
        self, query: LiteralString, parameters: Mapping[str, Any], told: str | None = None
    ) -> list[tuple[Any, ...]]:
        """Run one query, again after a lost connection; raises Unavailable."""
        deadline = monotonic() + PATIENCE
        while True:
            try:
                with (
                    self._store.get_connection() as connection,
                    connection.cursor(binary=True, row_factory=tuple_row) as cursor,
                ):
                    if told is None:
                        return cursor.execute(query, parameters, prepare=True).fetchall()
                    with connection.pipeline():  # one round trip, and one transaction
                        connection.execute(ASKING, (told,), prepare=True)
                        cursor.execute(query, parameters, prepare=True)
                    return cursor.fetchall()  # in the pipeline it would be a second round trip
            except (OperationalError, InterfaceError) as error:
                if monotonic() > deadline:
                    raise Unavailable from error
            except InternalError as error:
                if not isinstance(error.__cause__, _READ_ONLY):
                    raise
                if monotonic() > deadline:
                    raise Unavailable from error
            except ProgrammingError as error:
                if isinstance(error.__cause__, _MISSING):
                    raise NotMade from error
                raise
            sleep(_PAUSE)

    async def rows_async(
        self, query: LiteralString, parameters: Mapping[str, Any]
    ) -> list[tuple[Any, ...]]:
        """Run one query as `rows` does, on the event loop."""
        deadline = monotonic() + PATIENCE
        while True:
            try:
                async with (
                    self._lent() as connection,
                    connection.cursor(binary=True, row_factory=tuple_row) as cursor,
                ):
                    await cursor.execute(query, parameters, prepare=True)
                    return await cursor.fetchall()
            except (psycopg.OperationalError, psycopg.InterfaceError, _READ_ONLY) as error:
                if monotonic() > deadline:
                    raise Unavailable from error
            except _MISSING as error:
                raise NotMade from error
            await asyncio.sleep(_PAUSE)

    @asynccontextmanager
    async def _lent(self) -> AsyncIterator[psycopg.AsyncConnection[Any]]:
        """Lend a connection to one query; it is bound to no loop between two of them."""
        try:
            connection = self._idle.pop()
        except IndexError:
            connection = await connect_async(self._dsn)
            register(connection)
        try:
            yield connection
        finally:
            if connection.info.transaction_status is psycopg.pq.TransactionStatus.IDLE:
                self._idle.append(connection)
            else:  # cut, or left in the middle of a query
                await connection.close()

    def close(self) -> None:
        """Close every connection."""
        self._store.close()
        for connection in self._idle:
            connection.pgconn.finish()  # its own close() would need a loop
        self._idle.clear()
