"""The committer when something goes wrong: nobody waits for ever, nothing is stored twice."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from time import monotonic
from uuid import uuid4

import psycopg
import pytest

from eventlog import recorder, storing
from eventlog.committer import Committer, Unavailable, Verdict
from eventlog.connection import connect
from eventlog.entry import Unit
from eventlog.log import Log
from eventlog.storing import Pending, Steps, Storing
from tests.eventlog.world import MASTER, referred, sealed, talked, versions
from tests.projections.waiting import until


def nowhere(tmp_path: object) -> str:
    return f"host={tmp_path} port=5432 user=nobody dbname=none"


Way = Callable[[Log, Sequence[Unit]], list[tuple[Verdict, int] | BaseException]]


def by_threads(log: Log, units: Sequence[Unit]) -> list[tuple[Verdict, int] | BaseException]:
    """Each unit by a thread of its own."""

    def append(unit: Unit) -> tuple[Verdict, int] | BaseException:
        try:
            return log.committer.append(unit)
        except (Unavailable, KeyboardInterrupt, psycopg.Error) as error:
            return error

    with ThreadPoolExecutor(len(units)) as pool:
        return list(pool.map(append, units))


def by_coroutines(log: Log, units: Sequence[Unit]) -> list[tuple[Verdict, int] | BaseException]:
    """Each unit by a coroutine of one loop, which is closed afterwards."""

    async def append() -> list[tuple[Verdict, int] | BaseException]:
        waiting = (log.async_committer.append(unit) for unit in units)
        return await asyncio.gather(*waiting, return_exceptions=True)

    return asyncio.run(append())


STORING: dict[Way, Callable[[Log], Storing]] = {
    by_threads: lambda log: log.committer._storing,
    by_coroutines: lambda log: log.async_committer._storing,
}
both_ways = pytest.mark.parametrize("way", STORING)


@both_ways
def test_one_after_another_and_together(log: Log, way: Way) -> None:
    streams = [uuid4() for _ in range(70)]
    for version in range(3):
        stored = way(log, [sealed(log, stream, version, [talked()]) for stream in streams])
        positions = [outcome[1] for outcome in stored]  # type: ignore[index]
        assert [outcome[0] for outcome in stored] == [Verdict.STORED] * 70  # type: ignore[index]
        assert positions == [log.entries(each)[-1].position for each in streams]
        assert len(set(positions)) == 70
    assert all(versions(log, stream) == [1, 2, 3] for stream in streams)


def test_what_is_ready_at_one_moment_shares_a_transaction(log: Log) -> None:
    sent: list[int] = []
    steps = log.async_committer._storing.steps

    def counted(batch: list[Pending]) -> Steps:
        sent.append(len(batch))
        return steps(batch)

    log.async_committer._storing.steps = counted  # type: ignore[method-assign]
    by_coroutines(log, [sealed(log, uuid4(), 0, [referred()]) for _ in range(300)])
    assert sent == [1, storing.BATCH, 299 - storing.BATCH]  # who comes first goes at once


def test_what_rests_on_a_stream_that_is_written_before_it_waits(log: Log) -> None:
    """So the end of a role never stands before what was decided on that role."""
    person, stream = uuid4(), uuid4()
    log.committer.append(sealed(log, person, 0, [talked()]))
    moves, rests = sealed(log, person, 1, [talked()]), sealed(log, stream, 0, [talked()])
    for unit in (moves, rests):
        unit.rests = person, 1
    told = [each for each, _ in log.committer.append_all([moves, rests])]
    assert told == [Verdict.STORED, Verdict.CONFLICT]
    later = sealed(log, person, 2, [talked()])
    rests.rests = person, 2
    told = [each for each, _ in log.committer.append_all([rests, later])]
    assert told == [Verdict.STORED, Verdict.STORED]
    assert log.entries(stream)[0].position < log.entries(person)[2].position


def test_it_knows_whether_others_write_as_well(log: Log, second_log: Log) -> None:
    alone = []
    for writer in (log, log, second_log, log, log):
        writer.committer.append(sealed(writer, uuid4(), 0, [referred()]))
        alone.append(writer.committer._storing.alone)
    assert alone[1:] == [True, False, False, True]


def test_more_than_a_socket_takes_at_once(log: Log) -> None:
    long = "x" * 20_000
    units = [sealed(log, uuid4(), 0, [talked(long)]) for _ in range(200)]
    assert {outcome[0] for outcome in by_coroutines(log, units)} == {Verdict.STORED}  # type: ignore[index]


@both_ways
def test_an_interrupted_batch_leaves_nobody_waiting(log: Log, way: Way) -> None:
    def interrupted() -> psycopg.Connection:
        raise KeyboardInterrupt

    ours = STORING[way](log)
    connect_, ours._connect = ours._connect, interrupted
    unit = sealed(log, uuid4(), 0, [referred()])
    with suppress(KeyboardInterrupt):
        way(log, [unit])
    ours._connect = connect_
    assert way(log, [unit])[0][0] is Verdict.STORED  # type: ignore[index]


def test_a_request_that_is_broken_off_stops_nobody_else(log: Log) -> None:
    units = [sealed(log, uuid4(), 0, [referred()]) for _ in range(4)]

    async def append() -> list[object]:
        tasks = [asyncio.create_task(log.async_committer.append(unit)) for unit in units]
        await asyncio.sleep(0)  # they stand in line
        tasks[0].cancel()
        return await asyncio.gather(*tasks, return_exceptions=True)

    broken_off, *others = asyncio.run(append())
    assert isinstance(broken_off, asyncio.CancelledError)
    assert [outcome[0] for outcome in others] == [Verdict.STORED] * 3  # type: ignore[index]
    assert by_coroutines(log, [sealed(log, uuid4(), 0, [referred()])])[0][0] is Verdict.STORED  # type: ignore[index]


def test_a_loop_that_ends_in_mid_append_does_not_hold_up_the_next(log: Log) -> None:
    async def leave(unit: Unit) -> None:
        task = asyncio.create_task(log.async_committer.append(unit))
        await asyncio.sleep(0)
        del task

    for _ in range(3):
        asyncio.run(leave(sealed(log, uuid4(), 0, [referred()])))
        unit = sealed(log, uuid4(), 0, [referred()])
        assert by_coroutines(log, [unit])[0][0] is Verdict.STORED  # type: ignore[index]


@both_ways
def test_a_database_that_stays_away_is_told_to_every_writer(
    log: Log, way: Way, tmp_path: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(storing, "PATIENCE", 0.3)
    ours = STORING[way](log)
    connect_, ours._connect = ours._connect, lambda: connect(nowhere(tmp_path))
    units = [sealed(log, uuid4(), 0, [referred()]) for _ in range(8)]
    began = monotonic()
    assert {type(outcome) for outcome in way(log, units)} == {Unavailable}
    assert monotonic() - began < 5  # each waits once, not one after the other
    ours._connect = connect_
    assert way(log, units[:1])[0][0] is Verdict.STORED  # type: ignore[index]


def test_an_append_that_others_keep_waiting_is_unavailable_and_not_hung(
    log: Log, migrated: Callable[..., str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(storing, "LOCK_PATIENCE", 0.05)
    monkeypatch.setattr(storing, "PATIENCE", 0.2)
    unit = sealed(log, uuid4(), 0, [referred()])
    with psycopg.connect(migrated("samenspoor_projector")) as other:
        other.execute("SELECT pg_advisory_xact_lock(5349)")
        with pytest.raises(Unavailable):
            log.committer.append(unit)
    assert log.committer.append(unit)[0] is Verdict.STORED


def test_a_database_without_our_tables_is_used_once_it_has_them(
    server, database: Callable[..., str], log: Log
) -> None:
    from eventlog.migrate import migrate  # noqa: PLC0415

    del server
    ours = Committer(lambda: connect(database()))
    unit = sealed(log, uuid4(), 0, [referred()])
    with pytest.raises(psycopg.errors.Error):
        ours.append(unit)
    migrate(database("samenspoor_owner"))
    assert ours.append(unit)[0] is Verdict.STORED
    ours.close()


@both_ways
def test_what_was_stored_without_an_answer_is_recognised(log: Log, way: Way) -> None:
    """COMMIT was sent and the connection lost: the same unit again is told as stored."""
    ours = STORING[way](log)
    streams = [uuid4() for _ in range(3)]
    units = [sealed(log, stream, 0, [referred(), talked()], uuid4().bytes) for stream in streams]
    send, lost = ours._send, []

    def lose(batch: list[Pending]) -> Steps:
        yield from send(batch)
        if not lost:
            lost.append(len(batch))
            for pending in batch:
                pending.verdict = None
            raise psycopg.OperationalError

    ours._send = lose  # type: ignore[method-assign]
    positions = [outcome[1] for outcome in way(log, units)]  # type: ignore[index]
    assert lost
    assert [versions(log, stream) for stream in streams] == [[1, 2]] * 3
    for stream, position in zip(streams, positions, strict=True):
        assert log.entries(stream)[0].position == position


@both_ways
def test_who_stood_there_first_is_not_taken_for_ours(log: Log, way: Way) -> None:
    """The first sending did not arrive, and somebody else wrote before the second."""
    ours, stream = STORING[way](log), uuid4()
    rival = sealed(log, stream, 0, [referred()])
    send = ours._send

    def lose(_: list[Pending]) -> Steps:
        ours._send = send  # type: ignore[method-assign]
        other = Committer(lambda: connect(log.dsn))
        assert other.append(rival)[0] is Verdict.STORED
        other.close()
        raise psycopg.OperationalError
        yield

    ours._send = lose  # type: ignore[method-assign]
    assert way(log, [sealed(log, stream, 0, [referred()])]) == [(Verdict.CONFLICT, 0)]
    assert [e.event_id for e in log.entries(stream)] == [rival.entries[0].event_id]


@both_ways
def test_a_lost_connection_is_replaced_unseen(
    log: Log, way: Way, migrated: Callable[..., str]
) -> None:
    stream = uuid4()
    for version in range(5):
        (stored,) = way(log, [sealed(log, stream, version, [talked()])])
        assert stored[0] is Verdict.STORED  # type: ignore[index]
        cut(migrated)
        assert len(versions(log, stream)) == version + 1


def test_a_connection_cut_while_a_loop_goes_on_is_replaced_unseen(
    log: Log, migrated: Callable[..., str]
) -> None:
    stream = uuid4()
    units = [sealed(log, stream, version, [talked()]) for version in range(5)]

    async def append() -> None:
        for unit in units:
            assert (await log.async_committer.append(unit))[0] is Verdict.STORED
            await asyncio.to_thread(cut, migrated)  # the loop meets the end of the connection

    asyncio.run(append())
    assert versions(log, stream) == [1, 2, 3, 4, 5]


def cut(migrated: Callable[..., str]) -> None:
    """Cut every other connection of the service to this database."""
    with psycopg.connect(migrated(), autocommit=True) as connection:
        until(
            lambda: (
                not connection.execute(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                    " WHERE datname = current_database() AND pid <> pg_backend_pid()"
                    " AND usename = current_user"
                ).fetchall()
            )
        )


def test_reading_says_unavailable_and_goes_on_when_the_database_is_back(
    log: Log, tmp_path: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recorder, "PATIENCE", 0.2)
    away = Log(nowhere(tmp_path), MASTER)
    away.entries_recorder.datastore.pool.timeout = 0.1
    asked: list[Callable[[], object]] = [
        away.position,
        lambda: away.entries(uuid4()),
        lambda: away.read(0, 10),
        lambda: away.before(uuid4(), uuid4(), [], None, []),
        lambda: away.keys.sealing(uuid4(), "reintegration"),
        lambda: away.keys.opening(uuid4()),
    ]
    for ask in asked:
        with pytest.raises(Unavailable):
            ask()
    monkeypatch.undo()
    there = log.entries_recorder.datastore.pool
    there.open()
    away.entries_recorder.datastore.pool.kwargs = there.kwargs  # the database came back
    assert away.position() == log.position()
    away.close()
