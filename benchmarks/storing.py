"""Bulk, one stream and the whole log: stored, and read back opened and folded."""

from __future__ import annotations

from statistics import median

import psycopg

from benchmarks import streams
from benchmarks.bench import Bench
from benchmarks.database import copy_in, copy_out, read_tuples, tidied
from benchmarks.filling import fill
from benchmarks.peers import crud
from benchmarks.table import Row
from benchmarks.workload import EVENTS_PER_TRAJECTORY, stream

_OPENED = 60
"""Streams that are read, and how often."""


def rows(bench: Bench) -> None:
    """Fill the logs, then read them."""
    events, per = bench.size.events, EVENTS_PER_TRAJECTORY
    filled = fill(bench.log, events, per)
    theirs, library = bench.library.fill(events, per)
    crud.Peer.create(bench.owner)
    peer = crud.Peer(bench.owner)
    overwritten = peer.fill(events, per)
    peer.close()
    copied = median(copy_in(bench.owner) for _ in range(3))
    against = f"COPY in {copied:,.0f}/s"
    people = f"people and referrals, each decided: {filled.people:,.0f} commands/s"
    bench.results.add(
        *(
            Row(
                f"bulk: ours, {by}",
                rate,
                "/s",
                against,
                rate / copied,
                0.3,
                0.5,
                note=people,
            )
            for by, rate in filled.entries.items()
        ),
        Row("bulk: library", library, "/s", against, library / copied),
        Row("bulk: CRUD with audit trigger", overwritten, "/s", against, overwritten / copied),
    )
    with psycopg.connect(bench.owner, autocommit=True) as connection:
        connection.execute("TRUNCATE bench.copied")
    tidied(bench.owner)
    _streams(bench, theirs)
    _whole(bench)


def _streams(bench: Bench, theirs: list) -> None:  # type: ignore[type-arg]
    trajectories = bench.size.events // EVENTS_PER_TRAJECTORY
    sixty = [stream(number) for number in range(min(_OPENED, trajectories))]
    long = streams.lengthen(bench.log, streams.LONG, bench.size.long)
    their_long = streams.longer(bench.library, bench.size.long)
    for name, ours, peers, times in (
        ("60", sixty, theirs[:_OPENED], _OPENED * 2),
        (f"{bench.size.long:,}", [long], [their_long], 15),
    ):
        mine = streams.ours(bench.log, ours, times)
        library = streams.theirs(bench.library, peers, times)
        bench.results.add(
            Row(
                f"stream of {name}, opened and folded: ours p50",
                mine,
                "ms",
                f"times faster than the library, {library:.2f} ms",
                library / mine,
                1.5,
                2.5,
            )
        )


def _whole(bench: Bench) -> None:
    out, tuples = copy_out(bench.owner), read_tuples(bench.owner)
    ours, library = streams.read_log(bench.log), bench.library.read()
    against = f"COPY out {out:,.0f}/s"
    bench.results.add(
        Row("reading the log, opened: ours", ours, "/s", against, ours / out),
        Row("reading the log: library", library, "/s", against, library / out),
        Row("reading the log: binary tuples unopened", tuples, "/s", against, tuples / out),
    )
