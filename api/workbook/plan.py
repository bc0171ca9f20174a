"""What an import comes to, told before anything is written."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from api.workbook.checking import Result
from api.workbook.words import PAID
from domain.language import Language

OUTCOMES = ("paid_work", "volunteering", "moved", "still_guided")


@dataclass(frozen=True, slots=True)
class Plan:
    """The whole outcome of a dry run."""

    source: str
    as_of: date
    result: Result
    entries: int

    @property
    def trajectories(self) -> int:
        return len(self.result.trajectories)

    @property
    def trial_placements(self) -> int:
        return sum(
            row.contract == "trial" for rows in self.result.placements.values() for row in rows
        )

    def outcome(self) -> dict[str, int]:
        """Count every trajectory once, by the first that fits."""
        counted = Counter(_outcome(self.result, number) for number in self.result.trajectories)
        return {name: counted[name] for name in OUTCOMES}

    def as_json(self, language: Language) -> dict[str, Any]:
        """Give the outcome in the form that programs read."""
        return {
            "sheets": {name: asdict(tally) for name, tally in self.result.tallies.items()},
            "refused": [
                {
                    "sheet": problem.sheet,
                    "row": problem.row,
                    "column": problem.column,
                    "problem": problem.text.to(language),
                }
                for problem in self.result.problems
            ],
            "trajectories": self.trajectories,
            "entries": self.entries,
            "outcome": self.outcome(),
        }


def _outcome(result: Result, number: str) -> str:
    contracts = {row.contract for row in result.placements.get(number, ())}
    if contracts & PAID:
        return "paid_work"
    if "volunteering" in contracts:
        return "volunteering"
    return "moved" if result.trajectories[number].closing == "moved" else "still_guided"
