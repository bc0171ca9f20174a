"""Reads wrapped keys for the projector, which opens entries and seals none."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID

import psycopg
from psycopg.rows import tuple_row

from eventlog.keys import WrappedKey

_LOAD = "SELECT key_id, subject, retention, wrapped FROM keys.data_key WHERE key_id = ANY(%s)"


class Keys:
    """The keys of the database, for reading only."""

    def __init__(self, connection: Callable[[], psycopg.Connection[Any]]) -> None:
        """Take which connection to read over."""
        self._connection = connection

    def ensure(self, offered: Sequence[WrappedKey]) -> Sequence[WrappedKey]:
        """Refuse: nothing is sealed here."""
        raise PermissionError(len(offered))

    def load(self, key_ids: Sequence[UUID]) -> Sequence[WrappedKey]:
        """Give those of these keys that exist."""
        with self._connection().cursor(binary=True, row_factory=tuple_row) as cursor:
            rows = cursor.execute(_LOAD, (list(key_ids),), prepare=True).fetchall()
        return [WrappedKey(row) for row in rows]
