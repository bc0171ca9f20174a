"""Brings the database to the newest schema: one command, under a lock, each file once."""

from __future__ import annotations

from importlib.resources import files

import psycopg

from eventlog.problems import TooNew
from eventlog.wall import fill

_LOCK = 5348


def migrate(dsn: str) -> list[str]:
    """Run what has not run yet and name it; `dsn` connects as the owner of the database.

    Several at once are safe: the later ones wait and find nothing to do. The migrations of one
    call are one transaction. The wall follows the policy each time. Raises TooNew for a database
    that a newer version migrated.
    """
    ran = []
    with psycopg.connect(dsn) as connection:
        connection.execute("SELECT pg_advisory_xact_lock(%s)", (_LOCK,))
        connection.execute(
            "CREATE TABLE IF NOT EXISTS public.migration ("
            "name text PRIMARY KEY, ran_at timestamptz NOT NULL DEFAULT now())"
        )
        done = {name for (name,) in connection.execute("SELECT name FROM public.migration")}
        if done - {name for name, _ in _scripts()}:
            msg = "a newer version migrated this database"
            raise TooNew(msg)
        for name, script in _scripts():
            if name not in done:
                connection.execute(script)
                connection.execute("INSERT INTO public.migration (name) VALUES (%s)", (name,))
                ran.append(name)
        fill(connection)
    return ran


def _scripts() -> list[tuple[str, bytes]]:
    found = (f for f in files("eventlog").joinpath("migrations").iterdir())
    return sorted(
        (f.name.removesuffix(".sql"), f.read_bytes()) for f in found if f.name.endswith(".sql")
    )
