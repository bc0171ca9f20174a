"""What is said to the database to store a batch of units, whether threads or coroutines wait."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import partial
from time import monotonic, sleep
from typing import TYPE_CHECKING, Any, LiteralString

import psycopg
import structlog
from psycopg.rows import tuple_row

from eventlog.entry import Unit
from eventlog.packing import Entries, Grants
from eventlog.problems import Unavailable
from eventlog.steps import Apart, Step
from eventlog.wire import Said, Wire

if TYPE_CHECKING:
    import asyncio

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


_VERDICTS = tuple(Verdict)


class Pending:
    """A unit that waits for its verdict."""

    __slots__ = (
        "deadline",
        "error",
        "first_position",
        "meanwhile",
        "told",
        "uncertain",
        "unit",
        "verdict",
    )

    def __init__(
        self,
        unit: Unit,
        told: asyncio.Future[None] | None = None,
        meanwhile: Callable[[], object] | None = None,
    ) -> None:
        """Begin to wait; raises ValueError for a unit without entries.

        `meanwhile` is called while the database is at work on it.
        """
        if not unit.entries:
            msg = "a unit without entries has no verdict"
            raise ValueError(msg)
        self.unit = unit
        self.told = told
        self.meanwhile = meanwhile
        self.deadline = monotonic() + PATIENCE
        self.verdict: Verdict | None = None
        self.first_position = 0
        self.error: BaseException | None = None
        self.uncertain = False  # sent once without an answer: it may stand in the log

    @property
    def done(self) -> bool:
        """Say whether it has its verdict, or never will."""
        return self.verdict is not None or self.error is not None

    def outcome(self) -> tuple[Verdict, int]:
        """Give verdict and first position, or raise what went wrong."""
        if self.error is not None:
            raise self.error
        assert self.verdict is not None  # noqa: S101 - done means one of the two
        return self.verdict, self.first_position


Steps = Generator[Step, Any, None]


@dataclass(frozen=True, slots=True)
class _Append:
    wire: Wire
    entries: Entries
    grants: Grants
    wake: bool

    def now(self) -> Said:
        """Wait for the answer."""
        return self.wire.append(self.entries, self.grants, wake=self.wake)

    async def soon(self) -> Said:
        """Let the loop go on meanwhile."""
        return await self.wire.append_async(self.entries, self.grants, wake=self.wake)


class Storing:
    """Stores batches, one after another, over a connection of its own."""

    def __init__(self, connect: Callable[[], psycopg.Connection[Any]]) -> None:
        """Take how to connect as the service role."""
        self._connect = connect
        self._wire: Wire | None = None
        self._woke = 0.0
        self._end = 0
        self.alone = True
        """Nobody else wrote to the log between the last two batches."""

    def steps(self, batch: list[Pending]) -> Steps:
        """Store a batch; whatever happens, each of its units has a verdict or an error after."""
        pause = 0.0  # a connection that was cut is replaced at once
        try:
            while batch and not batch[0].done:
                try:
                    yield from self._send(batch)
                except _LOST as error:
                    self.close()
                    batch = _still_hoping(batch, error)
                    logger.warning("database_lost", units=len(batch))
                    yield Apart(partial(sleep, pause))
                    pause = _PAUSE
        except Exception as error:  # noqa: BLE001 - handed to the writer whose unit caused it
            if len(batch) == 1:
                batch[0].error = error
                return
            for pending in batch:  # one bad unit does not fail the others
                pending.uncertain = True
                yield from self.steps([pending])
        except BaseException:
            self.close()  # an answer may still be on its way
            raise
        finally:
            for pending in batch:
                if not pending.done:  # interrupted
                    pending.error = Unavailable()

    def close(self) -> None:
        """Close the connection; the next batch opens another."""
        wire, self._wire = self._wire, None
        if wire is not None:
            wire.close()

    def _send(self, batch: list[Pending]) -> Steps:
        if self._wire is None:
            yield Apart(self._open)
        wire = self._wire
        assert wire is not None  # noqa: S101 - or it raised
        units = [pending.unit for pending in batch]
        now = monotonic()
        wake = now - self._woke >= WAKE_EVERY
        verdicts, position = yield _Append(wire, Entries(units), Grants(units), wake)
        if position is not None:
            self.alone = position == self._end + 1
            if wake:
                self._woke = now
        standing: dict[Any, int] = {}
        if refused := _refused_again(batch, verdicts):
            standing = yield Apart(partial(self._standing, refused))
        for pending, code in zip(batch, verdicts, strict=True):
            unit, verdict = pending.unit, _VERDICTS[code]
            if verdict is Verdict.STORED:
                pending.first_position = position
                position += len(unit.entries)
            elif unit.entries[0].event_id in standing:  # by the sending that got no answer
                pending.first_position = standing[unit.entries[0].event_id]
                verdict = Verdict.STORED
            pending.verdict = verdict
        if position is not None:
            self._end = position - 1

    def _open(self) -> None:
        """Connect: for the next batch, if whoever asked for it was broken off meanwhile."""
        fresh = self._connect()
        try:
            patience = f"{LOCK_PATIENCE:.3f}s"
            fresh.execute("SELECT set_config('lock_timeout', %s, false)", (patience,))
        except BaseException:
            fresh.close()
            raise
        wire = Wire(fresh)
        if self._wire is None:
            self._wire = wire
        else:
            wire.close()

    def _standing(self, units: Sequence[Unit]) -> dict[Any, int]:
        """Look up what stands where these units would go."""
        places = [unit.stream for unit in units], [unit.base + 1 for unit in units]
        with (
            self._connect() as connection,
            connection.cursor(binary=True, row_factory=tuple_row) as cursor,
        ):
            return dict(cursor.execute(_STANDING, places).fetchall())


def take(queue: deque[Pending]) -> list[Pending]:
    """Take a batch in which each stream and each key stands once; what remains stays queued.

    So does what rests on a stream that is written before it.
    """
    batch: list[Pending] = []
    later: list[Pending] = []
    held: set[int | bytes] = set()
    while queue and len(batch) < BATCH:
        pending = queue.popleft()
        unit = pending.unit
        names: set[int | bytes] = {unit.stream.int}
        for key, _, _ in unit.keys.values():
            names.add(key)
        if held.isdisjoint(names) and (unit.rests is None or unit.rests[0].int not in held):
            held |= names
            batch.append(pending)
        else:
            later.append(pending)
    queue.extendleft(reversed(later))
    return batch


def _refused_again(batch: list[Pending], verdicts: Sequence[int]) -> list[Unit]:
    """Name the units that were sent before and are refused now: they may be what stands there."""
    return [
        pending.unit
        for pending, code in zip(batch, verdicts, strict=True)
        if pending.uncertain and code != Verdict.STORED
    ]


def _still_hoping(batch: list[Pending], error: Exception) -> list[Pending]:
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
