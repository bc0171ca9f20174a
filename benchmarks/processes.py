"""Processes of a run: all of them ready before any begins, and then at work at the same time."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence


def started(
    module: str, dsn: str, arguments: Sequence[Sequence[object]]
) -> list[subprocess.Popen[str]]:
    """Start a process of a module for each of these arguments; gives them when all are ready."""
    processes = [
        subprocess.Popen(
            [sys.executable, "-m", module, *map(str, each)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for each in arguments
    ]
    for process in processes:
        _say(process, dsn)  # not as an argument: it holds a password
    for process in processes:
        assert process.stdout is not None  # noqa: S101
        process.stdout.readline()
    return processes


def together(processes: Sequence[subprocess.Popen[str]], timeout: float) -> list[str]:
    """Let all begin, and give what each of them said at its end."""
    for process in processes:
        _say(process, "go")
    said = [process.communicate(timeout=timeout)[0] for process in processes]
    assert not any(process.returncode for process in processes)  # noqa: S101 - or it is half a figure
    return said


def await_start() -> None:
    """Say, as one of them, that all is ready, and wait until it is so everywhere."""
    print("ready", flush=True)
    sys.stdin.readline()


def answer(text: str) -> None:
    """Say, as one of them, what came of it: whole, where an unbuffered print cuts it."""
    with open(sys.stdout.fileno(), "w", closefd=False) as out:
        print(text, file=out)


def _say(process: subprocess.Popen[str], line: str) -> None:
    assert process.stdin is not None  # noqa: S101
    process.stdin.write(f"{line}\n")
    process.stdin.flush()
