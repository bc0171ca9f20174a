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
    from collections.abc import Callable, Iterator

POLL = 0.005
LINES_OF_A_READY_SERVER = 8


def until(condition: Callable[[], bool], seconds: float) -> bool:
    """Wait for a condition; whether it came true in time."""
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(POLL)
    return True


def command_line(pid: int) -> list[str]:
    """Read what a process runs; empty when it is gone or a zombie."""
    try:
        process = psutil.Process(pid)
        # A zombie that nobody reaps holds its pid for ever, and PostgreSQL would wait for it.
        return [] if process.status() == psutil.STATUS_ZOMBIE else process.cmdline()
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


def is_ready(cluster: Path) -> bool:
    """Whether a living server takes connections."""
    lines = _pid_file(cluster)
    ready = len(lines) >= LINES_OF_A_READY_SERVER and lines[7].strip() == "ready"
    return ready and postmaster(cluster) is not None


def _orphans(cluster: Path, name: str) -> Iterator[psutil.Process]:
    """Processes of a dead server that still run: they name the server in their title."""
    title = f"postgres: {name}:"
    for process in psutil.process_iter():
        try:
            command = process.cmdline()
        except psutil.Error:
            continue
        if command and (command[0].startswith(title) or _serves(command, cluster)):
            yield process


def stop(cluster: Path, name: str, *, seconds: float = 20.0) -> None:
    """Stop the server, politely first, and everything of it; then remove its traces."""
    pid = postmaster(cluster)
    if pid is not None:
        for how in (signal.SIGINT, signal.SIGQUIT):
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
    lines = _pid_file(cluster)
    if not lines:
        return
    orphans = list(_orphans(cluster, name))
    for process in orphans:
        _send(process.pid, signal.SIGKILL)
    until(lambda: not any(command_line(process.pid) for process in orphans), 10.0)
    _free_shared_memory(lines)
    (cluster / "postmaster.pid").unlink(missing_ok=True)


def _free_shared_memory(lines: list[str]) -> None:
    """Free the little block by which PostgreSQL knows a cluster to be in use."""
    table = Path("/proc/sysvipc/shm")
    if len(lines) < LINES_OF_A_READY_SERVER - 1 or not table.exists():
        return
    mark = lines[6].split()
    for row in table.read_text("ascii").splitlines()[1:]:
        (
            key,
            identifier,
            *_,
        ) = row.split()
        attached = row.split()[6]
        if [str(int(key) % 2**32), identifier] == mark and attached == "0":
            remove = 0
            ctypes.CDLL(None).shmctl(int(identifier), remove, None)


def remove_socket(folder: Path) -> None:
    """Remove the socket of a dead server with its lock file and its folder."""
    if folder.is_dir():
        for path in folder.glob(".s.PGSQL.*"):
            path.unlink(missing_ok=True)
        folder.rmdir()
