"""Stores units, those of one moment together: for coroutines by group commit, for threads in turn.

Requests are served by coroutines on one event loop: while a batch is on its way to the database
the next one gathers by itself. Command line tools and tests write from threads.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable, Sequence
from threading import Lock
from time import monotonic
from typing import Any

import psycopg

from eventlog.entry import Unit
from eventlog.problems import Unavailable
from eventlog.steps import run, run_async
from eventlog.storing import Pending, Storing, Verdict, take

__all__ = ["AsyncCommitter", "Committer", "Unavailable", "Verdict"]

LONG, EACH = 0.002, 0.0002
"""Seconds that a batch, and each of its units, take where commits are better shared by all."""
Connect = Callable[[], psycopg.Connection[Any]]
"""How to connect as the service role."""


class Committer:
    """Stores units for threads, one transaction after another."""

    def __init__(self, connect: Connect) -> None:
        """Connect when there is something to store."""
        self._storing = Storing(connect)
        self._alone = Lock()

    def append(self, unit: Unit) -> tuple[Verdict, int]:
        """Store one unit; gives its verdict and first position.

        Raises Unavailable when the database stays away; the outcome is then unknown. Raises
        ValueError for a unit without entries.
        """
        return self._stored([unit])[0]

    def append_all(self, units: Sequence[Unit]) -> list[tuple[Verdict, int]]:
        """Store many units of different streams, in as few transactions as their number allows."""
        return self._stored(units)

    def _stored(self, units: Sequence[Unit]) -> list[tuple[Verdict, int]]:
        own = [Pending(unit) for unit in units]
        queue = deque(own)
        with self._alone:
            while queue:
                run(self._storing.steps(take(queue)))
        return [pending.outcome() for pending in own]

    def close(self) -> None:
        """Close the connection."""
        with self._alone:
            self._storing.close()


class AsyncCommitter:
    """Stores units for the coroutines of one event loop; whoever waits shares a transaction."""

    def __init__(self, connect: Connect) -> None:
        """Connect when there is something to store."""
        self._storing = Storing(connect)
        self._queue: deque[Pending] = deque()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._led = False
        self._leading: asyncio.Task[None] | None = None

    async def append(
        self, unit: Unit, meanwhile: Callable[[], object] | None = None
    ) -> tuple[Verdict, int]:
        """Store one unit, together with what others bring; as Committer.append otherwise.

        `meanwhile` is called while the database is at work on it, instead of when that is done.
        """
        loop = self._loop
        if loop is None or loop.is_closed():
            loop = self._begin()
        if not self._led:
            return await self._append_alone(Pending(unit, None, meanwhile), loop)
        told = loop.create_future()
        pending = Pending(unit, told, meanwhile)
        self._queue.append(pending)
        await told
        return pending.outcome()

    def close(self) -> None:
        """Close the connection."""
        self._storing.close()

    def _begin(self) -> asyncio.AbstractEventLoop:
        """Serve the running loop; with one that was closed nobody waits any more."""
        self._loop = asyncio.get_running_loop()
        self._queue.clear()
        self._led = False
        return self._loop

    async def _append_alone(
        self, pending: Pending, loop: asyncio.AbstractEventLoop
    ) -> tuple[Verdict, int]:
        """Store a unit at once, the short way, as nothing is on its way; others queue meanwhile."""
        self._led = True
        try:
            loop.call_soon(_meanwhile, [pending])
            await run_async(self._storing.steps([pending]))
        finally:
            self._led = bool(self._queue)
            if self._led:  # a task of its own outlives whatever request is broken off
                self._leading = loop.create_task(self._lead(loop))
        return pending.outcome()

    async def _lead(self, loop: asyncio.AbstractEventLoop) -> None:
        """Store batches until nobody waits.

        Who is told asks for more. With the log to ourselves half of the writers are told while the
        other half is on its way, so that this process and the database are both at work. When
        others write as well both are anyway, and a batch of all costs less than two halves; so it
        does where the database takes long.
        """
        untold: list[Pending] = []
        try:
            while self._queue:
                batch, began = take(self._queue), monotonic()
                storing = run_async(self._storing.steps(batch))
                if untold:
                    on_its_way = loop.create_task(storing)
                    loop.call_soon(_meanwhile, batch)  # after it was sent
                    _tell(untold)
                    untold = batch
                    await on_its_way
                else:
                    untold = batch
                    loop.call_soon(_meanwhile, batch)
                    await storing
                long = monotonic() - began > LONG + EACH * len(batch)
                together = long or not self._storing.alone
                if together or len(self._queue) < len(batch) // 2:  # too few for a half
                    first = len(batch) if together else (len(batch) + 1) // 2
                    untold = batch[first:]
                    _tell(batch[:first])
                    await asyncio.sleep(0)  # they ask for more, before the next batch is taken
        finally:
            self._led = False
            left = [*untold, *self._queue]
            self._queue.clear()
            for pending in left:
                if not pending.done:  # only when it was broken off
                    pending.error = Unavailable()
            _tell(left)


def _meanwhile(batch: Sequence[Pending]) -> None:
    for pending in batch:
        if pending.meanwhile is not None:
            pending.meanwhile()


def _tell(pendings: Sequence[Pending]) -> None:
    for pending in pendings:
        if pending.told is not None and not pending.told.done():
            pending.told.set_result(None)
