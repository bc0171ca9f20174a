"""Checks a whole book: each row becomes a typed row, is refused for its own fault, or skipped."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Generic, TypeVar

from api.workbook import layout
from api.workbook.fields import Fields, Problem
from api.workbook.parsing import Parser
from api.workbook.reading import Book
from api.workbook.rows import Checked, Contact, Employer, Person, Placement, Score, Trajectory
from domain.language import Text

R = TypeVar("R", bound=Checked)


@dataclass(frozen=True, slots=True)
class Tally:
    """How many rows of a sheet were accepted, refused and skipped; empty rows do not count."""

    rows: int
    accepted: int
    refused: int
    skipped: int


@dataclass(frozen=True, slots=True)
class Result:
    """The accepted rows of a book, by number where a person may have several."""

    tallies: dict[str, Tally]
    problems: list[Problem]
    people: dict[str, Person]
    trajectories: dict[str, Trajectory]
    employers: list[Employer]
    contacts: dict[str, list[Contact]]
    placements: dict[str, list[Placement]]
    scores: dict[str, list[Score]]


@dataclass(slots=True)
class _Sheet(Generic[R]):
    """The rows of one sheet so far; `repeats` say what an earlier row said already."""

    name: str
    rows: list[R] = field(default_factory=list)
    repeats: list[R] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    faulty: set[str] = field(default_factory=set)
    """The numbers (or names) of refused rows that no accepted row has."""

    def refuse(self, row: R, column: str, nl: str, en: str) -> None:
        self.problems.append(Problem(self.name, row.row, column, Text(nl, en)))

    def without(self, numbers: Collection[str]) -> list[R]:
        return [row for row in self.rows if row.key[0] not in numbers]

    def tally(self, numbers: Collection[str]) -> Tally:
        stood = [row.key[0] not in numbers for row in (*self.rows, *self.repeats)]
        refused = len(self.problems)
        return Tally(len(stood) + refused, sum(stood), refused, len(stood) - sum(stood))


def check(book: Book, as_of: date) -> Result:
    """Check every row of a book as it stood on a day."""
    parser = Parser(as_of)

    def sheet(name: str, parse: Callable[[Fields], R]) -> _Sheet[R]:
        return _parsed(_Sheet(name), (Fields(name, row, as_of) for row in book.sheets[name]), parse)

    employers = _once(sheet(layout.EMPLOYERS, parser.employer))
    people = sheet(layout.PEOPLE, parser.person)
    parser.employers = {row.key[0] for row in employers.rows}
    parser.people = {row.key[0] for row in people.rows} | people.faulty
    trajectories = _once(sheet(layout.TRAJECTORIES, parser.trajectory))
    _ask_trajectory(people, {row.key[0] for row in trajectories.rows} | trajectories.faulty)
    out = people.faulty | trajectories.faulty
    contacts = sheet(layout.CONTACTS, parser.contact)
    placements = _once(sheet(layout.PLACEMENTS, parser.placement))
    scores = sheet(layout.WELLBEING, parser.score)
    sheets: tuple[_Sheet[Any], ...] = (people, trajectories, contacts, placements, scores)
    tallies = {each.name: each.tally(out) for each in sheets} | {
        employers.name: employers.tally(())
    }
    problems = [problem for each in (*sheets, employers) for problem in each.problems]
    return Result(
        tallies={name: tallies[name] for name in layout.COLUMNS},
        problems=sorted(problems, key=lambda each: (each.sheet, each.row)),
        people={row.key[0]: row for row in people.without(out)},
        trajectories={row.key[0]: row for row in trajectories.without(out)},
        employers=employers.rows,
        contacts=_by_number(contacts.without(out)),
        placements=_by_number(placements.without(out)),
        scores=_by_number(scores.without(out)),
    )


def _parsed(sheet: _Sheet[R], rows: Iterable[Fields], parse: Callable[[Fields], R]) -> _Sheet[R]:
    for fields in rows:
        row = parse(fields)
        problem = fields.problem()
        if problem is None:
            sheet.rows.append(row)
        else:
            sheet.problems.append(problem)
            sheet.faulty.add(row.key[0])
    sheet.faulty -= {row.key[0] for row in sheet.rows}
    return sheet


def _once(sheet: _Sheet[R]) -> _Sheet[R]:
    """Keep one row of each key; the same again adds nothing, another with that key is refused."""
    rows, sheet.rows = sheet.rows, []
    used: dict[tuple[str, ...], R] = {}
    for row in rows:
        first = used.setdefault(row.key, row)
        if first is row:
            sheet.rows.append(row)
        elif first == row:
            sheet.repeats.append(row)
        else:
            sheet.refuse(
                row,
                layout.COLUMNS[sheet.name][0],
                f"Rij {first.row} zegt over hetzelfde iets anders.",
                f"Row {first.row} says something else about the same.",
            )
    return sheet


def _ask_trajectory(people: _Sheet[Person], known: Collection[str]) -> None:
    """Refuse a person whose trajectory is nowhere: there is no story to add the rest to."""
    rows, people.rows = people.rows, []
    for row in rows:
        if row.key[0] in known:
            people.rows.append(row)
        else:
            people.faulty.add(row.key[0])
            people.refuse(
                row,
                "Nummer",
                "Voor deze persoon staat er geen rij op Trajecten.",
                "No trajectory: this person has no row on Trajecten.",
            )


def _by_number(rows: list[R]) -> dict[str, list[R]]:
    found: dict[str, list[R]] = defaultdict(list)
    for row in rows:
        found[row.key[0]].append(row)
    return dict(found)
