"""What `samenspoor doctor` asks the database: is it new enough, migrated, on time, readable."""

from __future__ import annotations

from datetime import UTC, datetime
from importlib.resources import files

import psycopg

from eventlog.connection import connect
from eventlog.keys import KeyProblem, MasterKey

OLDEST = 150000
"""PostgreSQL 15, as the server numbers it."""


class Checkup:
    """Asks one question at a time over one connection."""

    def __init__(self, dsn: str) -> None:
        """Connect."""
        self._connection = connect(dsn)

    def close(self) -> None:
        """Close the connection."""
        self._connection.close()

    def server(self) -> tuple[str, bool]:
        """Give the version of the server, and whether it is new enough."""
        number = self._connection.info.server_version
        return f"{number // 10_000}.{number % 10_000}", number >= OLDEST

    def migrated(self) -> bool | None:
        """Say whether every migration ran; None when this role may not know."""
        wanted = {
            each.name.removesuffix(".sql")
            for each in files("eventlog").joinpath("migrations").iterdir()
            if each.name.endswith(".sql")
        }
        try:
            rows = self._connection.execute("SELECT name FROM public.migration").fetchall()
        except psycopg.errors.UndefinedTable:
            return False
        except psycopg.errors.InsufficientPrivilege:
            row = self._connection.execute("SELECT to_regclass('log.entry') IS NOT NULL").fetchone()
            return None if row and row[0] else False
        return wanted <= {name for (name,) in rows}

    def clock_apart(self) -> float:
        """Give how many seconds our clock and that of the database are apart."""
        row = self._connection.execute("SELECT clock_timestamp()").fetchone()
        assert row is not None  # noqa: S101 - a row always comes
        there: datetime = row[0]
        return abs((datetime.now(UTC) - there).total_seconds())

    def key_opens(self, master: MasterKey) -> bool | None:
        """Say whether the master key opens the newest data key; None when there is none yet."""
        row = self._connection.execute(
            "SELECT key_id, subject, retention, wrapped FROM keys.data_key"
            " ORDER BY created_at DESC LIMIT 1"
        ).fetchone()
        if row is None:
            return None
        key_id, subject, retention, wrapped = row
        try:
            master.unwrap(wrapped, key_id.bytes + subject.bytes + retention.encode())
        except KeyProblem:
            return False
        return True
