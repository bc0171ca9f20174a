"""The pages that people open all day, over HTTP, among a whole region: Vandaag and a timeline."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import UTC, datetime
from http.client import HTTPConnection
from time import perf_counter

from api.signin import COOKIE, issue
from api.tokens import Tokens
from benchmarks import region
from benchmarks.bench import Bench
from benchmarks.serving import OURS, environment, served
from benchmarks.table import Row, percentile
from benchmarks.workload import stream

READ = 50
"""Coaches, each with a trajectory of theirs, who open each page."""
TIMES = 6
"""How often each opens it; the first time is told apart."""
GOAL = 50.0
"""Milliseconds that 95 of 100 pages stay under."""
PATIENCE = 30.0
_PAGES: dict[str, Callable[[int], str]] = {
    "Vandaag": lambda _: "/vandaag",
    "timeline": lambda number: f"/traject/{stream(number)}",
}


def rows(bench: Bench, count: int) -> None:
    """Open each page as somebody does: one after the other, on a service of its own."""
    numbers = random.Random(7).sample(range(count), min(READ, count))
    with served(OURS, environment(bench.dsn())) as port:
        for name, address in _PAGES.items():
            first, *later = [[_opened(port, n, address(n)) for n in numbers] for _ in range(TIMES)]
            times = [each for turn in later for each in turn]
            cold, half = percentile(first, 0.95), percentile(times, 0.5)
            bench.results.add(
                Row(
                    f"page {name} among {count:,} people, p95",
                    percentile(times, 0.95),
                    "ms",
                    first=GOAL,
                    less_is_better=True,
                    note=f"p50 {half:.1f} ms; at the first visit p95 {cold:.1f} ms",
                )
            )


def _opened(port: int, number: int, path: str) -> float:
    """Open a page as a coach; gives the milliseconds until all of it was there."""
    token = issue(Tokens(region.MASTER), region.coach(number), datetime.now(UTC))
    connection = HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    try:
        connection.connect()
        began = perf_counter()
        connection.request("GET", path, headers={"Cookie": f"{COOKIE}={token}"})
        answer = connection.getresponse()
        answer.read()
        took = (perf_counter() - began) * 1000
        assert answer.status == 200, f"{path}: {answer.status}"  # noqa: S101 - or it is no page
    finally:
        connection.close()
    return took
