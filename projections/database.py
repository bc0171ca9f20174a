"""Where read models are queried: a pool of connections, one query at a time, rows as tuples."""

from __future__ import annotations

from collections.abc import Mapping
from time import monotonic, sleep
from typing import Any, LiteralString

import psycopg
from eventsourcing.persistence import InterfaceError, OperationalError, ProgrammingError
from psycopg.rows import tuple_row

from eventlog.connection import datastore
from eventlog.problems import Unavailable

PATIENCE = 5.0
"""Seconds to go on asking while the database is away."""
_PAUSE = 0.05
_MISSING = (psycopg.errors.UndefinedTable, psycopg.errors.InvalidSchemaName)


class NotMade(Unavailable):
    """The projector has not made this read model yet."""


class Database:
    """A pool of connections as the service role."""

    def __init__(self, dsn: str, *, pool: int = 16) -> None:
        """Connect when first used."""
        self._store = datastore(dsn, schema="public", pool=pool)

    def rows(self, query: LiteralString, parameters: Mapping[str, Any]) -> list[tuple[Any, ...]]:
        """Run one query, again after a lost connection; raises Unavailable."""
        deadline = monotonic() + PATIENCE
        while True:
            try:
                with (
                    self._store.get_connection() as connection,
                    connection.cursor(binary=True, row_factory=tuple_row) as cursor,
                ):
                    return cursor.execute(query, parameters, prepare=True).fetchall()
            except (OperationalError, InterfaceError) as error:
                if monotonic() > deadline:
                    raise Unavailable from error
            except ProgrammingError as error:
                if isinstance(error.__cause__, _MISSING):
                    raise NotMade from error
                raise
            sleep(_PAUSE)

    def close(self) -> None:
        """Close every connection."""
        self._store.close()
