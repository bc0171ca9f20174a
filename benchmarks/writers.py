"""Durable single appends by so many writers, in processes that the run starts and counts.

Ours are coroutines on the loop that serves requests; the peers' are threads, as they are made for.
"""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from threading import Barrier, Thread
from time import perf_counter
from typing import Any, cast
from uuid import uuid4

import uvloop

from api.app import settle_memory
from benchmarks import region
from benchmarks.peers import crud, library
from benchmarks.processes import answer, await_start, started, together
from benchmarks.table import percentile
from benchmarks.workload import stream
from domain.events.base import StreamKind
from eventlog.handler import Handler
from eventlog.request import Request

Write = Callable[[int, int], object]
"""Writer number and count: stores one event durably, or gives the coroutine that does."""


@dataclass(frozen=True, slots=True)
class Pace:
    """What came of it."""

    count: int
    uncounted: int
    """Stored before the clock ran: one by each writer."""
    per_second: float
    p99: float
    """Milliseconds."""
    errors: int


def measure(  # noqa: PLR0913 - what a measurement consists of
    peer: str, dsn: str, writers: int, seconds: float, *, processes: int = 1, base: int = 0
) -> Pace:
    """Let the writers of a peer write for some seconds, spread over processes."""
    share = writers // processes
    shares = [(peer, share, seconds, base + n * share) for n in range(processes)]
    ready = started("benchmarks.writers", dsn, shares)
    said = [json.loads(each) for each in together(ready, seconds + 60)]
    times = [t for each in said for t in each["times"]]
    return Pace(
        sum(each["count"] for each in said),
        share * processes,
        sum(each["count"] / each["seconds"] for each in said),
        percentile(times, 0.99) * 1000,
        sum(each["errors"] for each in said),
    )


def _ours(dsn: str, writers: int, base: int) -> Write:
    log = region.open_log(dsn, pool=writers + 4)
    handler, run = Handler(log), uuid4().hex
    coaches = [region.coach(base + number) for number in range(writers)]
    streams = [stream(base + number) for number in range(writers)]
    for each in streams:  # as the library's writers have theirs at hand
        handler.state(each, StreamKind.TRAJECTORY)

    def write(writer: int, k: int) -> object:
        request = Request(
            coaches[writer],
            streams[writer],
            region.contact(base + writer, k),
            key=f"{run}-{writer}-{k}",
        )
        return handler.handle_async(request)

    return write


def _library(dsn: str, writers: int, base: int) -> Write:
    peer = library.Peer(library.environment(dsn, pool=writers + 2))
    mine: list[library.Trajectory] = [
        peer.repository.get(peer.open(base + n)) for n in range(writers)
    ]
    return lambda writer, k: peer.note(mine[writer], k)


def _crud(dsn: str, writers: int, base: int) -> Write:
    peers = [crud.Peer(dsn) for _ in range(writers)]
    return lambda writer, k: peers[writer].note(base + writer, k)


PEERS: dict[str, Callable[[str, int, int], Write]] = {
    "ours": _ours,
    "library": _library,
    "crud": _crud,
}


class Run:
    """Writers that write for some seconds, after one command each that is not counted."""

    def __init__(self, write: Write, writers: int, seconds: float) -> None:
        self.write = write
        self.writers = writers
        self.seconds = seconds
        self.errors = 0
        self.times: list[list[float]] = [[] for _ in range(writers)]

    def threads(self) -> dict[str, Any]:
        """Let each be a thread."""
        ready = Barrier(self.writers + 1)

        def one(writer: int) -> None:
            self.write(writer, 0)
            ready.wait()
            ready.wait()
            stop, k = perf_counter() + self.seconds, 1
            while (began := perf_counter()) < stop:
                try:
                    self.write(writer, k)
                    self.times[writer].append(perf_counter() - began)
                except Exception:  # noqa: BLE001 - counted; a proof asks for none
                    self.errors += 1
                k += 1

        threads = [Thread(target=one, args=(writer,)) for writer in range(self.writers)]
        for thread in threads:
            thread.start()
        ready.wait()
        await_start()
        began = perf_counter()
        ready.wait()
        for thread in threads:
            thread.join()
        return self._found(perf_counter() - began)

    async def coroutines(self) -> dict[str, Any]:
        """Let each be a coroutine of one loop."""
        write = cast("Callable[[int, int], Awaitable[object]]", self.write)

        async def one(writer: int) -> None:
            stop, k = perf_counter() + self.seconds, 1
            while (began := perf_counter()) < stop:
                try:
                    await write(writer, k)
                    self.times[writer].append(perf_counter() - began)
                except Exception:  # noqa: BLE001 - counted; a proof asks for none
                    self.errors += 1
                k += 1

        await asyncio.gather(*(write(writer, 0) for writer in range(self.writers)))
        await_start()
        began = perf_counter()
        await asyncio.gather(*(one(writer) for writer in range(self.writers)))
        return self._found(perf_counter() - began)

    def _found(self, seconds: float) -> dict[str, Any]:
        times = [t for each in self.times for t in each]
        return {"count": len(times), "seconds": seconds, "errors": self.errors, "times": times}


def main() -> None:
    """Be one process of writers, as `measure` starts it."""
    peer, writers, seconds, base = sys.argv[1:]
    dsn = sys.stdin.readline().strip()
    write = PEERS[peer](dsn, int(writers), int(base))
    run = Run(write, int(writers), float(seconds))
    settle_memory()  # as who serves
    found = uvloop.run(run.coroutines()) if peer == "ours" else run.threads()
    answer(json.dumps(found))


if __name__ == "__main__":
    main()
