"""What this process last knew of streams, folded on from there, and of the roles of people."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from threading import Lock
from typing import Any, NamedTuple
from uuid import UUID

from domain.corrections import Rewriting
from domain.events import BY_TYPE
from domain.events.base import Event, StreamKind
from domain.state import STATES
from eventlog.entry import Entry
from eventlog.log import Log, Roles

KEPT = 50_000
"""Streams that are remembered, and people."""


class Known(NamedTuple):
    """What this process last knew of a stream."""

    version: int
    kind: StreamKind
    state: Any
    given: str | None = None
    """The grants of the stream at that version, when they were read."""


class States:
    """States of streams, those that came first forgotten first; for all threads of a process."""

    def __init__(self, log: Log) -> None:
        """Read what is missing from this log."""
        self._log = log
        # By the number of an id: Python hashes and compares that ten times as fast.
        self._known: dict[int, Known] = {}
        self._roles: dict[int, Roles] = {}
        self._lock = Lock()

    def known(self, stream: UUID) -> Known | None:
        """Give what is remembered of a stream; others may have written to it since."""
        return self._known.get(stream.int)

    def roles(self, person: UUID) -> Roles | None:
        """Give what is remembered of somebody's roles; they may have changed since."""
        return self._roles.get(person.int)

    def learn(self, person: UUID, roles: Roles) -> None:
        """Remember somebody's roles."""
        with self._lock:
            self._roles[person.int] = roles
            if len(self._roles) > KEPT:
                del self._roles[next(iter(self._roles))]

    def folded(self, stream: UUID, kind: StreamKind, version: int | None) -> tuple[int, Any]:
        """Fold the stream, starting from what this process knows of it.

        `version` is the one it has now, when that was looked up already. Version 0 when there is
        none of that kind.
        """
        last = self._known.get(stream.int) or Known(0, kind, STATES[kind][0])
        at, state = last.version, last.state
        if last.kind is not kind:
            return 0, STATES[kind][0]
        if version is not None and at == version:
            return at, state
        entries = self._log.entries(stream, after=at)
        if at and any(isinstance(e.body, Rewriting) for e in entries):
            at, state = 0, STATES[kind][0]
            entries = self._log.entries(stream)
        if not entries:
            return at, state
        if at == 0 and not belongs(entries[0], kind):
            return 0, state
        state = evolved(kind, state, (e.body for e in entries if e.body is not None))
        at = entries[-1].version
        self._keep(stream, Known(at, kind, state))
        return at, state

    def advance(self, stream: UUID, after: Known, events: Sequence[Event]) -> None:
        """Remember the state after an append; a correction changes what went before, so forget."""
        for event in events:
            if isinstance(event, Rewriting):
                self.forget(stream)
                return
        self._keep(stream, after)

    def forget(self, stream: UUID) -> None:
        """Fold a stream anew next time."""
        with self._lock:
            self._known.pop(stream.int, None)

    def _keep(self, stream: UUID, last: Known) -> None:
        with self._lock:
            self._known[stream.int] = last
            if len(self._known) > KEPT:
                del self._known[next(iter(self._known))]


def evolved(kind: StreamKind, state: Any, events: Iterable[Event]) -> Any:
    """Give the state after more events."""
    evolve = STATES[kind][1]
    for event in events:
        state = evolve(state, event)
    return state


def belongs(first: Entry, kind: StreamKind) -> bool:
    """Say whether a stream that begins with this entry is of a kind."""
    return first.type in BY_TYPE and BY_TYPE[first.type].STREAM is kind
