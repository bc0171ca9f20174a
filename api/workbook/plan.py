"""What an import comes to, told before anything is written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from api.workbook.checking import Result, check
from api.workbook.fields import Problem
from api.workbook.reading import Book
from api.workbook.steps import Story
from api.workbook.stories import stories
from domain.events.course import ClosingReason
from domain.events.placement import Contract
from domain.language import Language
from domain.state.work import PlacementKind

OUTCOMES = ("paid_work", "volunteering", "moved", "still_guided")


@dataclass(frozen=True, slots=True)
class Plan:
    """The whole outcome of an import."""

    source: str
    as_of: date
    result: Result
    stories: Sequence[Story]

    @property
    def trajectories(self) -> int:
        return len(self.result.trajectories)

    @property
    def entries(self) -> int:
        """How many entries the accepted rows come to in an empty log."""
        return sum(story.entries for story in self.stories)

    @property
    def trial_placements(self) -> int:
        return sum(
            row.contract is PlacementKind.TRIAL
            for rows in self.result.placements.values()
            for row in rows
        )

    def outcome(self) -> dict[str, int]:
        """Count every trajectory once, by the first that fits."""
        counted = Counter(_outcome(self.result, number) for number in self.result.trajectories)
        return {name: counted[name] for name in OUTCOMES}

    def refusing(self, problems: Sequence[Problem]) -> Plan:
        """Give the plan with rows counted as refused that the log does not allow."""
        tallies = dict(self.result.tallies)
        told = {(problem.sheet, problem.row) for problem in self.result.problems}
        more = {(problem.sheet, problem.row) for problem in problems} - told
        for sheet, rows in Counter(sheet for sheet, _ in more).items():
            tally = tallies[sheet]
            tallies[sheet] = replace(
                tally, accepted=tally.accepted - rows, refused=tally.refused + rows
            )
        both = sorted([*self.result.problems, *problems], key=lambda each: (each.sheet, each.row))
        return replace(self, result=replace(self.result, tallies=tallies, problems=both))

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
            "trial_placements": self.trial_placements,
        }


def make(
    book: Book,
    source: str,
    as_of: date,
    programme: UUID | None = None,
    organisation: UUID | None = None,
) -> Plan:
    """Check a book and tell what it comes to; nothing is looked up or written.

    Who had a first talk entered that programme, when one is named; whom it names as coach or care
    worker is on the team for that organisation.
    """
    result = check(book, as_of)
    told = stories(result, source, as_of, programme, organisation)
    return Plan(source, as_of, result, told)


def _outcome(result: Result, number: str) -> str:
    contracts = {row.contract for row in result.placements.get(number, ())}
    if any(isinstance(contract, Contract) for contract in contracts):
        return "paid_work"
    if PlacementKind.VOLUNTEERING in contracts:
        return "volunteering"
    moved = result.trajectories[number].closing is ClosingReason.MOVED
    return "moved" if moved else "still_guided"
