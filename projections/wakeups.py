"""Hears that something was written or that somebody signed out: one connection for a process."""

from __future__ import annotations

from typing import Any, LiteralString, NamedTuple

import psycopg

from eventlog.connection import connect_async
from eventlog.problems import Unavailable
from projections.database import Database

_APPENDED: LiteralString = "samenspoor_log"
_LEFT: LiteralString = "samenspoor_left"
_TELL: LiteralString = "SELECT pg_notify(%(channel)s, %(told)s)::text"
_STANDING: LiteralString = """
SELECT (SELECT coalesce(max(notification_id), 0) FROM log.entry),
       (SELECT notification_id FROM timeline.notification_tracking),
       (SELECT notification_id FROM audit_trail.notification_tracking),
       (SELECT notification_id FROM current_state.notification_tracking),
       (SELECT notification_id FROM support.notification_tracking),
       (SELECT notification_id FROM directory.notification_tracking)
"""


class Standing(NamedTuple):
    """Where the log ends and how far each read model of a page is: equal ones show the same."""

    log: int
    timeline: int
    audit_trail: int
    current_state: int
    support: int
    directory: int

    @property
    def behind(self) -> bool:
        """Whether not all of the log is shown yet."""
        return min(self) < self.log

    @property
    def later(self) -> tuple[int, ...]:
        """How far those are that come after the timeline; nothing when they go together."""
        return tuple(each for each in self[2:] if each < self.timeline)


class Heard:
    """A connection that listens."""

    def __init__(self, connection: psycopg.AsyncConnection[Any]) -> None:
        """Hear by this connection, which has no other use."""
        self._connection = connection

    async def wait(self, seconds: float) -> list[str]:
        """Wait for what is told, at most this long; give what was over. Raises Unavailable."""
        try:
            told = self._connection.notifies(timeout=seconds, stop_after=1)
            return [each.payload async for each in told if each.channel == _LEFT]
        except psycopg.Error as error:
            raise Unavailable from error

    async def close(self) -> None:
        """Hear no more."""
        await self._connection.close()


class Wakeups:
    """Listens for whoever waits for news, and tells the other processes what they must know."""

    def __init__(self, dsn: str, database: Database) -> None:
        """Connect when first used."""
        self._dsn = dsn
        self._database = database

    async def listen(self) -> Heard:
        """Hear all that is told from now on; raises Unavailable."""
        try:
            connection = await connect_async(self._dsn)
            await connection.execute(f"LISTEN {_APPENDED}")
            await connection.execute(f"LISTEN {_LEFT}")
        except psycopg.Error as error:
            raise Unavailable from error
        return Heard(connection)

    async def tell_left(self, told: str) -> None:
        """Tell every process that something is over: a fingerprint, never a name."""
        await self._database.rows_async(_TELL, {"channel": _LEFT, "told": told})

    async def standing(self) -> Standing:
        """Say where the log and the read models stand; raises Unavailable."""
        ((*found,),) = await self._database.rows_async(_STANDING, {})
        return Standing(*found)
