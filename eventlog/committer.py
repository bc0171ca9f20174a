"""Group commit: whoever holds the lock stores what the others queued meanwhile, in one transaction.

There is no thread of its own: a lone writer goes straight to the database (the short way), and
under load the batch grows by itself while the one before it commits.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from enum import IntEnum
from threading import Lock
from time import monotonic, sleep
from typing import Any, LiteralString

import psycopg
import structlog
from psycopg.rows import tuple_row

from eventlog.entry import Unit
from eventlog.packing import Entries, Grants, register

BATCH = 256
"""Most units in one transaction."""
WAKE_EVERY = 0.005
"""Seconds between two wake-ups of the projector at least; it also polls."""
PATIENCE = 15.0
"""Seconds to go on trying while the database is away."""
_PAUSE = 0.1

_APPEND: LiteralString = "SELECT * FROM log.append(%b, %b, %b)"

logger = structlog.get_logger()


class Verdict(IntEnum):
    """What became of a unit."""

    STORED = 0
    CONFLICT = 1  # the stream has another version by now
    KNOWN = 2  # one of its idempotency keys is in the log already


class Unavailable(Exception):
    """The database cannot be reached; whether the last append was stored is not known."""


class _Pending:
    """A unit that waits for its verdict."""

    __slots__ = ("error", "first_position", "uncertain", "unit", "verdict")

    def __init__(self, unit: Unit) -> None:
        self.unit = unit
        self.verdict: Verdict | None = None
        self.first_position = 0
        self.error: Exception | None = None
        self.uncertain = False  # sent once without an answer: it may stand in the log

    @property
    def done(self) -> bool:
        return self.verdict is not None or self.error is not None


class Committer:
    """Stores units in batches over one connection of its own."""

    def __init__(
        self,
        connect: Callable[[], psycopg.Connection[Any]],
        at: Callable[[Sequence[Unit]], dict[Any, Any]],
    ) -> None:
        """Take how to connect as the service role, and how to look up what stands in the log."""
        self._connect = connect
        self._at = at
        self._connection: psycopg.Connection[Any] | None = None
        self._queue: deque[_Pending] = deque()
        self._lock = Lock()
        self._woke = 0.0

    def append(self, unit: Unit) -> tuple[Verdict, int]:
        """Store one unit, together with what others bring; gives its verdict and first position.

        Raises Unavailable when the database stays away; the outcome is then unknown.
        """
        return self._settle([_Pending(unit)])[0]

    def append_all(self, units: Sequence[Unit]) -> list[tuple[Verdict, int]]:
        """Store many units of different streams, in as few transactions as their number allows."""
        return self._settle([_Pending(unit) for unit in units])

    def close(self) -> None:
        """Close the connection."""
        with self._lock:
            self._drop()

    def _settle(self, own: list[_Pending]) -> list[tuple[Verdict, int]]:
        self._queue.extend(own)
        for pending in own:
            while not pending.done:
                with self._lock:
                    if not pending.done:
                        self._store(self._take())
        return [self._outcome(pending) for pending in own]

    @staticmethod
    def _outcome(pending: _Pending) -> tuple[Verdict, int]:
        if pending.error is not None:
            raise pending.error
        assert pending.verdict is not None  # noqa: S101 - done means one of the two
        return pending.verdict, pending.first_position

    def _take(self) -> list[_Pending]:
        """Take a batch in which each stream and each key stands once; the rest stays queued."""
        batch: list[_Pending] = []
        later: list[_Pending] = []
        held: set[Any] = set()
        while self._queue and len(batch) < BATCH:
            pending = self._queue.popleft()
            names = {pending.unit.stream, *(key for key, _, _ in pending.unit.keys.values())}
            if held.isdisjoint(names):
                held |= names
                batch.append(pending)
            else:
                later.append(pending)
        self._queue.extendleft(reversed(later))
        return batch

    def _store(self, batch: list[_Pending]) -> None:
        """Store a batch; whatever happens, each of its units has a verdict or an error after."""
        deadline = monotonic() + PATIENCE
        try:
            while True:
                try:
                    return self._send(batch)
                except psycopg.OperationalError as error:
                    self._drop()
                    for pending in batch:
                        pending.uncertain = True
                    if monotonic() > deadline:
                        raise Unavailable from error
                    logger.warning("database_lost", units=len(batch))
                    sleep(_PAUSE)
        except Exception as error:  # noqa: BLE001 - handed to every writer of the batch
            for pending in batch:
                pending.error = error

    def _send(self, batch: list[_Pending]) -> None:
        if self._connection is None:
            self._connection = self._connect()
            register(self._connection)
        now = monotonic()
        wake = now - self._woke >= WAKE_EVERY
        with self._connection.cursor(binary=True, row_factory=tuple_row) as cursor:
            units = [pending.unit for pending in batch]
            row = cursor.execute(
                _APPEND, (Entries(units), Grants(units), wake), prepare=True
            ).fetchone()
        assert row is not None  # noqa: S101 - a function with OUT parameters gives one row
        if wake:
            self._woke = now
        verdicts, position = row
        for pending, code in zip(batch, verdicts, strict=True):
            verdict = Verdict(code)
            if verdict is Verdict.STORED:
                pending.first_position = position
                position += len(pending.unit.entries)
            pending.verdict = verdict
        self._recognise([p for p in batch if p.uncertain and p.verdict is not Verdict.STORED])

    def _recognise(self, refused: list[_Pending]) -> None:
        """Find out of units refused the second time which of them the first sending had stored."""
        if not refused:
            return
        standing = self._at([pending.unit for pending in refused])
        for pending in refused:
            unit = pending.unit
            event_id, position = standing.get((unit.stream, unit.base + 1), (None, 0))
            if event_id == unit.entries[0].event_id:
                pending.verdict, pending.first_position = Verdict.STORED, position

    def _drop(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None
