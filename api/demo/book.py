"""The workbook that ships with the demo, moved in time so that it never ages."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, datetime, time, timedelta
from importlib.resources import files
from pathlib import Path

from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from api.workbook.layout import COLUMNS, CONTACTS, PEOPLE

KEPT_ON = date(2019, 11, 25)
"""The day on which the book was last kept."""
ONE_MISSING = "HA-0001"
"""With whom one of two talks was not held in the month that was kept to the letter."""
_BEFORE_ANYBODY_MOVED = timedelta(days=35)
_DAYS = (9, 23)
_TALKS = frozenset({"gesprek", "steun"})


def moved(today: date, folder: Path) -> Path:
    """Write the book as if it was last kept in the past week; the same day gives the same book."""
    weeks = timedelta(days=(today - KEPT_ON).days // 7 * 7)
    with files("api.demo").joinpath("haaren.xlsx").open("rb") as shipped:
        book = load_workbook(shipped)
    for sheet in book:
        for row in sheet.iter_rows(min_row=2):
            for cell in row:
                if isinstance(cell.value, datetime):
                    cell.value += weeks
    _keep_to_the_letter(book, kept_month(today))
    path = folder / "haaren.xlsx"
    book.save(path)
    return path


def kept_month(today: date) -> date:
    """Give the first day of the last whole month in which all fifty were there."""
    this = (today - _BEFORE_ANYBODY_MOVED).replace(day=1)
    return (this - timedelta(days=1)).replace(day=1)


def _keep_to_the_letter(book: Workbook, month: date) -> None:
    """Let one calendar month hold the two promised talks with each, but for one: 99 of 100.

    Months do not move along with weeks, so that this is written when the book is moved.
    """
    contacts = book[CONTACTS]
    held = _in(contacts, month)
    number, coach = (COLUMNS[PEOPLE].index(name) for name in ("Nummer", "Coach"))
    for row in book[PEOPLE].iter_rows(min_row=2, values_only=True):
        rows = held[row[number]]
        days = _DAYS[:1] if row[number] == ONE_MISSING else _DAYS
        for at in rows[len(days) :]:  # an empty row is none
            for cell in contacts[at]:
                cell.value = None
        for day in days[len(rows) :]:
            on = datetime.combine(month.replace(day=day), time())
            contacts.append(
                [row[number], on, "gesprek", "wandeling", "cliënt", None, None, row[coach]]
            )


def _in(contacts: Worksheet, month: date) -> dict[object, list[int]]:
    """Give the rows of the talks that were held in a month, by whom they were with."""
    found: defaultdict[object, list[int]] = defaultdict(list)
    for at, row in enumerate(contacts.iter_rows(min_row=2, values_only=True), 2):
        on, kind = row[1], row[2]
        if isinstance(on, datetime) and on.date().replace(day=1) == month and kind in _TALKS:
            found[row[0]].append(at)
    return found
