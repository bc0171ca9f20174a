"""Hands out the cells of one row by column name and gathers everything that is wrong with it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import NamedTuple, TypeVar

from api.workbook import cells
from api.workbook.cells import Wrong
from api.workbook.layout import COLUMNS
from api.workbook.reading import Row
from api.workbook.words import Vocabulary
from domain.language import Language, Text

T = TypeVar("T")
V = TypeVar("V", bound=str)
_PLACES = {
    sheet: {column: place for place, column in enumerate(columns)}
    for sheet, columns in COLUMNS.items()
}


class Problem(NamedTuple):
    """What is wrong with a row, in both languages; several faults are told together."""

    sheet: str
    row: int
    column: str
    text: Text

    def to(self, language: Language) -> str:
        """Give the sentence in one language."""
        return self.text.to(language)


class Fields:
    """One row while it is being checked: a wrong cell answers None and is remembered."""

    def __init__(self, sheet: str, row: Row, as_of: date) -> None:
        """Start with a row without faults; `as_of` is the last day that can have happened."""
        self.sheet = sheet
        self.number = row.number
        self._cells = row.cells
        self._places = _PLACES[sheet]
        self._as_of = as_of
        self._faults: list[tuple[str, Text]] = []

    def fault(self, column: str, nl: str, en: str) -> None:
        """Remember that something is wrong in a column."""
        self._faults.append((column, Text(nl, en)))

    def filled(self, column: str) -> None:
        """Ask that a column is filled in, whatever it says."""
        if self._cells[self._places[column]] is None or not self.text(column, cells.LONG):
            self.fault(column, f"{column} is niet ingevuld.", f"{column} is empty.")

    def faulty(self, *columns: str) -> bool:
        """Say whether something is wrong in one of these columns."""
        return any(column in columns for column, _ in self._faults)

    def problem(self) -> Problem | None:
        """Give all faults of the row as one problem, or None."""
        if not self._faults:
            return None
        columns = ", ".join(dict.fromkeys(column for column, _ in self._faults))
        nl = " ".join(fault.nl for _, fault in self._faults)
        en = " ".join(fault.en for _, fault in self._faults)
        return Problem(self.sheet, self.number, columns, Text(nl, en))

    def text(self, column: str, longest: int = cells.SHORT) -> str | None:
        return self._read(column, lambda cell: cells.text(cell, longest))

    def needed_text(self, column: str) -> str:
        return self._needed(column, self.text(column), "")

    def day(self, column: str) -> date | None:
        """Give a day that has come by the day of the import."""
        found = self._read(column, cells.day)
        if found is not None and found > self._as_of:
            day = f"{found:%d-%m-%Y}"
            self.fault(
                column,
                f"Deze datum ligt na de dag van de import: {day}.",
                f"Date in the future: {day}.",
            )
        return found

    def needed_day(self, column: str) -> date:
        return self._needed(column, self.day(column), date.min)

    def choice(self, column: str, vocabulary: Vocabulary[V]) -> V | None:
        said = self.text(column)
        return None if said is None else self._read(column, lambda _: vocabulary.value(said))

    def needed_choice(self, column: str, vocabulary: Vocabulary[V]) -> V:
        stand_in = next(iter(vocabulary.values.values()))
        return self._needed(column, self.choice(column, vocabulary), stand_in)

    def whole(self, column: str, lowest: int, highest: int) -> int | None:
        return self._read(column, lambda cell: cells.whole(cell, lowest, highest))

    def needed_whole(self, column: str, lowest: int, highest: int) -> int:
        return self._needed(column, self.whole(column, lowest, highest), 0)

    def hours(self, column: str) -> float | None:
        return self._read(column, cells.hours)

    def _read(self, column: str, convert: Callable[[object], T | None]) -> T | None:
        try:
            return convert(self._cells[self._places[column]])
        except Wrong as wrong:
            self._faults.append((column, wrong.text))
            return None

    def _needed(self, column: str, found: T | None, stand_in: T) -> T:
        """Ask for a value; what stands in for it is never used, because the row is refused."""
        if found is None:
            self.filled(column)
        return stand_in if found is None else found
