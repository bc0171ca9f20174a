"""Fixtures for tests on a real PostgreSQL: one embedded server per run, one database per test."""

from __future__ import annotations

import fcntl
import os
import secrets
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest
from psycopg import sql

from eventlog.embedded import Server, start
from eventlog.embedded.roles import OWNER, close_to_others

# Not pytest's own folder: that is closed to the user that the server runs as under root.
SHARED = Path("/tmp")  # noqa: S108


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """One server for all workers of this run; the last one to finish removes its folder."""
    run = os.environ.get("PYTEST_XDIST_TESTRUNUID", secrets.token_hex(8))[:16]
    folder = SHARED / f"samenspoor-tests-{run}"
    lock = folder.with_suffix(".lock")
    descriptor = os.open(lock, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_SH)
        with start(folder) as lease:
            yield lease
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return  # Another worker still uses the folder.
    else:
        shutil.rmtree(folder)
        lock.unlink(missing_ok=True)
    finally:
        os.close(descriptor)


@contextmanager
def fresh_database(server: Server, like: str = "template1") -> Iterator[Callable[..., str]]:
    """Make a database with the roles of the service; yield `dsn(role)`; drop it after.

    It is empty, or a copy of one that nobody is connected to.
    """
    name = f"test_{secrets.token_hex(6)}"
    database = sql.Identifier(name)
    with psycopg.connect(server.admin_dsn(), autocommit=True) as connection:
        made = sql.SQL("CREATE DATABASE {} OWNER {} TEMPLATE {}")
        connection.execute(made.format(database, sql.Identifier(OWNER), sql.Identifier(like)))
        close_to_others(connection, name)
        if like != "template1":  # what the migrations give on a database is not copied with it
            grant = sql.SQL("GRANT CREATE ON DATABASE {} TO samenspoor_projector")
            connection.execute(grant.format(database))

    def dsn(role: str = "samenspoor_service") -> str:
        return server.dsn(role, name)

    try:
        yield dsn
    finally:
        with psycopg.connect(server.admin_dsn(), autocommit=True) as connection:
            connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(database))


@pytest.fixture
def database(server: Server) -> Iterator[Callable[..., str]]:
    """An empty database of this test alone: `database(role)` words how to connect to it."""
    with fresh_database(server) as dsn:
        yield dsn


@pytest.fixture(scope="module")
def module_database(server: Server) -> Iterator[Callable[..., str]]:
    """An empty database shared by the tests of one module."""
    with fresh_database(server) as dsn:
        yield dsn
