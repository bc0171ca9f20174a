"""Durable single appends by so many writers, in processes that the run starts and counts."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from threading import Barrier, Thread
from time import perf_counter
from typing import Any
from uuid import uuid4

from benchmarks import region
from benchmarks.peers import crud, library
from benchmarks.table import percentile
from benchmarks.workload import stream
from domain.events.base import StreamKind
from eventlog.handler import Handler, Request

Write = Callable[[int, int], object]
"""Writer number and count: stores one event durably."""


@dataclass(frozen=True, slots=True)
class Pace:
    """What came of it."""

    count: int
    per_second: float
    p99: float
    """Milliseconds."""
    errors: int


def measure(  # noqa: PLR0913 - what a measurement consists of
    peer: str, dsn: str, writers: int, seconds: float, *, processes: int = 1, base: int = 0
) -> Pace:
    """Let the writers of a peer write for some seconds, spread over processes."""
    share = writers // processes
    started = [
        subprocess.Popen(
            [
                *(sys.executable, "-m", "benchmarks.writers", peer),
                *(str(share), str(seconds), str(base + n * share)),
            ],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for n in range(processes)
    ]
    said = []
    for process in started:
        assert process.stdin is not None  # noqa: S101
        process.stdin.write(dsn + "\n")  # not as an argument: it holds a password
        process.stdin.flush()
    for process in started:  # all are ready before any begins
        assert process.stdout is not None  # noqa: S101
        process.stdout.readline()
    for process in started:
        out, _ = process.communicate("go\n", timeout=seconds + 60)
        said.append(json.loads(out))
    times = [t for each in said for t in each["times"]]
    return Pace(
        sum(each["count"] for each in said),
        sum(each["count"] / each["seconds"] for each in said),
        percentile(times, 0.99) * 1000,
        sum(each["errors"] for each in said),
    )


def _ours(dsn: str, writers: int, base: int) -> Write:
    log = region.open_log(dsn, pool=writers + 4)
    handler, run = Handler(log), uuid4()
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
        return handler.handle(request)

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


def run(write: Write, writers: int, seconds: float) -> dict[str, Any]:
    """Let the threads write; gives count, time and the times of each."""
    counts, errors = [0] * writers, [0] * writers
    times: list[list[float]] = [[] for _ in range(writers)]
    ready = Barrier(writers)

    def one(writer: int) -> None:
        ready.wait()
        stop, k = perf_counter() + seconds, 1
        while (began := perf_counter()) < stop:
            try:
                write(writer, k)
                counts[writer] += 1
            except Exception:  # noqa: BLE001 - counted; a proof asks for none
                errors[writer] += 1
            times[writer].append(perf_counter() - began)
            k += 1

    threads = [Thread(target=one, args=(writer,)) for writer in range(writers)]
    began = perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return {
        "count": sum(counts),
        "seconds": perf_counter() - began,
        "errors": sum(errors),
        "times": [t for each in times for t in each],
    }


def main() -> None:
    """Be one process of writers, as `measure` starts it."""
    peer, writers, seconds, base = sys.argv[1:]
    dsn = sys.stdin.readline().strip()
    write = PEERS[peer](dsn, int(writers), int(base))
    print("ready", flush=True)
    sys.stdin.readline()
    print(json.dumps(run(write, int(writers), float(seconds))), flush=True)


if __name__ == "__main__":
    main()
