"""The keeper: a small process beside the server that restarts it while leased and stops it after.

It holds a lock for as long as it lives, and waits for the lease file to be free of others. Only
who holds the lease file alone may stop the server, so nobody who has just joined loses it.
"""

from __future__ import annotations

import fcntl
import json
import os
import signal
import subprocess
import sys
import threading
import time
from dataclasses import asdict, dataclass
from pathlib import Path

from eventlog.embedded import processes
from eventlog.embedded.cluster import as_user, environment
from eventlog.embedded.places import Account

SHORT_LIFE = 1.0
SHORT_LIVES_ALLOWED = 3
BOOTSTRAP = """
import os, sys
if os.fork(): os._exit(0)
sys.path[:] = sys.argv[2].split(os.pathsep)
from eventlog.embedded.keeper import main
main(sys.argv[1])
"""


@dataclass(frozen=True)
class Duty:
    """What the keeper needs to know; no secrets, for everyone can read a command line."""

    cluster: str
    name: str
    postgres: str
    configuration: str
    socket: str
    lease: str
    uid: int | None
    gid: int | None


def launch(duty: Duty, lock: int, log: Path) -> None:
    """Start a keeper that nobody needs to wait for; it inherits the lock that says it lives."""
    descriptor = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        subprocess.run(  # noqa: S603
            [sys.executable, "-I", "-S", "-c", BOOTSTRAP, json.dumps(asdict(duty)), _packages()],
            check=True,
            cwd="/",
            env=environment(),
            pass_fds=[lock],
            start_new_session=True,
            stdin=subprocess.DEVNULL,
            stdout=descriptor,
            stderr=descriptor,
        )
    finally:
        os.close(descriptor)


def _packages() -> str:
    """Where this process finds its modules, for a child that reads no settings of its own."""
    ours = str(Path(__file__).resolve().parents[2])
    return os.pathsep.join([ours, *(str(Path(entry).absolute()) for entry in sys.path if entry)])


def main(duty: str) -> None:
    """Run as the keeper until the last lease is given up."""
    Keeper(Duty(**json.loads(duty))).run()


class Keeper:
    """Keeps one server."""

    def __init__(self, duty: Duty) -> None:
        """Take note of the duty; nothing happens yet."""
        self.duty = duty
        self.cluster = Path(duty.cluster)
        self.over = threading.Event()

    def run(self) -> None:
        """Adopt or start the server, start it again when it dies, stop it when nobody is left."""
        signal.signal(signal.SIGTERM, lambda *_: self.over.set())
        lease = os.open(self.duty.lease, os.O_RDWR)
        threading.Thread(target=self._wait_for_the_last, args=[lease], daemon=True).start()
        short_lives = 0
        while not self.over.is_set() and short_lives < SHORT_LIVES_ALLOWED:
            began = time.monotonic()
            self._one_life()
            short_lives = short_lives + 1 if time.monotonic() - began < SHORT_LIFE else 0
        processes.stop(self.cluster, self.duty.name)
        processes.remove_socket(Path(self.duty.socket))

    def _wait_for_the_last(self, lease: int) -> None:
        fcntl.flock(lease, fcntl.LOCK_EX)
        self.over.set()

    def _one_life(self) -> None:
        if processes.postmaster(self.cluster) is not None:
            while processes.postmaster(self.cluster) is not None and not self.over.wait(0.2):
                pass
            return
        processes.clear(self.cluster, self.duty.name)
        socket = Path(self.duty.socket)
        for path in socket.glob(".s.PGSQL.*"):
            path.unlink(missing_ok=True)
        account = None
        if self.duty.uid is not None and self.duty.gid is not None:
            account = Account(self.duty.uid, self.duty.gid)
        child = subprocess.Popen(  # noqa: S603
            [
                self.duty.postgres,
                "-D",
                self.duty.cluster,
                "-c",
                f"config_file={self.duty.configuration}",
            ],
            cwd="/",
            env=environment(),
            stdin=subprocess.DEVNULL,
            **as_user(account),
        )
        ended = threading.Event()
        threading.Thread(target=self._stop_when_over, args=[child, ended], daemon=True).start()
        child.wait()
        ended.set()

    def _stop_when_over(self, child: subprocess.Popen[bytes], ended: threading.Event) -> None:
        self.over.wait()
        for how in (signal.SIGINT, signal.SIGQUIT, signal.SIGKILL):
            child.send_signal(how)
            if ended.wait(20.0):
                return
