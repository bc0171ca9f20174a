"""The committer when something goes wrong: nobody waits for ever, nothing is stored twice."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Event
from time import monotonic
from uuid import uuid4

import psycopg
import pytest

from eventlog import committer, recorder
from eventlog.committer import Committer, Unavailable, Verdict
from eventlog.connection import connect
from eventlog.log import Log
from tests.eventlog.world import MASTER, referred, sealed, talked, versions
from tests.projections.waiting import until


def nowhere(tmp_path: object) -> str:
    return f"host={tmp_path} port=5432 user=nobody dbname=none"


def test_an_interrupted_leader_leaves_nobody_waiting(
    log: Log, migrated: Callable[..., str]
) -> None:
    began, go_on = Event(), Event()

    def interrupted() -> psycopg.Connection:
        began.set()
        go_on.wait(10)
        raise KeyboardInterrupt

    ours = Committer(interrupted)
    units = [sealed(log, uuid4(), 0, [referred()]) for _ in range(4)]

    def lead() -> object:
        with pytest.raises(KeyboardInterrupt):
            ours.append_all([units[0], sealed(log, units[0].stream, 1, [talked()])])
        return None

    with ThreadPoolExecutor(4) as pool:
        leader = pool.submit(lead)
        began.wait(10)
        followers = [pool.submit(ours.append, unit) for unit in units[1:]]
        until(lambda: len(ours._queue) >= 1 + len(followers))  # they stand in line
        ours._connect = lambda: connect(migrated())
        go_on.set()
        assert leader.result() is None
        assert [f.result()[0] for f in followers] == [Verdict.STORED] * 3
    assert ours.append(units[0])[0] is Verdict.STORED
    ours.close()


def test_a_database_that_stays_away_is_told_to_every_writer(
    log: Log, tmp_path: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(committer, "PATIENCE", 0.3)
    ours = Committer(lambda: connect(nowhere(tmp_path)))
    units = [sealed(log, uuid4(), 0, [referred()]) for _ in range(8)]
    began = monotonic()
    with ThreadPoolExecutor(8) as pool:
        for waiting in [pool.submit(ours.append, unit) for unit in units]:
            with pytest.raises(Unavailable):
                waiting.result()
    assert monotonic() - began < 5  # each waits once, not one after the other
    ours._connect = lambda: connect(log.dsn)
    assert ours.append(units[0])[0] is Verdict.STORED
    ours.close()


def test_an_append_that_others_keep_waiting_is_unavailable_and_not_hung(
    log: Log, migrated: Callable[..., str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(committer, "LOCK_PATIENCE", 0.05)
    monkeypatch.setattr(committer, "PATIENCE", 0.2)
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


def test_what_was_stored_without_an_answer_is_recognised(log: Log) -> None:
    """COMMIT was sent and the connection lost: the same unit again is told as stored."""
    ours = log.committer
    streams = [uuid4() for _ in range(3)]
    units = [sealed(log, stream, 0, [referred(), talked()], uuid4().bytes) for stream in streams]
    send, lost = ours._send, []

    def lose(batch: list) -> None:
        send(batch)
        if not lost:
            lost.append(len(batch))
            for pending in batch:
                pending.verdict = None
            raise psycopg.OperationalError

    ours._send = lose  # type: ignore[method-assign]
    positions = [position for _, position in ours.append_all(units)]
    assert lost == [3]
    assert [versions(log, stream) for stream in streams] == [[1, 2]] * 3
    for stream, position in zip(streams, positions, strict=True):
        assert log.entries(stream)[0].position == position


def test_who_stood_there_first_is_not_taken_for_ours(log: Log) -> None:
    """The first sending did not arrive, and somebody else wrote before the second."""
    ours, stream = log.committer, uuid4()
    rival = sealed(log, stream, 0, [referred()])
    send = ours._send

    def lose(_: list) -> None:
        ours._send = send  # type: ignore[method-assign]
        other = Committer(lambda: connect(log.dsn))
        assert other.append(rival)[0] is Verdict.STORED
        other.close()
        raise psycopg.OperationalError

    ours._send = lose  # type: ignore[method-assign]
    assert ours.append(sealed(log, stream, 0, [referred()])) == (Verdict.CONFLICT, 0)
    assert [e.event_id for e in log.entries(stream)] == [rival.entries[0].event_id]


def test_a_lost_connection_is_replaced_unseen(log: Log, migrated: Callable[..., str]) -> None:
    stream = uuid4()
    for version in range(5):
        assert log.committer.append(sealed(log, stream, version, [talked()]))[0] is Verdict.STORED
        cut(migrated)
        assert len(versions(log, stream)) == version + 1


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
        lambda: away.before(uuid4(), [uuid4()], None, []),
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
