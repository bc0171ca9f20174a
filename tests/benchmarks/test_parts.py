"""The parts of the bench run at a tiny size: what they give is looked at, never how fast."""

from __future__ import annotations

import pytest

from benchmarks.__main__ import run
from benchmarks.bench import Size
from benchmarks.table import Results, Row, percentile
from eventlog.embedded import Server

TINY = Size(
    events=240,
    projected=20,
    long=70,
    writers=(2,),
    rounds=1,
    seconds=0.2,
    reference=1,
    lag=0.3,
    paces=(100,),
    clients=2,
    region=3,
    town=2,
)


@pytest.mark.timeout(600)
def test_every_part_gives_figures_and_its_proofs_hold(server: Server):
    results = Results()
    run(server, TINY, results)
    said = " ".join(row.name for row in results.rows)
    for part in ("bulk", "stream of 60", "reading the log", "catching up", "append, 2", "lag"):
        assert part in said
    assert "HTTP, POST" in said
    assert "page Vandaag" in said
    assert all(row.value > 0 for row in results.rows)
    assert results.machine["fsync"] == "on"
    assert len(results.proofs) >= 9
    assert [what for what, holds in results.proofs if not holds] == []


def test_a_failed_proof_fails_the_run():
    results = Results()
    results.prove("this holds", holds=True)
    assert results.proven
    results.prove("this does not", holds=False)
    assert not results.proven


@pytest.mark.parametrize(("less", "reached"), [(False, True), (True, False)])
def test_a_goal_speaks_of_the_ratio_where_there_is_one(less, reached):
    row = Row("a", 10, "/s", "b", 0.6, first=0.5, less_is_better=less)
    assert row.reaches(row.first) is reached
    assert row.reaches(None) is None


def test_a_percentile_is_one_of_the_values():
    assert percentile([3, 1, 2], 0.5) == 2
    assert percentile([3, 1, 2], 0.99) == 3
