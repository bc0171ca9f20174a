"""Group commit: one writer stores what the others queued meanwhile, then lets the next one lead.

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
from eventlog.problems import Unavailable

__all__ = ["Committer", "Unavailable", "Verdict"]

BATCH = 256
"""Most units in one transaction."""
WAKE_EVERY = 0.005
"""Seconds between two wake-ups of the projector at least; it also polls."""
PATIENCE = 15.0
"""Seconds that a writer goes on trying while the database is away."""
LOCK_PATIENCE = 5.0
"""Seconds that an append waits for those of other processes before it counts as lost."""
_PAUSE = 0.1

# What a lost connection, a server that shuts down or recovers, and a standby raise.
_LOST = (psycopg.OperationalError, psycopg.InterfaceError, psycopg.errors.ReadOnlySqlTransaction)

_APPEND: LiteralString = "SELECT * FROM log.append(%b, %b, %b)"
_STANDING: LiteralString = """
SELECT e.event_id, e.notification_id FROM log.entry e
  JOIN unnest(%s::uuid[], %s::int[]) AS u (stream, version)
    ON e.originator_id = u.stream AND e.originator_version = u.version"""

logger = structlog.get_logger()


class Verdict(IntEnum):
    """What became of a unit."""

    STORED = 0
    CONFLICT = 1  # the stream has another version by now
    KNOWN = 2  # one of its idempotency keys is in the log already


class _Turn:
    """A writer that waits: until its units are done, or until it is its turn to lead."""

    __slots__ = ("gate", "leads", "left")

    def __init__(self, units: int) -> None:
        self.gate = Lock()
        self.gate.acquire()
        self.left = units
        self.leads = False


class _Pending:
    """A unit that waits for its verdict."""

    __slots__ = ("deadline", "error", "first_position", "turn", "uncertain", "unit", "verdict")

    def __init__(self, unit: Unit, turn: _Turn) -> None:
        if not unit.entries:
            msg = "a unit without entries has no verdict"
            raise ValueError(msg)
        self.unit = unit
        self.turn = turn
        self.deadline = monotonic() + PATIENCE
        self.verdict: Verdict | None = None
        self.first_position = 0
        self.error: BaseException | None = None
        self.uncertain = False  # sent once without an answer: it may stand in the log

    @property
    def done(self) -> bool:
        return self.verdict is not None or self.error is not None


class Committer:
    """Stores units in batches over one connection of its own."""

    def __init__(self, connect: Callable[[], psycopg.Connection[Any]]) -> None:
        """Take how to connect as the service role."""
        self._connect = connect
        self._connection: psycopg.Connection[Any] | None = None
        self._queue: deque[_Pending] = deque()
        self._lock = Lock()  # of the queue, and of who leads
        self._led = False
        self._storing = Lock()
        self._woke = 0.0

    def append(self, unit: Unit) -> tuple[Verdict, int]:
        """Store one unit, together with what others bring; gives its verdict and first position.

        Raises Unavailable when the database stays away; the outcome is then unknown. Raises
        ValueError for a unit without entries.
        """
        return self._settle([unit])[0]

    def append_all(self, units: Sequence[Unit]) -> list[tuple[Verdict, int]]:
        """Store many units of different streams, in as few transactions as their number allows."""
        return self._settle(units) if units else []

    def close(self) -> None:
        """Close the connection."""
        with self._storing:
            self._drop()

    def _settle(self, units: Sequence[Unit]) -> list[tuple[Verdict, int]]:
        turn = _Turn(len(units))
        own = [_Pending(unit, turn) for unit in units]
        with self._lock:
            self._queue.extend(own)
            turn.leads, self._led = not self._led, True
        try:
            if not turn.leads:
                turn.gate.acquire()
            if turn.leads:
                self._lead(turn)
        except BaseException:
            self._leave(turn)
            raise
        return [self._outcome(pending) for pending in own]

    def _lead(self, turn: _Turn) -> None:
        """Store batches until the own units are done; the next leads before the others wake."""
        done: list[_Turn] = []
        try:
            while turn.left:
                batch = self._take()
                try:
                    with self._storing:
                        self._store(batch)
                finally:
                    for pending in batch:
                        pending.turn.left -= 1
                        if not pending.turn.left and pending.turn is not turn:
                            done.append(pending.turn)
        finally:
            self._leave(turn)
            for each in done:
                each.gate.release()

    def _leave(self, turn: _Turn) -> None:
        """Let the next one lead, also when this one was interrupted and waits for nothing more."""
        with self._lock:
            if turn.left:
                self._queue = deque(each for each in self._queue if each.turn is not turn)
            if not turn.leads:
                return
            turn.leads = False
            self._led = bool(self._queue)
            if self._led:
                heir = self._queue[0].turn
                heir.leads = True
                heir.gate.release()

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
        with self._lock:
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
        pause = 0.0  # a connection that was cut is replaced at once
        try:
            while batch and not batch[0].done:
                try:
                    self._send(batch)
                except _LOST as error:
                    self._drop()
                    batch = _still_hoping(batch, error)
                    logger.warning("database_lost", units=len(batch))
                    sleep(pause)
                    pause = _PAUSE
        except Exception as error:  # noqa: BLE001 - handed to the writer whose unit caused it
            if len(batch) == 1:
                batch[0].error = error
                return
            for pending in batch:  # one bad unit does not fail the others
                pending.uncertain = True
                self._store([pending])
        finally:
            for pending in batch:
                if not pending.done:  # interrupted
                    pending.error = Unavailable()

    def _send(self, batch: list[_Pending]) -> None:
        units = [pending.unit for pending in batch]
        entries, grants = Entries(units), Grants(units)
        connection = self._connected()
        now = monotonic()
        wake = now - self._woke >= WAKE_EVERY
        with connection.cursor(binary=True, row_factory=tuple_row) as cursor:
            row = cursor.execute(_APPEND, (entries, grants, wake), prepare=True).fetchone()
        assert row is not None  # noqa: S101 - a function with OUT parameters gives one row
        verdicts, position = row
        if wake and position is not None:
            self._woke = now
        standing = self._standing(connection, batch, verdicts)
        for pending, code in zip(batch, verdicts, strict=True):
            unit, verdict = pending.unit, Verdict(code)
            if verdict is Verdict.STORED:
                pending.first_position = position
                position += len(unit.entries)
            elif unit.entries[0].event_id in standing:  # by the sending that got no answer
                pending.first_position = standing[unit.entries[0].event_id]
                verdict = Verdict.STORED
            pending.verdict = verdict

    @staticmethod
    def _standing(
        connection: psycopg.Connection[Any], batch: list[_Pending], verdicts: Sequence[int]
    ) -> dict[Any, int]:
        """Look up what stands where the units go that were sent before and are refused now."""
        refused = [
            pending.unit
            for pending, code in zip(batch, verdicts, strict=True)
            if pending.uncertain and code != Verdict.STORED
        ]
        if not refused:
            return {}
        places = [u.stream for u in refused], [u.base + 1 for u in refused]
        with connection.cursor(binary=True, row_factory=tuple_row) as cursor:
            return dict(cursor.execute(_STANDING, places).fetchall())

    def _connected(self) -> psycopg.Connection[Any]:
        if self._connection is None:
            fresh = self._connect()
            try:
                register(fresh)
                fresh.execute(
                    "SELECT set_config('lock_timeout', %s, false)", (f"{LOCK_PATIENCE:.3f}s",)
                )
            except BaseException:
                fresh.close()
                raise
            self._connection = fresh
        return self._connection

    def _drop(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None


def _still_hoping(batch: list[_Pending], error: Exception) -> list[_Pending]:
    """Let go of those who waited long enough; the others were sent, without an answer."""
    now, hoping = monotonic(), []
    for pending in batch:
        pending.uncertain = True
        if now < pending.deadline:
            hoping.append(pending)
        else:
            pending.error = Unavailable()
            pending.error.__cause__ = error
    return hoping
