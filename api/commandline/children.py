"""Starts the processes of the service, starts one again that dies, and leaves none behind."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from threading import Event
from time import monotonic
from types import TracebackType
from typing import IO, Self

from api.commandline.stopping import GRACE
from api.commandline.telling import Stop

_LOOK = 0.2
_TOO_SOON = 5.0
"""A process that dies sooner than this after its start died at once."""
_DEATHS = 5
"""One that dies at once so often in a row will go on doing so: its configuration is wrong."""
_PAUSE = 0.2
"""Seconds before the next start, for each death at once so far; one accident costs no time."""
_PATIENCE = GRACE + 3.0


@dataclass(slots=True)
class _Child:
    arguments: Sequence[str]
    process: subprocess.Popen[bytes]
    began: float
    deaths: int = 0
    """How often in a row it died at once."""
    again: float | None = None
    """When it is started again, now that it died."""


@dataclass(slots=True)
class Children:
    """The processes of one command; none outlives it, also when it is killed."""

    environ: Mapping[str, str]
    output: IO[bytes] | None = None
    """Where they write their log; our own output when None."""
    sockets: Sequence[int] = ()
    _running: list[_Child] = field(default_factory=list)

    def __enter__(self) -> Self:
        """Stop them all at the end."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        """Ask them to stop, and end those that do not in time."""
        self.stop()

    def start(self, *arguments: str) -> None:
        """Start one more."""
        self._running.append(_Child(arguments, self._spawn(arguments), monotonic()))

    def watch(self, stop: Event) -> None:
        """Return when told to stop; until then start again what died. Raises Stop."""
        while not stop.wait(_LOOK):
            self.look_after()

    def look_after(self) -> None:
        """Start again what died, after a pause when it died at once; the others go on meanwhile.

        Raises Stop when one keeps dying at once.
        """
        for child in self._running:
            if child.process.poll() is None:
                continue
            now = monotonic()
            if child.again is None:
                child.deaths = child.deaths + 1 if now - child.began < _TOO_SOON else 0
                if child.deaths == _DEATHS:
                    raise Stop(
                        "Een proces van de dienst stopt steeds meteen na het starten; zie het"
                        " logboek.",
                        "A process of the service keeps stopping right after its start; see its"
                        " log.",
                    )
                child.again = now + child.deaths * _PAUSE
            if now >= child.again:
                child.process.communicate()  # lets go of our end of its leash
                child.process, child.began = self._spawn(child.arguments), monotonic()
                child.again = None

    def stop(self) -> None:
        """Stop all of them."""
        for child in self._running:
            child.process.terminate()
        deadline = monotonic() + _PATIENCE
        for child in self._running:
            with child.process as process:
                try:
                    process.wait(max(0.0, deadline - monotonic()))
                except subprocess.TimeoutExpired:
                    process.kill()
        self._running.clear()

    def _spawn(self, arguments: Sequence[str]) -> subprocess.Popen[bytes]:
        return subprocess.Popen(  # noqa: S603 - our own module
            [sys.executable, "-P", "-m", "api.commandline.worker", *arguments],
            stdin=subprocess.PIPE,  # held open by us alone: its end is the end of us
            stdout=self.output,
            stderr=self.output,
            env=dict(self.environ),
            pass_fds=self.sockets,
            start_new_session=True,  # Ctrl-C is for us; we tell them
        )
