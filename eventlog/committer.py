"""Stores units, those of one moment together: for coroutines by group commit, for threads in turn.

Requests are served by coroutines on one event loop: while a batch is on its way to the database
the next one gathers by itself. Command line tools and tests write from threads.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable, Sequence
from threading import Lock
from typing import Any

import psycopg

from eventlog.entry import Unit
from eventlog.problems import Unavailable
from eventlog.steps import run, run_async
from eventlog.storing import Pending, Storing, Verdict, take

__all__ = ["AsyncCommitter", "Committer", "Unavailable", "Verdict"]

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
    """Stores units for the coroutines of one event loop; whoever is ready shares a transaction."""

    def __init__(self, connect: Connect) -> None:
        """Connect when there is something to store."""
        self._storing = Storing(connect)
        self._queue: deque[Pending] = deque()
        self._leading: asyncio.Task[None] | None = None

    async def append(self, unit: Unit) -> tuple[Verdict, int]:
        """Store one unit, together with what others bring; as Committer.append otherwise."""
        loop = asyncio.get_running_loop()
        if self._leading is not None and self._leading.get_loop().is_closed():
            self._leading = None  # with a loop that was closed, nobody waits any more
            self._queue.clear()
        told = loop.create_future()
        pending = Pending(unit, told)
        self._queue.append(pending)
        if self._leading is None:
            # It runs after all that is ready by now, which so comes into the same batch; being a
            # task of its own, it outlives a request that is broken off.
            self._leading = loop.create_task(self._lead())
        await told
        return pending.outcome()

    def close(self) -> None:
        """Close the connection."""
        self._storing.close()

    async def _lead(self) -> None:
        """Store batches until nobody waits."""
        try:
            while self._queue:
                batch = take(self._queue)
                try:
                    await run_async(self._storing.steps(batch))
                finally:
                    _tell(batch)
                await asyncio.sleep(0)  # let those who were told ask for more first
        finally:
            self._leading = None
            for pending in self._queue:  # only when it was broken off
                pending.error = Unavailable()
            _tell(self._queue)
            self._queue.clear()


def _tell(pendings: Sequence[Pending] | deque[Pending]) -> None:
    for pending in pendings:
        if pending.told is not None and not pending.told.done():
            pending.told.set_result(None)
