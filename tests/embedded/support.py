"""What the tests of the embedded server share: looking at processes, and rows that must survive."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
import psycopg

from eventlog.embedded import Server
from eventlog.embedded.places import settle

ROOT = Path(__file__).resolve().parents[2]


def eventually(condition: Callable[[], object], seconds: float = 20.0) -> None:
    """Wait for a condition, and fail when it does not come true."""
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, f"never became true: {condition}"
        time.sleep(0.01)


def is_alive(pid: int) -> bool:
    try:
        return psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def running(*texts: str) -> list[int]:
    """Living processes, not this one, with one of the texts in their command line."""
    found = []
    for process in psutil.process_iter():
        try:
            line = "\0".join(process.cmdline())
        except psutil.Error:
            continue
        if process.pid != os.getpid() and any(text in line for text in texts):
            found.append(process.pid)
    return found


def processes_of(folder: Path) -> list[int]:
    # Asking for its place would make one where there is none.
    is_settled = any((folder / name).exists() for name in ("cluster", "elsewhere"))
    names = [f"postgres: {settle(folder).name}:"] if is_settled else []
    return running(f"{folder}", *names)


def postmaster_of(folder: Path) -> int:
    return int((settle(folder).cluster / "postmaster.pid").read_text("utf-8").split()[0])


def keeper_of(folder: Path) -> int:
    (pid,) = running(f'{{"cluster": "{settle(folder).cluster}"')
    return pid


def kill(*pids: int) -> None:
    """Kill all at once, and wait until the kernel has done it: a signal only asks for it."""
    for pid in pids:
        os.kill(pid, signal.SIGKILL)
    eventually(lambda: not any(map(is_alive, pids)))


def write_rows(server: Server) -> None:
    with psycopg.connect(server.dsn("samenspoor_owner")) as connection:
        connection.execute("CREATE TABLE kept AS SELECT n FROM generate_series(1, 100) AS n")


def rows(server: Server) -> int:
    with psycopg.connect(server.dsn("samenspoor_owner")) as connection:
        row = connection.execute("SELECT count(*) FROM kept").fetchone()
    assert row
    return int(row[0])


def answers(server: Server) -> bool:
    try:
        with psycopg.connect(server.dsn()) as connection:
            return connection.execute("SELECT 1").fetchone() == (1,)
    except psycopg.OperationalError:
        return False


def holder_command(folder: Path, visits: int = 0, python: str = sys.executable) -> list[str]:
    return [python, str(ROOT / "tests" / "embedded" / "holder.py"), str(folder), str(visits)]


def holder_environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), *sys.path])}


@contextmanager
def holder(folder: Path) -> Iterator[subprocess.Popen[bytes]]:
    """Another process that holds a lease until the block ends, or until it is killed."""
    with subprocess.Popen(
        holder_command(folder),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=holder_environment(),
    ) as process:
        assert process.stdout
        assert process.stdout.readline() == b"ready\n"
        yield process
