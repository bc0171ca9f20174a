"""Read models: catching up, rebuilding, the lag behind live appends, and the peers' own."""

from __future__ import annotations

import resource
import subprocess
import sys
from threading import Event, Thread
from time import perf_counter, sleep
from typing import Any

import psycopg
from eventsourcing.persistence import Tracking
from eventsourcing.postgres import PostgresTrackingRecorder
from eventsourcing.projection import Projection, ProjectionRunner

from benchmarks import region
from benchmarks.peers.library import Peer, environment
from benchmarks.table import percentile
from benchmarks.workload import stream
from eventlog.handler import Handler, Request
from eventlog.log import Log
from projections.models import MODELS
from projections.projector import Projector
from projections.rebuild import rebuild
from projections.views import Views

POLL = 0.0002


def catch_up(dsn: str) -> tuple[float, float]:
    """Bring all read models from nothing to the end, in a process of its own.

    Gives the seconds it took and its peak memory in megabytes.
    """
    run = subprocess.run(
        [sys.executable, "-m", "benchmarks.catching_up"],
        input=dsn,
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
            " AND tablename NOT IN ('notification_tracking', 'made_from') ORDER BY 1, 2",
            ([model.NAME for model in MODELS],),
        ).fetchall()
        for schema, table in tables:
            query = f'SELECT md5(string_agg(md5(t::text), \'\' ORDER BY md5(t::text))) FROM "{schema}"."{table}" t'  # noqa: E501
            row = connection.execute(query).fetchone()  # type: ignore[arg-type]
            found[f"{schema}.{table}"] = str(row and row[0])
    return found


def lag(log: Log, service: str, projector: str, per_second: int, seconds: float) -> list[float]:
    """Append at a pace while a projector follows; gives the milliseconds until each is seen."""
    views, stop = Views(service), Event()
    follower = Projector(projector, region.MASTER)
    thread = Thread(target=follower.run, args=(stop,))
    thread.start()
    handler, appended, seen = Handler(log), [], []

    def watch() -> None:
        at = 0
        while at < len(appended) or not stop.is_set():
            shown = min(views.positions().values())
            now = perf_counter()
            while at < len(appended) and appended[at][0] <= shown:
                seen.append((now - appended[at][1]) * 1000)
                at += 1
            sleep(POLL)

    try:
        views.wait_for([model.NAME for model in MODELS], log.position(), timeout=60)
        watcher = Thread(target=watch)
        watcher.start()
        began = perf_counter()
        for k in range(int(per_second * seconds)):
            sleep(max(0.0, began + k / per_second - perf_counter()))
            number = k % 100
            answer = handler.handle(
                Request(region.coach(number), stream(number), region.contact(number, k))
            )
            appended.append((answer.position, perf_counter()))
        views.wait_for([model.NAME for model in MODELS], log.position(), timeout=30)
    finally:
        stop.set()
        thread.join()
        follower.close()
    watcher.join()
    views.close()
    return seen


def quantiles(times: list[float]) -> tuple[float, float]:
    """Give p50 and p99."""
    return percentile(times, 0.5), percentile(times, 0.99)


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
    """Be the process that catches up."""
    dsn = sys.stdin.read().strip()
    with Projector(dsn, region.MASTER) as projector:
        began = perf_counter()
        projector.catch_up()
        seconds = perf_counter() - began
    print(seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


if __name__ == "__main__":
    main()
