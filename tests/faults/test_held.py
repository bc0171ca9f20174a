"""An append on its way: nothing is acknowledged too early, and nobody waits for ever."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Timer
from uuid import uuid4

import psycopg
import pytest
import uvloop
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from eventlog import wire
from eventlog.committer import AsyncCommitter, Committer, Verdict
from eventlog.connection import connect
from eventlog.entry import Unit
from eventlog.log import Log
from tests.eventlog.world import sealed, talked, versions
from tests.faults.holding import Fault, HoldingProxy, keep_the_end_back, stop_reading, swallow
from tests.projections.waiting import until

PATIENCE = 20.0
Way = Callable[[str, Sequence[Unit]], list[tuple[Verdict, int]]]


def by_thread(dsn: str, units: Sequence[Unit]) -> list[tuple[Verdict, int]]:
    committer = Committer(lambda: connect(dsn))
    try:
        return committer.append_all(units)
    finally:
        committer.close()


async def _together(dsn: str, units: Sequence[Unit]) -> list[tuple[Verdict, int]]:
    committer = AsyncCommitter(lambda: connect(dsn))
    try:
        async with asyncio.timeout(PATIENCE):
            return list(await asyncio.gather(*(committer.append(unit) for unit in units)))
    finally:
        committer.close()


def by_coroutines(dsn: str, units: Sequence[Unit]) -> list[tuple[Verdict, int]]:
    return asyncio.run(_together(dsn, units))


def as_served(dsn: str, units: Sequence[Unit]) -> list[tuple[Verdict, int]]:
    """On the loop that uvicorn takes."""
    return uvloop.run(_together(dsn, units))


ways = pytest.mark.parametrize("way", [by_thread, by_coroutines, as_served])
on_loops = pytest.mark.parametrize("way", [by_coroutines, as_served])


@contextmanager
def held(log: Log, folder: Path, fault: Fault) -> Iterator[tuple[HoldingProxy, str]]:
    given = conninfo_to_dict(log.dsn)
    proxy = HoldingProxy(folder, Path(str(given["host"])) / ".s.PGSQL.5432", fault)
    try:
        yield proxy, make_conninfo(**given | {"host": str(folder)})
    finally:
        proxy.close()


@ways
def test_what_was_carried_out_and_never_committed_is_not_acknowledged(
    log: Log, database: Callable[..., str], tmp_path: Path, way: Way
) -> None:
    """The server tells the verdict before it commits: only its last word counts."""
    streams = [uuid4() for _ in range(3)]
    units = [sealed(log, stream, 0, [talked("x" * 400)]) for stream in streams]

    def stop_the_server_process() -> None:
        assert proxy.reached.wait(PATIENCE)
        with psycopg.connect(database(), autocommit=True) as connection:
            # It has carried the append out, and waits for the end of the request.
            until(
                lambda: connection.execute(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname ="
                    " current_database() AND query LIKE '%log.append%'"
                    " AND wait_event = 'ClientRead' AND xact_start IS NOT NULL"
                    " AND pid <> pg_backend_pid()"
                ).fetchall()
            )

    with held(log, tmp_path, keep_the_end_back) as (proxy, dsn):
        stopping = Timer(0.0, stop_the_server_process)
        stopping.start()
        told = way(dsn, units)
        stopping.join()
    assert [verdict for verdict, _ in told] == [Verdict.STORED] * 3
    assert [versions(log, stream) for stream in streams] == [[1]] * 3
    assert [log.entries(stream)[0].position for stream in streams] == [at for _, at in told]


@on_loops
def test_a_connection_that_goes_while_its_socket_is_full_leaves_nobody_waiting(
    log: Log, tmp_path: Path, way: Way, monkeypatch: pytest.MonkeyPatch
) -> None:
    stream, full, wait_for_room = uuid4(), Event(), wire.Wire._writable

    async def writable(self: wire.Wire, loop: asyncio.AbstractEventLoop) -> None:
        loop.call_soon(full.set)
        await wait_for_room(self, loop)

    monkeypatch.setattr(wire.Wire, "_writable", writable)
    unit = sealed(log, stream, 0, [talked("x" * 20_000)] * 100)
    with held(log, tmp_path, stop_reading(full)) as (_, dsn):
        told = way(dsn, [unit])
    assert [verdict for verdict, _ in told] == [Verdict.STORED]
    assert full.is_set()
    assert versions(log, stream) == list(range(1, 101))


@on_loops
def test_a_server_that_says_nothing_any_more_is_given_up(
    log: Log, tmp_path: Path, way: Way, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(wire, "PATIENCE", 0.3)
    streams = [uuid4() for _ in range(3)]
    units = [sealed(log, stream, 0, [talked("x" * 400)]) for stream in streams]
    with held(log, tmp_path, swallow) as (_, dsn):
        told = way(dsn, units)
    assert [verdict for verdict, _ in told] == [Verdict.STORED] * 3
    assert [versions(log, stream) for stream in streams] == [[1]] * 3
