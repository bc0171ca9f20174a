"""Starts the command line as people do, and watches what it leaves behind."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from threading import Thread
from time import monotonic, sleep
from urllib.request import urlopen

import psutil

PROGRAM = [str(Path(sys.executable).with_name("samenspoor"))]
PATIENCE = 90.0


def environment(**more: str) -> dict[str, str]:
    """Give an environment in which nothing of ours is set."""
    clean = {n: v for n, v in os.environ.items() if not n.startswith(("SAMENSPOOR", "DATABASE"))}
    return {**clean, "LC_ALL": "C.UTF-8", **more}


def run(*arguments: str, environ: Mapping[str, str]) -> subprocess.CompletedProcess[str]:
    """Run a command to its end."""
    return subprocess.run(
        [*PROGRAM, *arguments],
        env=dict(environ),
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )


class Running:
    """A command that goes on until it is stopped."""

    def __init__(self, *arguments: str, environ: Mapping[str, str]) -> None:
        self.process = subprocess.Popen(
            [*PROGRAM, *arguments],
            env=dict(environ),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        self.said = ""
        self._reading = Thread(target=self._read, daemon=True)
        self._reading.start()

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.said += line

    def until_said(self, what: str) -> str:
        """Wait until it said something; give the address that it named."""
        until(lambda: what in self.said or self.process.poll() is not None)
        assert what in self.said, self.said
        found = re.search(r"http://127\.0\.0\.1:\d+", self.said)
        assert found is not None
        return found[0]

    def family(self) -> list[psutil.Process]:
        """Give the processes that it started."""
        return psutil.Process(self.process.pid).children(recursive=True)

    def stop(self, how: signal.Signals, *, group: bool = False) -> int:
        """Send a signal (with `group` as a terminal does, to all in it) and give the exit code."""
        if group:
            os.killpg(self.process.pid, how)
        else:
            self.process.send_signal(how)
        code = self.process.wait(PATIENCE)
        self._reading.join(PATIENCE)
        assert self.process.stdout is not None
        self.process.stdout.close()
        return code


def until(settled: object, patience: float = PATIENCE) -> None:
    """Wait for a condition, and fail when it does not come."""
    assert callable(settled)
    deadline = monotonic() + patience
    while not settled():
        assert monotonic() < deadline, "this did not happen in time"
        sleep(0.05)


def gone(processes: list[psutil.Process]) -> bool:
    """Say whether none of these runs any more; a zombie runs no more."""
    return not [p for p in processes if p.is_running() and p.status() != psutil.STATUS_ZOMBIE]


def of_folder(folder: Path) -> list[psutil.Process]:
    """Give the processes that have to do with a data folder."""
    return [
        process
        for process in psutil.process_iter(["cmdline"])
        if any(str(folder) in part for part in process.info["cmdline"] or ())
    ]


def get(address: str) -> tuple[int, str]:
    """Ask for a page."""
    with urlopen(address, timeout=PATIENCE) as answer:  # noqa: S310 - our own address
        return answer.status, answer.read().decode()


@contextmanager
def data_folder() -> Iterator[Path]:
    """Give a data folder with a short path, which the server's user can reach as well."""
    folder = Path(tempfile.mkdtemp(prefix="samenspoor-cli-", dir="/tmp"))
    try:
        yield folder / "data"
    finally:
        shutil.rmtree(folder, ignore_errors=True)
