"""Durable single appends with 1 to 64 writers: ours, the library, CRUD, each to pgbench."""

from __future__ import annotations

from dataclasses import dataclass, field

from benchmarks.bench import Bench, middle
from benchmarks.peers import crud
from benchmarks.table import Row
from benchmarks.writers import Pace, measure

FIGURES = (
    ("ours, 1 process", "ours", 1),
    ("ours, 2 processes", "ours", 2),
    ("library", "library", 1),
    ("CRUD with audit trigger", "crud", 1),
)
GOALS = {1: (0.35, 0.5), 16: (0.5, 0.75), 64: (0.6, 1.0)}
TO_LIBRARY = 6.0


@dataclass(slots=True)
class _Rounds:
    """What the rounds of one figure gave."""

    paces: list[Pace] = field(default_factory=list)
    limits: list[float] = field(default_factory=list)
    """pgbench's inserts of one row, as it comes."""
    prepared: list[float] = field(default_factory=list)
    """The same with a prepared statement."""

    @property
    def per_second(self) -> float:
        return middle([pace.per_second for pace in self.paces])

    def row(self, name: str, writers: int, goals: tuple[float | None, float | None]) -> Row:
        p99 = middle([pace.p99 for pace in self.paces])
        return Row(
            f"append, {writers} writers: {name}",
            self.per_second,
            "/s",
            f"pgbench {middle(self.limits):,.0f}/s",
            self._share(self.limits),
            *goals,
            note=f"p99 {p99:.1f} ms; {self._share(self.prepared):.2f} of"
            f" {middle(self.prepared):,.0f}/s prepared",
        )

    def _share(self, limits: list[float]) -> float:
        pairs = zip(self.paces, limits, strict=True)
        return middle([pace.per_second / limit for pace, limit in pairs])


def rows(bench: Bench) -> None:
    """Measure, and prove that no writer met an error."""
    crud.Peer.create(bench.owner)
    errors = 0
    for writers in bench.size.writers:
        found = _in_turn(bench, writers)
        for name, rounds in found.items():
            goals = GOALS.get(writers, (None, None)) if name.startswith("ours") else (None, None)
            bench.results.add(rounds.row(name, writers, goals))
        if writers > 1:
            bench.results.add(_to_library(found, writers))
        errors += sum(p.errors for n, r in found.items() if n.startswith("ours") for p in r.paces)
    bench.results.prove("no writer of ours met an error or a false conflict", holds=errors == 0)


def _in_turn(bench: Bench, writers: int) -> dict[str, _Rounds]:
    """Take every figure in every round, each right after its reference."""
    found = {name: _Rounds() for name, _, processes in FIGURES if processes <= writers}
    for _ in range(bench.size.rounds):
        for name, peer, processes in FIGURES:
            if name not in found:
                continue
            dsn = bench.dsn() if peer == "ours" else bench.owner
            found[name].prepared.append(bench.inserts(writers, "prepared"))
            found[name].limits.append(bench.inserts(writers))
            found[name].paces.append(
                measure(peer, dsn, writers, bench.size.seconds, processes=processes)
            )
    return found


def _to_library(found: dict[str, _Rounds], writers: int) -> Row:
    ours, theirs = found["ours, 1 process"].per_second, found["library"].per_second
    goal = TO_LIBRARY if writers == 16 else None
    return Row(
        f"append, {writers} writers: ours to the library",
        ours,
        "/s",
        f"library {theirs:,.0f}/s",
        ours / theirs,
        goal,
    )
