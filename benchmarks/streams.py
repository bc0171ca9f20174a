"""Reading one stream and the whole log: opened and folded, beside the library's repository."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from statistics import median
from time import perf_counter
from uuid import UUID

from benchmarks import region
from benchmarks.peers.library import Peer, Trajectory
from benchmarks.workload import body, stream
from domain.events.base import StreamKind
from eventlog.entry import Why
from eventlog.handler import Handler
from eventlog.log import Log

LONG = 1_000_000
"""Number of the trajectory that gets a long stream."""
_AT_ONCE = 50
"""Events that the library saves together: with a thousand its pipeline can hang for ever."""


def lengthen(log: Log, number: int, entries: int) -> UUID:
    """Make one trajectory of so many entries; gives its stream."""
    why, now = Why(stream(number), origin="import:bench"), datetime.now(UTC)
    by, trajectory = region.coach(0), stream(number)
    first = region.referral(number, client=0)
    Handler(log).handle(first)
    for k in range(entries - 1):
        region.store(log, [region.unit(log, trajectory, by, k, why, now)])
    return trajectory


def ours(log: Log, streams: list[UUID], times: int) -> float:
    """Give the median milliseconds of opening and folding a stream that nobody remembers."""
    handler = Handler(log)

    def fold(which: UUID) -> None:
        handler.states.forget(which)
        version, _ = handler.state(which, StreamKind.TRAJECTORY)
        assert version  # noqa: S101

    return _median(fold, streams, times)


def theirs(peer: Peer, streams: list[UUID], times: int) -> float:
    """Give the library's median milliseconds for its repository."""

    def fold(which: UUID) -> None:
        trajectory: Trajectory = peer.repository.get(which)
        assert trajectory.version  # noqa: S101

    return _median(fold, streams, times)


def longer(peer: Peer, entries: int) -> UUID:
    """Make one of the library's trajectories of so many events; gives its id."""
    trajectory: Trajectory = peer.repository.get(peer.open(LONG))
    for k in range(entries - 1):
        trajectory.note(body=body(LONG, k))
        if k % _AT_ONCE == 0:
            peer.save(trajectory)
    peer.save(trajectory)
    return trajectory.id


def read_log(log: Log, batch: int = 5_000) -> float:
    """Read and open the whole log; gives entries per second."""
    began, seen, after = perf_counter(), 0, 0
    while found := log.read(after, batch):
        log.entry_mapper.entries(found)
        seen, after = seen + len(found), found[-1].id
    return seen / (perf_counter() - began)


def _median(fold: Callable[[UUID], object], streams: list[UUID], times: int) -> float:
    fold(streams[0])
    spent = []
    for at in range(times):
        began = perf_counter()
        fold(streams[at % len(streams)])
        spent.append(perf_counter() - began)
    return median(spent) * 1000
