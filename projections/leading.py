"""Which projector works: whoever holds the advisory lock, over a connection that also wakes it."""

from __future__ import annotations

from threading import Event
from typing import Any, Self

import psycopg

from eventlog.connection import connect

LEADER = 5350
"""The advisory lock of the one projector that works."""
_ASK_AGAIN = 0.25


class Lead:
    """A connection that holds the lock, or waits for it; when it is lost, so is the lead."""

    def __init__(self, dsn: str) -> None:
        """Connect, and listen from now on: what is appended later than this wakes us."""
        self._connection: psycopg.Connection[Any] = connect(dsn)
        self._connection.execute("LISTEN samenspoor_log")

    def __enter__(self) -> Self:
        """Give the lead up at the end."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close; the database lets the lock go."""
        self._connection.close()

    def take(self) -> bool:
        """Try to become the one that works."""
        row = self._connection.execute("SELECT pg_try_advisory_lock(%s)", (LEADER,)).fetchone()
        return row is not None and bool(row[0])

    def wait_to_take(self, stop: Event) -> bool:
        """Wait until the one that works is gone; False when stopped meanwhile."""
        while not stop.is_set():
            if self.take():
                return True
            stop.wait(_ASK_AGAIN)
        return False

    def confirm(self) -> None:
        """Make sure that the connection is there, and the lock with it; else OperationalError."""
        self._connection.execute("SELECT 1")

    def wait(self, seconds: float) -> bool:
        """Wait for an append, at most this long; say whether there was one."""
        return any(True for _ in self._connection.notifies(timeout=seconds, stop_after=1))
