"""Processes share one server; the last to leave, however it leaves, takes the server with it."""

from __future__ import annotations

import subprocess
from pathlib import Path

import psycopg

from eventlog.embedded import start
from tests.embedded.support import (
    answers,
    eventually,
    holder,
    holder_command,
    holder_environment,
    is_alive,
    kill,
    postmaster_of,
    processes_of,
)


def test_the_server_outlives_who_started_it_and_stops_with_the_last(folder: Path) -> None:
    with holder(folder) as first:
        server = start(folder)
        postmaster = postmaster_of(folder)
        first.communicate()  # Its input ends, so it gives up its lease.
        assert first.returncode == 0
    assert answers(server)
    assert postmaster_of(folder) == postmaster
    server.release()
    assert not is_alive(postmaster)
    assert not processes_of(folder)


def test_a_lease_is_per_start_and_given_up_once(folder: Path) -> None:
    first, second = start(folder), start(folder)
    first.release()
    first.release()
    assert answers(second)
    second.release()
    assert not answers(second)


def test_kill_9_of_the_last_holder_stops_the_server(folder: Path) -> None:
    with holder(folder) as process:
        postmaster = postmaster_of(folder)
        kill(process.pid)
        process.wait()
    eventually(lambda: not is_alive(postmaster))
    eventually(lambda: not processes_of(folder))


def test_kill_9_of_one_holder_leaves_the_others_undisturbed(folder: Path) -> None:
    with start(folder) as server, psycopg.connect(server.dsn()) as connection:
        with holder(folder) as process:
            kill(process.pid)
            process.wait()
        assert connection.execute("SELECT 1").fetchone() == (1,)
        assert answers(server)


def test_nobody_who_joins_while_another_leaves_loses_the_server(folder: Path) -> None:
    start(folder).release()
    visitors = [
        subprocess.Popen(
            holder_command(folder, visits=12), env=holder_environment(), stderr=subprocess.PIPE
        )
        for _ in range(4)
    ]
    for visitor in visitors:
        _, complaint = visitor.communicate(timeout=60)
        assert (visitor.returncode, complaint) == (0, b"")


def test_first_starts_at_once_make_one_cluster(folder: Path) -> None:
    visitors = [
        subprocess.Popen(
            holder_command(folder, visits=1), env=holder_environment(), stderr=subprocess.PIPE
        )
        for _ in range(3)
    ]
    for visitor in visitors:
        _, complaint = visitor.communicate(timeout=60)
        assert (visitor.returncode, complaint) == (0, b"")
    assert [path.name for path in folder.glob("cluster*")] == ["cluster"]
