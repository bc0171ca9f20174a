"""Where read models are queried: a pool of connections, one query at a time, rows as tuples."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, LiteralString

from psycopg.rows import tuple_row

from eventlog.connection import datastore


class Database:
    """A pool of connections as the service role."""

    def __init__(self, dsn: str, *, pool: int = 16) -> None:
        """Connect when first used."""
        self._store = datastore(dsn, schema="public", pool=pool)

    def rows(self, query: LiteralString, parameters: Mapping[str, Any]) -> list[tuple[Any, ...]]:
        """Run one query and give its rows."""
        with (
            self._store.get_connection() as connection,
            connection.cursor(binary=True, row_factory=tuple_row) as cursor,
        ):
            return cursor.execute(query, parameters, prepare=True).fetchall()

    def close(self) -> None:
        """Close every connection."""
        self._store.close()
