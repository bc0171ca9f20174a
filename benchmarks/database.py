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

from eventlog.embedded import Server, start

_INSERT = (
    "INSERT INTO bench.row (stream, body) VALUES"
    " (gen_random_uuid(), decode(repeat('ab', 335), 'hex'));\n"
)
_TABLE = """
CREATE SCHEMA IF NOT EXISTS library;
CREATE SCHEMA IF NOT EXISTS bench;
CREATE TABLE IF NOT EXISTS bench.row (id bigserial PRIMARY KEY, stream uuid, body bytea);
DROP TABLE IF EXISTS bench.copied;
CREATE TABLE bench.copied (LIKE log.entry INCLUDING ALL);
"""


@contextmanager
def server() -> Iterator[Server]:
    """Start a server in a folder that is gone afterwards."""
    with (
        tempfile.TemporaryDirectory(prefix="samenspoor-bench-", dir="/tmp") as folder,  # noqa: S108
        start(Path(folder) / "data") as lease,
    ):
        with psycopg.connect(lease.admin_dsn(), autocommit=True) as connection:
            fsync = connection.execute("SHOW fsync").fetchone()
            assert fsync == ("on",)  # noqa: S101 - without it every figure is a lie
        yield lease


@contextmanager
def database(lease: Server) -> Iterator[str]:
    """Make a database; gives its name."""
    name = f"bench_{uuid4().hex[:8]}"
    with psycopg.connect(lease.admin_dsn(), autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} OWNER samenspoor_owner")  # type: ignore[arg-type]
    try:
        yield name
    finally:
        with psycopg.connect(lease.admin_dsn(), autocommit=True) as connection:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)")  # type: ignore[arg-type]


def one_row_inserts(lease: Server, name: str, clients: int, seconds: int) -> float:
    """Give pgbench's one-row inserts per second with so many clients."""
    owner = lease.dsn("samenspoor_owner", name)
    with psycopg.connect(owner, autocommit=True) as connection:
        connection.execute(_TABLE)
    with tempfile.NamedTemporaryFile("w", suffix=".sql") as script:
        script.write(_INSERT)
        script.flush()
        run = subprocess.run(
            [
                *(str(lease.bin("pgbench")), "-n", "-M", "prepared", "-f", script.name),
                *("-c", str(clients), "-j", str(min(2, clients)), "-T", str(seconds), owner),
            ],
            capture_output=True,
            text=True,
            check=True,
        )
    line = next(each for each in run.stdout.splitlines() if each.startswith("tps"))
    return float(line.split()[2])


def copy_in(owner: str) -> float:
    """Give rows per second of COPY of the whole log into a table with the same indexes."""
    with psycopg.connect(owner) as connection, connection.cursor() as cursor:
        cursor.execute(_TABLE)
        rows = _copied_out(cursor)
        began = perf_counter()
        with cursor.copy("COPY bench.copied FROM STDIN (FORMAT binary)") as copy:
            for block in rows:
                copy.write(block)
        connection.commit()
        return cursor.rowcount / (perf_counter() - began)


def copy_out(owner: str) -> float:
    """Give rows per second of COPY of the log out."""
    with psycopg.connect(owner) as connection, connection.cursor() as cursor:
        began = perf_counter()
        _copied_out(cursor)
        return cursor.rowcount / (perf_counter() - began)


def _copied_out(cursor: psycopg.Cursor) -> list[bytes]:
    with cursor.copy("COPY log.entry TO STDOUT (FORMAT binary)") as copy:
        return [bytes(block) for block in copy]
