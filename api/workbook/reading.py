"""Opens a workbook within limits and hands out its rows in the order of our columns."""

from __future__ import annotations

import warnings
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, NamedTuple, cast
from xml.etree.ElementTree import ParseError
from zipfile import BadZipFile, ZipFile

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet._read_only import ReadOnlyWorksheet
from openpyxl.worksheet.worksheet import Worksheet

from api.workbook.layout import COLUMNS, heading
from domain.language import Text

MEGABYTE = 1_000_000
MAX_FILE = 25 * MEGABYTE
MAX_UNPACKED = 100 * MEGABYTE
MAX_RATIO = 200
"""How far a part may unpack; a sheet of equal rows reaches about 50, a zip bomb 1000."""
MAX_ROWS = 200_000
MAX_COLUMNS = 100
_DAMAGED = (
    BadZipFile,
    InvalidFileException,
    ParseError,
    zlib.error,
    AttributeError,
    EOFError,
    IndexError,
    KeyError,
    OSError,
    RuntimeError,  # an encrypted zip
    TypeError,
    ValueError,
)


class Unreadable(Exception):
    """The book as a whole cannot be imported; the sentence says why."""

    def __init__(self, nl: str, en: str) -> None:
        """Keep the sentence in both languages."""
        super().__init__(en)
        self.text = Text(nl, en)


class Row(NamedTuple):
    """One row as it stands: its number in the sheet and its cells in the order of our columns."""

    number: int
    cells: tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Book:
    """The rows of every sheet, and what is in the book but not imported."""

    sheets: dict[str, list[Row]]
    ignored: tuple[str, ...]


def read(path: Path) -> Book:
    """Read a whole workbook; empty rows are left out.

    Raises Unreadable when it is no workbook, too large, or lacks a sheet or a column.
    """
    if not path.is_file():
        raise Unreadable(f"Er is geen bestand {path.name}.", f"There is no file {path.name}.")
    if path.stat().st_size > MAX_FILE:
        raise _too_large(path.name, MAX_UNPACKED)
    try:
        opened = path.open("rb")
    except OSError as error:
        raise _no_book(path.name) from error
    with opened:
        return read_from(path.name, opened, unpacked=MAX_UNPACKED)


def read_from(name: str, opened: BinaryIO, *, unpacked: int) -> Book:
    """Read one that is open already, as `read` does, that unpacks to so many bytes at most.

    `name` is what its reader calls it.
    """
    _check_size(name, opened, unpacked)
    opened.seek(0)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about styles and validations that we do not use
            return _read(name, opened)
    except _DAMAGED as error:
        raise Unreadable(
            f"{name} is beschadigd of geen .xlsx-werkboek.",
            f"{name} is damaged or not an .xlsx workbook.",
        ) from error


def _check_size(name: str, opened: BinaryIO, unpacked: int) -> None:
    try:
        with ZipFile(opened) as archive:
            _check_parts(name, archive, unpacked)
    except _DAMAGED as error:
        raise _no_book(name) from error


def _check_parts(name: str, archive: ZipFile, unpacked: int) -> None:
    parts = archive.infolist()
    if sum(part.file_size for part in parts) > unpacked:
        raise _too_large(name, unpacked)
    for part in parts:
        if part.file_size > MAX_RATIO * max(part.compress_size, MEGABYTE // MAX_RATIO):
            raise _too_large(name, unpacked)
        with archive.open(part) as inner:
            if b"<!DOCTYPE" in inner.read(1024):  # no office program writes one
                raise BadZipFile(part.filename)


def _no_book(name: str) -> Unreadable:
    return Unreadable(
        f"{name} is geen .xlsx-werkboek. Bewaar het als 'Excel-werkmap (.xlsx)', "
        "zonder wachtwoord.",
        f"{name} is not an .xlsx workbook. Save it as 'Excel Workbook (.xlsx)', "
        "without a password.",
    )


def _too_large(name: str, unpacked: int) -> Unreadable:
    size = unpacked // MEGABYTE
    return Unreadable(
        f"{name} is te groot: uitgepakt mag het {size} MB zijn, met {MAX_ROWS:,} rijen per blad.",
        f"{name} is too large: it may be {size} MB unpacked, with {MAX_ROWS:,} rows a sheet.",
    )


def _read(book: str, opened: BinaryIO) -> Book:
    workbook = load_workbook(opened, read_only=True, data_only=False, keep_links=False)
    try:
        headings = [heading(sheet.title) for sheet in workbook.worksheets]
        by_heading = dict(zip(headings, workbook.worksheets, strict=True))
        missing = [name for name in COLUMNS if heading(name) not in by_heading]
        if missing:
            names = ", ".join(missing)
            raise Unreadable(
                f"Deze bladen ontbreken: {names}.", f"These sheets are missing: {names}."
            )
        twice = [name for name in COLUMNS if headings.count(heading(name)) > 1]
        if twice:
            names = ", ".join(twice)
            raise Unreadable(
                f"Deze bladen staan er dubbel in: {names}.",
                f"These sheets are there twice: {names}.",
            )
        ignored: list[str] = []
        sheets = {
            name: _rows(book, name, by_heading.pop(heading(name)), ignored) for name in COLUMNS
        }
        ignored += [sheet.title for sheet in by_heading.values()]
        return Book(sheets, tuple(ignored))
    finally:
        workbook.close()


def _rows(book: str, name: str, sheet: ReadOnlyWorksheet, ignored: list[str]) -> list[Row]:
    sheet.reset_dimensions()  # what a file says about its own size is not to be trusted
    # (the stubs know that a read-only sheet can do this for a plain one only)
    plain = cast("Worksheet", sheet)
    header = next(plain.iter_rows(max_row=1, values_only=True), ())
    rows = plain.iter_rows(min_row=2, max_row=MAX_ROWS + 2, max_col=MAX_COLUMNS, values_only=True)
    at = _positions(name, header)
    ignored += [f"{name}: {title}" for title in _others(name, header)]
    found = []
    for number, cells in enumerate(rows, start=2):
        if number > MAX_ROWS + 1:
            raise Unreadable(
                f"{book} is te groot: een blad heeft hooguit {MAX_ROWS:,} rijen.",
                f"{book} is too large: a sheet has at most {MAX_ROWS:,} rows.",
            )
        if not cells:
            continue
        picked = tuple(cells[place] for place in at)
        if any(cell is not None and (not isinstance(cell, str) or cell.strip()) for cell in picked):
            found.append(Row(number, picked))
    return found


def _positions(name: str, header: tuple[object, ...]) -> list[int]:
    headings = [heading(cell) for cell in header if cell is not None]
    within = enumerate(header[:MAX_COLUMNS])
    places = {heading(cell): place for place, cell in within if cell is not None}
    missing = [column for column in COLUMNS[name] if heading(column) not in places]
    if missing:
        names = ", ".join(missing)
        raise Unreadable(
            f"Op blad {name} ontbreken kolommen: {names}.",
            f"Sheet {name} lacks columns: {names}.",
        )
    twice = [column for column in COLUMNS[name] if headings.count(heading(column)) > 1]
    if twice:
        names = ", ".join(twice)
        raise Unreadable(
            f"Op blad {name} staan kolommen dubbel: {names}.",
            f"Sheet {name} has columns twice: {names}.",
        )
    return [places[heading(column)] for column in COLUMNS[name]]


def _others(name: str, header: tuple[object, ...]) -> Iterator[str]:
    known = {heading(column) for column in COLUMNS[name]}
    for cell in header:
        if cell is not None and heading(cell) not in known | {""}:
            yield str(cell).strip()
