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
from dataclasses import asdict, dataclass
from pathlib import Path

from eventlog.embedded import processes
from eventlog.embedded.cluster import as_user, environment
from eventlog.embedded.places import Account

STOP_PATIENCE = 20.0
ATTEMPTS = 3
LONGEST_PAUSE = 5.0
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
        self.child: subprocess.Popen[bytes] | None = None
        self.over = threading.Event()

    def run(self) -> None:
        """Adopt or start the server, start it again when it dies, stop it when nobody is left."""
        # A shell's background job ignores it; a server that has only just begun has no handler of
        # its own yet, and would not be stopped then.
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        # Blocked before there is any thread, so that the one that waits for it gets it.
        signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGTERM])
        for wait in (self._wait_for_the_last_lease, self._wait_for_shutdown):
            threading.Thread(target=wait, daemon=True).start()
        once_ready, failures = False, 0
        # A server that never came up will not; one that did is wanted back, however often killed.
        while not self.over.is_set() and (once_ready or failures < ATTEMPTS):
            self._one_life()
            was_ready = processes.says_ready(self.cluster)
            once_ready, failures = once_ready or was_ready, 0 if was_ready else failures + 1
            self.over.wait(min(0.05 * failures, LONGEST_PAUSE))
        processes.stop(self.cluster, self.duty.name)
        processes.remove_socket(Path(self.duty.socket))

    def _wait_for_the_last_lease(self) -> None:
        lease = os.open(self.duty.lease, os.O_RDWR)
        fcntl.flock(lease, fcntl.LOCK_EX)  # Held until this process ends.
        self._finish()

    def _wait_for_shutdown(self) -> None:
        signal.sigwait([signal.SIGTERM])  # The machine goes down.
        self._finish()

    def _finish(self) -> None:
        self.over.set()
        child = self.child
        for how in (signal.SIGINT, signal.SIGQUIT, signal.SIGKILL):
            if child is not None:
                child.send_signal(how)
                processes.until(lambda: child.returncode is not None, STOP_PATIENCE)

    def _one_life(self) -> None:
        if processes.postmaster(self.cluster) is None:
            processes.clear(self.cluster, self.duty.name)
            processes.clear_socket(Path(self.duty.socket))
            self.child = self._spawn()
            if self.over.is_set():
                self.child.send_signal(signal.SIGINT)
            self.child.wait()
            return
        # Left by a keeper that was killed, so it is no child of ours and cannot be waited for.
        while processes.postmaster(self.cluster) is not None and not self.over.wait(0.2):
            pass

    def _spawn(self) -> subprocess.Popen[bytes]:
        account = None
        if self.duty.uid is not None and self.duty.gid is not None:
            account = Account(self.duty.uid, self.duty.gid)
        configuration = f"config_file={self.duty.configuration}"
        return subprocess.Popen(  # noqa: S603
            [self.duty.postgres, "-D", self.duty.cluster, "-c", configuration],
            cwd="/",
            env=environment(),
            stdin=subprocess.DEVNULL,
            **as_user(account),
        )
