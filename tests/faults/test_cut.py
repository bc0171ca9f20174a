"""Connections cut while entries are appended, also after COMMIT was sent: no entry twice."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event, Thread
from uuid import UUID, uuid4

import psycopg
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from eventlog.committer import Committer, Verdict
from eventlog.connection import connect
from eventlog.log import Log
from tests.eventlog.world import sealed, talked
from tests.faults.proxy import LosingProxy

WRITERS, EACH, CUTS = 6, 40, 20


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


def test_what_was_committed_without_an_answer_is_stored_once_and_told_so(
    log: Log, database: Callable[..., str], tmp_path: Path
) -> None:
    given = conninfo_to_dict(database())
    proxy = LosingProxy(tmp_path, Path(str(given["host"])) / ".s.PGSQL.5432", every=4)
    dsn = make_conninfo(**given | {"host": str(tmp_path)})
    committer = Committer(lambda: connect(dsn))
    streams = [uuid4() for _ in range(WRITERS)]

    def write(stream: UUID) -> None:
        for version in range(EACH):
            verdict, position = committer.append(sealed(log, stream, version, [talked()]))
            assert verdict is Verdict.STORED
            assert log.entries(stream)[-1].position == position

    try:
        with ThreadPoolExecutor(WRITERS) as pool:
            list(pool.map(write, streams))
    finally:
        committer.close()
        proxy.close()
    assert proxy.lost >= 10
    for stream in streams:
        assert [entry.version for entry in log.entries(stream)] == list(range(1, EACH + 1))
