"""Fills a log with a region in bulk: everybody first, then their contacts from processes."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from time import perf_counter

from benchmarks import region
from benchmarks.processes import await_start, started, together
from benchmarks.workload import stream
from domain.events.support import SupportContact
from eventlog.bulk import handle_many
from eventlog.entry import Unit, Why
from eventlog.handler import Handler
from eventlog.log import Log
from eventlog.request import Answer

WAVE = 1_000
"""Entries that are stored together: they are sealed while those before them are stored."""


@dataclass(frozen=True, slots=True)
class Filled:
    """How fast a region was filled."""

    people: float
    """Commands per second for people, referrals and teams, decided one by one."""
    entries: Mapping[str, float]
    """Entries per second of the bulk append, sealed and stored, by the processes that did it."""


def fill(log: Log, events: int, per: int) -> Filled:
    """Store a region: first everybody, then `per - 1` contacts each, interleaved.

    The first half of the contacts comes from one process, the other half from two.
    """
    trajectories = max(1, events // per)
    requests = list(region.people(trajectories))
    began = perf_counter()
    for outcome in handle_many(Handler(log), requests):
        assert isinstance(outcome, Answer), outcome  # noqa: S101 - or the figures mean nothing
    people, half = len(requests) / (perf_counter() - began), per // 2
    one = append(log, trajectories, 0, half, processes=1)
    two = append(log, trajectories, half, per - 1, processes=2)
    return Filled(people, {"1 process": one, "2 processes": two})


def append(log: Log, trajectories: int, first: int, last: int, *, processes: int) -> float:
    """Append contacts `first` up to `last` of every trajectory; gives entries per second.

    Each process has a share of the trajectories.
    """
    ready = started(
        "benchmarks.filling",
        log.dsn,
        [(number, trajectories, processes, first, last) for number in range(processes)],
    )
    began = perf_counter()
    together(ready, timeout=600)
    return trajectories * (last - first) / (perf_counter() - began)


def _units(log: Log, numbers: range, contacts: range) -> Iterator[Unit]:
    why, now = Why(stream(0), origin="import:bench"), datetime.now(UTC)
    who = [(stream(number), region.coach(number)) for number in numbers]
    log.keys.prepare((each, SupportContact.RETENTION) for each, _ in who)
    return (region.unit(log, *each, k, why, now) for k in contacts for each in who)


def main() -> None:
    """Be one process of those that append."""
    number, trajectories, processes, first, last = map(int, sys.argv[1:])
    numbers = range(number, trajectories, processes)
    with (
        closing(region.open_log(sys.stdin.readline().strip())) as log,
        ThreadPoolExecutor(1) as storing,
    ):
        log.position()  # connected
        await_start()
        units = _units(log, numbers, range(first, last))
        stored = storing.submit(region.store, log, [])
        while wave := list(islice(units, min(WAVE, len(numbers)))):  # a stream once in each
            stored.result()
            stored = storing.submit(region.store, log, wave)
        stored.result()


if __name__ == "__main__":
    main()
