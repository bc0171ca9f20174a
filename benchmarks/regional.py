"""A whole region beside a town of fifty people: what a caseload and a timeline cost to read."""

from __future__ import annotations

import random
from collections.abc import Callable
from contextlib import closing
from time import perf_counter

import orjson

from api.reading.asking import Asking
from api.reading.gate import admit
from api.reading.moment import Moment
from api.reading.support import caseload
from api.reading.timeline import timeline
from api.settings import Settings
from api.signin import in_the_name_of
from api.wiring import Services, wire
from benchmarks import pages, region
from benchmarks.bench import Bench
from benchmarks.catching_up import catch_up
from benchmarks.database import tidied
from benchmarks.filling import fill
from benchmarks.projecting import caught_up
from benchmarks.table import Row, percentile
from benchmarks.workload import EVENTS_PER_TRAJECTORY, stream

READ = 50
"""Trajectories, and their coaches, that are read in each."""
TIMES = 6


def rows(large: Bench, small: Bench) -> None:
    """Fill both, let the read models catch up, and read the same from each."""
    count, per = large.size.region, EVENTS_PER_TRAJECTORY
    filled = fill(large.log, count * per, per)
    note = f"people and referrals, each decided: {filled.people:,.0f} commands/s"
    results = large.results
    for by, rate in filled.entries.items():
        results.add(Row(f"bulk: ours, {count * per:,} events, {by}", rate, "/s", note=note))
    caught_up(large, results, large.log.position())
    fill(small.log, small.size.town * per, per)
    catch_up(small.projector)
    for bench in (large, small):
        bench.log.close()
        tidied(bench.owner)
    with closing(_services(large)) as whole, closing(_services(small)) as town:
        for name, read in (("caseload", _caseload), ("timeline of 60", _timeline)):
            results.add(*_compared(name, read, (whole, count), (town, small.size.town)))
    pages.rows(large, count)


Read = Callable[[Services, int], object]


def _compared(
    name: str, read: Read, whole: tuple[Services, int], town: tuple[Services, int]
) -> list[Row]:
    """Read in turns, so that both see the same machine."""
    chosen = random.Random(7)
    places = [(s, chosen.sample(range(count), min(READ, count))) for s, count in (whole, town)]
    first: list[list[float]] = [[], []]
    times: list[list[float]] = [[], []]
    for turn in range(TIMES):
        for at, (services, numbers) in enumerate(places):
            (times if turn else first)[at].extend(_timed(read, services, n) for n in numbers)
    found = []
    for quantile, share in (("p50", 0.5), ("p95", 0.95)):
        large, small = (percentile(each, share) for each in times)
        cold, warm = (percentile(each, share) for each in first)
        note = f"at the first visit {cold:.2f} to {warm:.2f} ms"
        what = f"{name} among {whole[1]:,} people, {quantile}"
        against = f"among {town[1]} people {small:.2f} ms"
        found.append(Row(what, large, "ms", against, large / small, less_is_better=True, note=note))
    return found


def _timed(read: Read, services: Services, number: int) -> float:
    began = perf_counter()
    with in_the_name_of(services, region.coach(number)):
        orjson.dumps(read(services, number))
    return (perf_counter() - began) * 1000


def _services(bench: Bench) -> Services:
    return wire(Settings(database_url=bench.dsn(), master_key=region.MASTER))


def _caseload(services: Services, number: int) -> object:
    return caseload(services, Asking(region.coach(number)))


def _timeline(services: Services, number: int) -> object:
    access = admit(services, Asking(region.coach(number)), stream(number))
    content = timeline(services, access, at=Moment())
    assert len(content["entries"]) == EVENTS_PER_TRAJECTORY  # noqa: S101 - or it is another read
    return content
