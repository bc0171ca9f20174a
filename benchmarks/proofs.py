"""What must hold after many wrote at once, asked of the log itself."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Thread
from typing import Any, LiteralString

import psycopg

from benchmarks.bench import Bench
from benchmarks.writers import measure

_GAPS = """
SELECT count(*) FROM (SELECT FROM log.entry GROUP BY originator_id
    HAVING min(originator_version) <> 1 OR max(originator_version) <> count(*)) AS broken"""
_BACKWARDS = """
SELECT count(*) FROM (SELECT notification_id > lag(notification_id) OVER (
        PARTITION BY originator_id ORDER BY originator_version) AS forward FROM log.entry) AS pairs
 WHERE NOT forward"""
_SINCE = "SELECT notification_id FROM log.entry WHERE notification_id > %s ORDER BY 1"
_KEYED = "SELECT count(*) FROM log.entry WHERE idempotency_key IS NOT NULL"
_PAUSE = 0.002


def rows(bench: Bench) -> None:
    """Write once more from two processes while a reader follows, then ask the log."""
    writers = max(bench.size.writers)
    processes = min(2, writers)
    with psycopg.connect(bench.owner, autocommit=True) as connection:
        before = _number(connection, _KEYED)
        start = bench.log.position()
        with _following(bench.owner, start) as seen:
            pace = measure("ours", bench.dsn(), writers, bench.size.seconds, processes=processes)
        added = _number(connection, _KEYED) - before
        stand = [at for (at,) in connection.execute(_SINCE, (start,))]
        prove = bench.results.prove
        prove("versions are gapless in every stream", holds=_number(connection, _GAPS) == 0)
        prove("positions rise with versions", holds=_number(connection, _BACKWARDS) == 0)
        prove(
            "one entry for each acknowledged command",
            holds=added - pace.uncounted == pace.count > 0,
        )
        prove("who reads on from the last position misses nothing", holds=seen == stand)


@contextmanager
def _following(dsn: str, start: int) -> Iterator[list[int]]:
    """Read on from the last position seen, over and over: order in the log is order of commit."""
    seen: list[int] = []
    stop = Event()

    def follow() -> None:
        with psycopg.connect(dsn, autocommit=True) as connection:
            last, final = start, False
            while True:
                final = stop.is_set()
                found = [at for (at,) in connection.execute(_SINCE, (last,), prepare=True)]
                seen.extend(found)
                last = found[-1] if found else last
                if final:
                    return
                stop.wait(_PAUSE)

    reader = Thread(target=follow)
    reader.start()
    try:
        yield seen
    finally:
        stop.set()
        reader.join()


def _number(connection: psycopg.Connection[Any], query: LiteralString) -> int:
    row = connection.execute(query).fetchone()
    return int(row[0]) if row else -1
