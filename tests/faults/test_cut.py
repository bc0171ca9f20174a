"""Connections cut while entries are appended, also after COMMIT was sent: no entry twice."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Event, Thread
from uuid import UUID, uuid4

import psycopg
import pytest

from eventlog.committer import Verdict
from eventlog.log import Log
from eventlog.migrate import migrate
from tests.eventlog.world import MASTER, sealed, talked

WRITERS, EACH, CUTS = 6, 40, 20


@pytest.fixture
def log(database: Callable[..., str]) -> Iterator[Log]:
    migrate(database("samenspoor_owner"))
    opened = Log(database(), MASTER)
    yield opened
    opened.close()


def cut_all_the_time(dsn: str, over: Event, cuts: list[int]) -> None:
    """Cut whatever writes, wherever it is: before, in or after its commit."""
    with psycopg.connect(dsn, autocommit=True) as connection:
        while not over.wait(0.004):
            found = connection.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
                " AND usename = current_user AND query LIKE '%log.append%'"
            ).fetchall()
            cuts.append(len(found))


def test_no_entry_is_lost_or_doubled_by_a_cut_connection(
    log: Log, database: Callable[..., str]
) -> None:
    over, cuts = Event(), list[int]()
    streams = [uuid4() for _ in range(WRITERS)]
    for stream in streams:
        log.keys.sealing(stream, "reintegration")

    def write(stream: UUID) -> int:
        version = 0
        while version < EACH or sum(cuts) < CUTS:
            verdict, position = log.committer.append(sealed(log, stream, version, [talked()]))
            # No key, and nobody else writes here: a conflict would be our own entry, seen twice.
            assert verdict is Verdict.STORED
            assert position > 0
            version += 1
        return version

    cutter = Thread(target=cut_all_the_time, args=(database(), over, cuts))
    cutter.start()
    try:
        with ThreadPoolExecutor(WRITERS) as pool:
            written = list(pool.map(write, streams))
    finally:
        over.set()
        cutter.join()
    for stream, count in zip(streams, written, strict=True):
        assert [entry.version for entry in log.entries(stream)] == list(range(1, count + 1))
    positions = [entry.id for entry in log.read(0, 100_000)]
    assert len(positions) == len(set(positions)) == sum(written)
