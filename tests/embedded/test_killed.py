"""Whatever is killed, in whatever order: the next start works and every committed row is there."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest

from eventlog.embedded import start
from eventlog.embedded.places import settle
from tests.embedded.support import (
    answers,
    eventually,
    holder,
    holder_command,
    holder_environment,
    is_alive,
    keeper_of,
    kill,
    postmaster_of,
    processes_of,
    rows,
    running,
    write_rows,
)


def shared_memory() -> list[str]:
    """The numbers of the blocks of shared memory on this machine."""
    table = Path("/proc/sysvipc/shm").read_text("ascii")
    return [row.split()[1] for row in table.splitlines()[1:]]


def start_and_write(folder: Path) -> None:
    with start(folder) as server:
        write_rows(server)


def test_the_server_is_started_again_for_who_still_uses_it(folder: Path) -> None:
    with start(folder) as server:
        write_rows(server)
        for _ in range(4):
            killed = postmaster_of(folder)
            kill(killed)
            eventually(lambda: answers(server))  # The same address still works.
            assert postmaster_of(folder) != killed
        assert rows(server) == 100


@pytest.mark.parametrize("victims", ["service", "service+server", "service+server+keeper"])
def test_kill_9_of_the_service_and_all_it_rests_on(folder: Path, victims: str) -> None:
    start_and_write(folder)
    with holder(folder) as process:
        pids = {
            "service": process.pid,
            "server": postmaster_of(folder),
            "keeper": keeper_of(folder),
        }
        # The keeper first, or it would already be starting the server again.
        kill(*(pids[name] for name in reversed(victims.split("+"))))
        process.wait()
    with start(folder) as server:
        assert rows(server) == 100


def test_a_killed_keeper_is_replaced_without_anyone_noticing(folder: Path) -> None:
    with holder(folder), start(folder) as server:
        with psycopg.connect(server.dsn()) as connection:
            kill(keeper := keeper_of(folder))
            start(folder).release()
            assert connection.execute("SELECT 1").fetchone() == (1,)
        assert keeper_of(folder) != keeper
        kill(postmaster_of(folder))
        eventually(lambda: answers(server))


def test_the_last_to_leave_stops_the_server_when_the_keeper_is_gone(folder: Path) -> None:
    server = start(folder)
    postmaster = postmaster_of(folder)
    kill(keeper_of(folder))
    server.release()
    assert not is_alive(postmaster)
    assert not processes_of(folder)


def test_the_last_to_leave_clears_up_when_all_else_is_gone(folder: Path) -> None:
    server = start(folder)
    keeper, postmaster = keeper_of(folder), postmaster_of(folder)
    identifier = (settle(folder).cluster / "postmaster.pid").read_text("ascii").split()[-2]
    kill(keeper, postmaster)
    server.release()
    assert not (settle(folder).cluster / "postmaster.pid").exists()
    assert identifier not in shared_memory()


def test_a_keeper_told_to_end_stops_the_server_cleanly(folder: Path) -> None:
    with start(folder):
        postmaster = postmaster_of(folder)
        os.kill(keeper_of(folder), signal.SIGTERM)
        eventually(lambda: not is_alive(postmaster))
        eventually(lambda: not (settle(folder).cluster / "postmaster.pid").exists())
    assert not processes_of(folder)


def test_a_pid_that_is_now_another_process(folder: Path) -> None:
    """The pid file and the socket's lock name a living process of the server's own user."""
    start_and_write(folder)
    place = settle(folder)
    account = place.account
    user = {"user": account.uid, "group": account.gid, "extra_groups": []} if account else {}
    with subprocess.Popen(["sleep", "60"], **user) as stranger:
        stale = f"{stranger.pid}\n{place.cluster}\n1\n5432\n{place.home}/socket\n\n 1 2\nready\n"
        (place.cluster / "postmaster.pid").write_text(stale, "ascii")
        (place.home / "socket").mkdir()
        (place.home / "socket" / ".s.PGSQL.5432.lock").write_text(stale, "ascii")
        try:
            with start(folder) as server:
                assert rows(server) == 100
                assert is_alive(stranger.pid)
        finally:
            stranger.kill()


@pytest.mark.parametrize("content", [b"", b"\xff\n", b"1\n2\n3\n4\n5\n6\nx y\nready\n"])
def test_a_garbled_pid_file(folder: Path, content: bytes) -> None:
    start_and_write(folder)
    (settle(folder).cluster / "postmaster.pid").write_bytes(content)
    with start(folder) as server:
        assert rows(server) == 100


def test_a_backend_that_outlives_its_server(folder: Path) -> None:
    """It is stopped in its tracks with the shared memory still attached, so it cannot leave."""
    start_and_write(folder)
    with start(folder) as first, psycopg.connect(first.dsn()) as connection:
        backend = connection.info.backend_pid
        os.kill(backend, signal.SIGSTOP)
        kill(keeper_of(folder), postmaster_of(folder))
        with start(folder) as server:
            assert rows(server) == 100
            assert not is_alive(backend)


def test_a_first_start_that_was_killed_is_done_over(folder: Path) -> None:
    with subprocess.Popen(holder_command(folder), env=holder_environment()) as process:
        eventually(lambda: list(folder.glob("cluster.*.part/PG_VERSION")))
        kill(process.pid)
        process.wait()
    with start(folder) as server:
        assert answers(server)
    assert not list(folder.glob("*.part"))
    assert not running(f"--pgdata={folder}")


NOBODY_REAPS = """
import ctypes, os, psutil, signal, sys
from pathlib import Path
from eventlog.embedded import start
from tests.embedded.support import answers, eventually, keeper_of, kill, postmaster_of, rows
folder = Path(sys.argv[1])
PR_SET_CHILD_SUBREAPER = 36
assert ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0) == 0
with start(folder) as first:
    killed = keeper_of(folder), postmaster_of(folder)
    kill(*killed)
    for pid in killed:
        eventually(lambda: psutil.Process(pid).status() == psutil.STATUS_ZOMBIE)
    with start(folder) as second:
        assert rows(second) == 100
    kill(keeper_of(folder))
    start(folder).release()  # A new keeper, and the server is no child of it.
    kill(postmaster_of(folder))
    eventually(lambda: answers(first))
    assert rows(first) == 100
"""


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux lets a process adopt orphans")
def test_zombies_that_nobody_reaps(folder: Path) -> None:
    """As in a container whose first process does not reap: the pid of the killed stays taken."""
    start_and_write(folder)
    done = subprocess.run(
        [sys.executable, "-c", NOBODY_REAPS, str(folder)],
        env=holder_environment(),
        stderr=subprocess.PIPE,
        text=True,
        check=False,
        timeout=60,
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_memory_of_a_killed_server_is_given_back(folder: Path) -> None:
    with holder(folder) as process:
        postmaster = postmaster_of(folder)
        identifier = (settle(folder).cluster / "postmaster.pid").read_text("ascii").split()[-2]
        assert identifier in shared_memory()
        kill(process.pid, postmaster)
        process.wait()
    eventually(lambda: not processes_of(folder))
    assert identifier not in shared_memory()
