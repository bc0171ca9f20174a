"""The figures of one run, with ratios inside that run, as a table and as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from pathlib import Path

from rich.console import Console
from rich.table import Table


@dataclass(frozen=True, slots=True)
class Row:
    """One figure: what was measured, beside what it is compared with."""

    name: str
    value: float
    unit: str
    against: str = ""
    """What the ratio is to."""
    ratio: float | None = None
    first: float | None = None
    """The goal of the first column of the speed table, in the unit of the ratio (or value)."""
    then: float | None = None
    less_is_better: bool = False
    note: str = ""

    @property
    def measured(self) -> float:
        """What the goals speak of: the ratio where there is one."""
        return self.value if self.ratio is None else self.ratio

    def reaches(self, goal: float | None) -> bool | None:
        """Say whether a goal is reached; None without a goal."""
        if goal is None:
            return None
        return self.measured <= goal if self.less_is_better else self.measured >= goal


@dataclass(slots=True)
class Results:
    """The rows of a run and what its proofs found."""

    rows: list[Row] = field(default_factory=list)
    proofs: list[tuple[str, bool]] = field(default_factory=list)
    machine: dict[str, str] = field(default_factory=dict)
    """What it was measured on."""

    def add(self, *rows: Row) -> None:
        """Keep rows and say them at once: a run takes minutes."""
        for row in rows:
            self.rows.append(row)
            print(f"  {row.name}: {_number(row.value)} {row.unit} {_ratio(row)}", flush=True)

    def prove(self, what: str, *, holds: bool) -> None:
        """Keep the outcome of a proof."""
        self.proofs.append((what, holds))
        print(f"  proof: {what}: {'holds' if holds else 'FAILS'}", flush=True)

    def print(self) -> None:
        """Print everything as one table."""
        table = Table("measured", "figure", "to", "ratio", "first", "then", "note")
        for row in self.rows:
            table.add_row(
                row.name,
                f"{_number(row.value)} {row.unit}",
                row.against,
                "" if row.ratio is None else f"{row.ratio:.2f}",
                _goal(row, row.first),
                _goal(row, row.then),
                row.note,
            )
        console = Console(width=150)
        console.print(table)
        console.print(", ".join(f"{what} {value}" for what, value in self.machine.items()))
        for what, holds in self.proofs:
            console.print(f"{'holds' if holds else 'FAILS'}: {what}")

    def write(self, path: Path) -> None:
        """Write everything as JSON."""
        everything = {
            "machine": self.machine,
            "rows": [asdict(row) for row in self.rows],
            "proofs": self.proofs,
        }
        path.write_text(json.dumps(everything, indent=1), encoding="utf-8")

    @property
    def proven(self) -> bool:
        """Whether every proof holds."""
        return all(holds for _, holds in self.proofs)


def percentile(values: Iterable[float], share: float) -> float:
    """Give a percentile by the nearest rank."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


def _number(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:.2f}"


def _ratio(row: Row) -> str:
    return "" if row.ratio is None else f"({row.ratio:.2f} of {row.against})"


def _goal(row: Row, goal: float | None) -> str:
    if goal is None:
        return ""
    return f"{goal:g} {'reached' if row.reaches(goal) else 'not reached'}"
