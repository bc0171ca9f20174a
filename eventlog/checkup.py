"""What `samenspoor doctor` asks the database: is it new enough, migrated, on time, readable."""

from __future__ import annotations

from datetime import UTC, datetime
from importlib.resources import files
from typing import LiteralString

import psycopg
from psycopg.conninfo import conninfo_to_dict

from eventlog.connection import connect
from eventlog.keys import MasterKey
from eventlog.log import KEPT

OLDEST = 150000
"""PostgreSQL 15, as the server numbers it."""

_TRIED: LiteralString = f"""
({KEPT} ORDER BY key_id LIMIT 100) UNION
({KEPT} ORDER BY created_at LIMIT 1) UNION
({KEPT} ORDER BY created_at DESC LIMIT 1)"""
"""Key ids are random, so the first hundred are from all times; with the oldest and the newest."""


def is_address(dsn: str) -> bool:
    """Say whether this reads as the address of a database, be it there or not."""
    try:
        conninfo_to_dict(dsn)
    except (psycopg.ProgrammingError, UnicodeError):
        return False
    return True


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

    def encrypted(self) -> bool:
        """Say whether there is any data key, so that the data has a master key already."""
        try:
            row = self._connection.execute("SELECT EXISTS (SELECT FROM keys.data_key)").fetchone()
        except psycopg.errors.UndefinedTable:
            return False
        return row is not None and bool(row[0])

    def key_opens(self, master: MasterKey) -> tuple[int, int]:
        """Say how many data keys the master key opens, and of how many that were tried."""
        rows = self._connection.execute(_TRIED).fetchall()
        return sum(master.opens(*row) for row in rows), len(rows)
