"""Telling the living server from what a killed one left behind, stopping it, and clearing up."""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import time
from pathlib import Path
from typing import TYPE_CHECKING

import psutil

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

POLL = 0.005
# Lines of postmaster.pid, counted from nought.
LINE_OF_SHARED_MEMORY = 6
LINE_OF_STATUS = 7


def until(condition: Callable[[], bool], seconds: float) -> bool:
    """Wait for a condition; whether it came true in time."""
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(POLL)
    return True


def command_line(pid: int) -> list[str]:
    """Read what a process runs; empty when it is gone or a zombie.

    A zombie that nobody reaps holds its pid for ever, and PostgreSQL would take it for alive.
    """
    try:
        return psutil.Process(pid).cmdline()
    except psutil.Error:
        return []


def _pid_file(cluster: Path) -> list[str]:
    try:
        return (cluster / "postmaster.pid").read_text("utf-8", "replace").splitlines()
    except FileNotFoundError:
        return []


def postmaster(cluster: Path) -> int | None:
    """Find the living server of this cluster: never a zombie, never a stranger with its old pid."""
    lines = _pid_file(cluster)
    if not lines or not lines[0].strip().isdigit():
        return None
    pid = int(lines[0])
    return pid if _serves(command_line(pid), cluster) else None


def _serves(command: list[str], cluster: Path) -> bool:
    return str(cluster) in command[1:] and Path(command[0]).name == "postgres"


def says_ready(cluster: Path) -> bool:
    """Whether the server that runs, or was killed, got as far as taking connections."""
    lines = _pid_file(cluster)
    return len(lines) > LINE_OF_STATUS and lines[LINE_OF_STATUS].strip() == "ready"


def is_ready(cluster: Path) -> bool:
    """Whether a living server takes connections."""
    return says_ready(cluster) and postmaster(cluster) is not None


def _running(matches: Callable[[list[str]], bool]) -> Iterator[int]:
    for process in psutil.process_iter():
        with contextlib.suppress(psutil.Error):
            command = process.cmdline()
            if command and matches(command):
                yield process.pid


def _orphans(cluster: Path, name: str) -> Iterator[int]:
    """Find processes of a dead server that still run: they name the server in their title."""
    title = f"postgres: {name}:"
    return _running(lambda command: command[0].startswith(title) or _serves(command, cluster))


def end(pids: Iterable[int]) -> None:
    """Kill processes that lost their parent, and wait until they are gone."""
    orphans = list(pids)
    for pid in orphans:
        _send(pid, signal.SIGKILL)
    until(lambda: not any(command_line(pid) for pid in orphans), 10.0)


def end_initialisation(unfinished: Path) -> None:
    """Kill an initdb that outlived the process that wanted it."""
    end(_running(lambda command: f"--pgdata={unfinished}" in command))


def stop(cluster: Path, name: str, *, seconds: float = 20.0) -> None:
    """Stop the server, politely first, and everything of it; then remove its traces."""
    pid = postmaster(cluster)
    if pid is not None:
        for how in (signal.SIGINT, signal.SIGQUIT, signal.SIGKILL):
            _send(pid, how)
            if until(lambda: postmaster(cluster) != pid, seconds):
                break
    clear(cluster, name)
    # The process that writes the log ends a moment after the server itself.
    until(lambda: not any(_orphans(cluster, name)), seconds)


def _send(pid: int, how: signal.Signals) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, how)


def clear(cluster: Path, name: str) -> None:
    """Remove what a killed server left: backends, shared memory, its pid file. None may live."""
    if not (cluster / "postmaster.pid").exists():
        return
    lines = _pid_file(cluster)
    end(_orphans(cluster, name))
    _free_shared_memory(lines, cluster.stat().st_uid)
    (cluster / "postmaster.pid").unlink(missing_ok=True)


def _free_shared_memory(lines: list[str], owner: int) -> None:
    """Free the little block by which PostgreSQL knows a cluster to be in use."""
    table = Path("/proc/sysvipc/shm")
    if len(lines) <= LINE_OF_SHARED_MEMORY or not table.exists():
        return
    mark = lines[LINE_OF_SHARED_MEMORY].split()
    for row in table.read_text("ascii").splitlines()[1:]:
        key, identifier, _, _, _, _, attached, uid = row.split()[:8]
        if [str(int(key) % 2**32), identifier] == mark and (attached, uid) == ("0", str(owner)):
            remove = 0
            ctypes.CDLL(None).shmctl(int(identifier), remove, None)


def clear_socket(folder: Path) -> None:
    """Remove the socket of a dead server with its lock file, which may name a pid in use again."""
    for path in folder.glob(".s.PGSQL.*"):
        path.unlink(missing_ok=True)


def remove_socket(folder: Path) -> None:
    """Remove the socket of a dead server and the folder it was in."""
    clear_socket(folder)
    with contextlib.suppress(OSError):
        folder.rmdir()
