"""Read models: catching up, one rebuild, memory, the lag behind live appends; and the proofs."""

from __future__ import annotations

from benchmarks.bench import Bench
from benchmarks.catching_up import Lag, catch_up, digests, lag, library_catch_up, rebuilt
from benchmarks.database import copy_out, tidied
from benchmarks.table import Results, Row, percentile
from projections.models import NAMES

REBUILT = "timeline"
LAGS = {100: ((10, 50), (2, 5)), 1_000: ((None, None), (2, 5))}


def rows(bench: Bench) -> None:
    """Bring all read models to the end of the log, rebuild one, and let the library do its own."""
    caught_up(bench, bench.results, bench.log.position())
    theirs = library_catch_up(bench.owner, bench.size.projected)
    note = f"its runner, one read model, {bench.size.projected:,} events"
    bench.results.add(Row("catching up: library", theirs, "/s", note=note))


def caught_up(bench: Bench, results: Results, events: int) -> None:
    """Measure catching up and a rebuild."""
    seconds, megabytes = catch_up(bench.projector)
    out, binary = copy_out(bench.owner), copy_out(bench.owner, binary=True)
    again = events / rebuilt(bench.projector, REBUILT)
    memory = f"peak memory {megabytes:,.0f} MB"
    what = f"{len(NAMES)} read models, {events:,} events"
    results.add(
        Row(
            f"catching up: ours, {what}",
            events / seconds,
            "/s",
            first=15_000,
            then=40_000,
            note=memory,
        ),
        Row(
            f"rebuilding {REBUILT}, {events:,} events: ours",
            again,
            "/s",
            f"COPY out {out:,.0f}/s",
            again / out,
            0.15,
            0.3,
            note=f"{again / binary:.2f} of COPY out in binary, {binary:,.0f}/s",
        ),
    )


def lags(bench: Bench) -> None:
    """Measure how far a reader is behind a writer, once what was written before is tidied up."""
    tidied(bench.owner)
    for pace in bench.size.paces:
        found = lag(bench, pace)
        bench.results.add(*_lag(pace, found))


def _lag(pace: int, found: Lag) -> list[Row]:
    first, then = LAGS.get(pace, ((None, None), (None, None)))
    return [
        Row(
            f"lag at {pace:,} appends/s, {name}",
            percentile(found.milliseconds, share),
            "ms",
            "",
            None,
            first[at],
            then[at],
            less_is_better=True,
            note=f"kept {found.per_second:,.0f}/s",
        )
        for at, (name, share) in enumerate((("p50", 0.5), ("p99", 0.99)))
    ]


def equal_to_rebuild(bench: Bench) -> None:
    """Prove that what was kept up while others wrote equals what is made anew."""
    catch_up(bench.projector)
    kept = digests(bench.projector)
    for name in NAMES:
        rebuilt(bench.projector, name)
    made = digests(bench.projector)
    different = [name for name, digest in kept.items() if made.get(name) != digest]
    what = f"the {len(kept)} tables of the read models equal a rebuild"
    differing = f" (not: {', '.join(different)})" if different else ""
    bench.results.prove(what + differing, holds=bool(kept) and kept == made)
