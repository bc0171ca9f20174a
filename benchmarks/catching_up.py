"""Read models: catching up, rebuilding, the lag behind live appends, and the peers' own."""

from __future__ import annotations

import resource
import subprocess
import sys
from collections import deque
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Event, Thread
from time import perf_counter, sleep
from typing import Any

import psycopg
from eventsourcing.persistence import Tracking
from eventsourcing.postgres import PostgresTrackingRecorder
from eventsourcing.projection import Projection, ProjectionRunner

from benchmarks import region
from benchmarks.bench import Bench
from benchmarks.peers.library import Peer, environment
from benchmarks.workload import EVENTS_PER_TRAJECTORY, stream
from domain.events.base import StreamKind
from eventlog.handler import Handler
from eventlog.request import Request
from projections.models import NAMES
from projections.projector import Projector
from projections.rebuild import rebuild
from projections.views import Views

POLL = 0.0002
WRITERS = 4
STREAMS = 100
ORDINARY = 100
"""Trajectories from here on are of ordinary length: no writer has added thousands to them."""


def catch_up(dsn: str) -> tuple[float, float]:
    """Bring all read models from nothing to the end, in a process of its own.

    Gives the seconds it took and its peak memory in megabytes.
    """
    run = subprocess.run(
        [sys.executable, "-m", "benchmarks.catching_up", "once"],
        input=f"{dsn}\n",
        capture_output=True,
        text=True,
        check=True,
    )
    seconds, megabytes = run.stdout.split()
    return float(seconds), float(megabytes)


def rebuilt(dsn: str, name: str) -> float:
    """Rebuild one read model; gives the seconds."""
    began = perf_counter()
    rebuild(dsn, region.MASTER, name)
    return perf_counter() - began


def digests(dsn: str) -> dict[str, str]:
    """Give a digest over the rows of every table of every read model, but for its place."""
    found = {}
    with psycopg.connect(dsn, autocommit=True) as connection:
        tables = connection.execute(
            "SELECT schemaname, tablename FROM pg_tables WHERE schemaname = ANY(%s)"
            " AND tablename NOT IN ('notification_tracking', 'made', 'trouble') ORDER BY 1, 2",
            (list(NAMES),),
        ).fetchall()
        for schema, table in tables:
            rows = f"SELECT md5(t::text) AS one FROM {schema}.{table} AS t"
            query = f"SELECT md5(string_agg(one, '' ORDER BY one)) FROM ({rows}) AS found"
            row = connection.execute(query).fetchone()
            found[f"{schema}.{table}"] = str(row and row[0])
    return found


@contextmanager
def following(dsn: str) -> Iterator[None]:
    """Let a projector follow the log, in a process of its own as it is deployed."""
    process = subprocess.Popen(
        [sys.executable, "-m", "benchmarks.catching_up", "follow"],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        text=True,
    )
    assert process.stdin is not None  # noqa: S101
    process.stdin.write(f"{dsn}\n")
    process.stdin.flush()
    try:
        yield
    finally:
        process.communicate(timeout=60)


def lag(bench: Bench, per_second: int) -> Lag:
    """Append at a pace while a projector follows; gives the milliseconds until each is shown."""
    log, views, stop = bench.log, Views(bench.dsn()), Event()
    found, appended = Lag(), deque[tuple[int, float]]()

    def watch() -> None:
        final = False
        while not final:
            final = stop.is_set()
            shown = min(views.positions().values())
            now = perf_counter()
            while appended and appended[0][0] <= shown:
                found.milliseconds.append((now - appended.popleft()[1]) * 1000)
            sleep(POLL)

    with following(bench.projector):
        _note(bench)  # shown only by a projector that has started
        assert views.wait_for(NAMES, log.position(), timeout=120)  # noqa: S101
        watcher = Thread(target=watch)
        watcher.start()
        try:
            found.per_second = _append(bench, appended, per_second)
            views.wait_for(NAMES, log.position(), timeout=60)
        finally:
            stop.set()
            watcher.join()
    views.close()
    return found


def _note(bench: Bench) -> None:
    number = ORDINARY % (bench.size.events // EVENTS_PER_TRAJECTORY)
    asked = Request(region.coach(number), stream(number), region.contact(number, 0))
    Handler(bench.log).handle(asked)


@dataclass(slots=True)
class Lag:
    """How long appends took to be shown, and the pace that was kept."""

    per_second: float = 0.0
    milliseconds: list[float] = field(default_factory=list)


def _append(bench: Bench, appended: deque[tuple[int, float]], per_second: int) -> float:
    """Append at a pace, with a few writers, as requests come in; gives the pace that was kept."""
    handler, there = Handler(bench.log), bench.size.events // EVENTS_PER_TRAJECTORY
    numbers = [(ORDINARY + each) % there for each in range(min(STREAMS, there))]
    for number in numbers:  # as in a process that has served for a while
        handler.state(stream(number), StreamKind.TRAJECTORY)
    began, count = perf_counter(), int(per_second * bench.size.lag)

    def one(writer: int) -> None:
        for k in range(writer, count, WRITERS):
            sleep(max(0.0, began + k / per_second - perf_counter()))
            number = numbers[k % len(numbers)]
            asked = Request(region.coach(number), stream(number), region.contact(number, k))
            appended.append((handler.handle(asked).position, perf_counter()))

    with ThreadPoolExecutor(WRITERS) as pool:
        list(pool.map(one, range(WRITERS)))  # raises what a writer raised
    return count / (perf_counter() - began)


class _View(PostgresTrackingRecorder):
    """The library's view: one row per trajectory and its place, in one transaction per event."""

    def create_table(self) -> None:
        super().create_table()
        with self.datastore.transaction(commit=True) as cursor:
            cursor.execute(
                "CREATE TABLE IF NOT EXISTS library.noted (id uuid PRIMARY KEY, notes int NOT NULL)"
            )

    def note(self, trajectory: Any, tracking: Tracking) -> None:
        with self.datastore.transaction(commit=True) as cursor:
            self._insert_tracking(cursor, tracking)
            cursor.execute(
                "INSERT INTO library.noted VALUES (%s, 1)"
                " ON CONFLICT (id) DO UPDATE SET notes = library.noted.notes + 1",
                (trajectory,),
            )


class _Noted(Projection[_View]):
    """The library's projection."""

    name = "noted"

    def process_event(self, domain_event: Any, tracking: Tracking) -> None:
        self.view.note(domain_event.originator_id, tracking)


def library_catch_up(dsn: str, events: int) -> float:
    """Let the library's runner project part of its log; gives events per second."""
    with ProjectionRunner(
        application_class=Peer,
        projection_class=_Noted,
        view_class=_View,
        env=environment(dsn, pool=4),
    ) as runner:
        began = perf_counter()
        runner.wait(events, timeout=300)
        return events / (perf_counter() - began)


def main() -> None:
    """Be the process that catches up, or follows until nobody reads what it would say."""
    dsn = sys.stdin.readline().strip()
    with Projector(dsn, region.MASTER) as projector:
        if sys.argv[1] == "follow":
            stop = Event()
            working = Thread(target=projector.run, args=(stop,))
            working.start()
            sys.stdin.read()
            stop.set()
            working.join()
            return
        began = perf_counter()
        projector.catch_up()
        seconds = perf_counter() - began
    print(seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


if __name__ == "__main__":
    main()
