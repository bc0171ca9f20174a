"""One PostgreSQL of its own for a run, fsync on, and the limits that it sets: pgbench and COPY."""

from __future__ import annotations

import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import perf_counter
from uuid import uuid4

import psycopg
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict

from eventlog.embedded import Server, start
from eventlog.embedded.roles import OWNER
from eventlog.migrate import migrate

ONE_ROW = """
INSERT INTO bench.row (stream, body) VALUES (gen_random_uuid(), decode(repeat('ab', 335), 'hex'));
"""
"""An event of the workload, in a table with one index."""
_TABLE = """
CREATE SCHEMA IF NOT EXISTS library;
CREATE SCHEMA IF NOT EXISTS bench;
CREATE TABLE IF NOT EXISTS bench.row (id bigserial PRIMARY KEY, stream uuid, body bytea);
CREATE TABLE bench.copied (LIKE log.entry INCLUDING ALL);
"""


@contextmanager
def server() -> Iterator[Server]:
    """Start a server in a folder that is gone afterwards."""
    with (
        tempfile.TemporaryDirectory(prefix="samenspoor-bench-", dir="/tmp") as folder,
        start(_reachable(Path(folder)) / "data") as lease,
    ):
        with psycopg.connect(lease.admin_dsn(), autocommit=True) as connection:
            fsync = connection.execute("SHOW fsync").fetchone()
            assert fsync == ("on",)  # noqa: S101 - without it every figure is a lie
        yield lease


def _reachable(folder: Path) -> Path:
    """Let the user through that the server runs as under root, or its data lands elsewhere."""
    folder.chmod(0o711)
    return folder


def tidied(dsn: str) -> None:
    """Do what the server does by itself within the hour: a bulk load leaves no statistics."""
    with psycopg.connect(dsn, autocommit=True) as connection:
        connection.execute("VACUUM ANALYZE")


@contextmanager
def database(lease: Server) -> Iterator[str]:
    """Make a database with an empty log; gives its name."""
    name = f"bench_{uuid4().hex[:8]}"
    with psycopg.connect(lease.admin_dsn(), autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} OWNER {OWNER}")
    try:
        migrate(lease.dsn(OWNER, name))
        with psycopg.connect(lease.dsn(OWNER, name), autocommit=True) as connection:
            connection.execute(_TABLE)
        yield name
    finally:
        with psycopg.connect(lease.admin_dsn(), autocommit=True) as connection:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


def one_row_inserts(lease: Server, name: str, clients: int, seconds: int, protocol: str) -> float:
    """Give pgbench's inserts of one row per second with so many clients.

    It speaks the simple protocol unless it is told to prepare its statement.
    """
    with tempfile.NamedTemporaryFile("w", suffix=".sql") as script:
        script.write(ONE_ROW)
        script.flush()
        run = subprocess.run(
            [
                *(str(lease.bin("pgbench")), "-n", "-M", protocol, "-f", script.name),
                *("-c", str(clients), "-j", str(min(2, clients)), "-T", str(seconds)),
            ],
            env=_environment(lease.dsn(OWNER, name)),
            capture_output=True,
            text=True,
            check=True,
        )
    rates = [each.split()[2] for each in run.stdout.splitlines() if each.startswith("tps")]
    if not rates:  # nothing was stored in that time: the machine is busy with something else
        return one_row_inserts(lease, name, clients, seconds * 2, protocol)
    return float(rates[0])


def _environment(dsn: str) -> dict[str, str]:
    """Say where to connect without showing the password among the processes."""
    at = conninfo_to_dict(dsn)
    names = {"dbname": "PGDATABASE"}
    return {names.get(key, f"PG{key.upper()}"): str(value) for key, value in at.items()}


def copy_in(owner: str) -> float:
    """Give rows per second of COPY of the whole log into a table with the same indexes."""
    with psycopg.connect(owner) as connection, connection.cursor() as cursor:
        cursor.execute("TRUNCATE bench.copied")
        rows = _copied_out(cursor)
        began = perf_counter()
        with cursor.copy("COPY bench.copied FROM STDIN (FORMAT binary)") as copy:
            for block in rows:
                copy.write(block)
        connection.commit()
        return cursor.rowcount / (perf_counter() - began)


def copy_out(owner: str, *, binary: bool = False) -> float:
    """Give rows per second of COPY of the log out: as text, as COPY does unless it is told."""
    form = "binary" if binary else "text"
    query = sql.SQL("COPY log.entry TO STDOUT (FORMAT {})").format(sql.SQL(form))
    with psycopg.connect(owner) as connection, connection.cursor() as cursor:
        began = perf_counter()
        with cursor.copy(query) as copy:
            for _ in copy:
                pass
        return cursor.rowcount / (perf_counter() - began)


def read_tuples(owner: str, batch: int = 5_000) -> float:
    """Give rows per second of reading the log as binary tuples, unopened."""
    query = "SELECT * FROM log.entry WHERE notification_id > %s ORDER BY 1 LIMIT %s"
    with psycopg.connect(owner) as connection, connection.cursor(binary=True) as cursor:
        began, seen, after = perf_counter(), 0, 0
        while rows := cursor.execute(query, (after, batch)).fetchall():
            seen, after = seen + len(rows), rows[-1][0]
        return seen / (perf_counter() - began)


def _copied_out(cursor: psycopg.Cursor) -> list[bytes]:
    with cursor.copy("COPY log.entry TO STDOUT (FORMAT binary)") as copy:
        return [bytes(block) for block in copy]
