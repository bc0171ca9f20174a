"""Makes small workbooks for the tests, and names the three of the shared cases."""

from __future__ import annotations

import json
from datetime import date, datetime
from pathlib import Path
from typing import Any

from openpyxl import Workbook

from api.workbook.checking import Result, check
from api.workbook.layout import COLUMNS
from api.workbook.reading import read

CASES = Path(__file__).parents[1] / "cases"
NAMES = ("haaren", "haaren-rough", "laborijn")
AS_OF = date(2024, 6, 30)
DAY = datetime(2024, 3, 2)  # noqa: DTZ001 - a workbook knows no time zones

PERSON = ("T-1", "Sanne", "de Wit", 1985, "06-00000001", "WIA", "Nederlands", "Jo Maas", None)
TRAJECTORY = ("T-1", DAY, "zelf", "Iets met hout.", "betaald werk", DAY, None, None)
CONTACT = ("T-1", DAY, "gesprek", "wandeling", "cliënt", None, "Rustig gesprek.", "Jo Maas")
EMPLOYER = ("Houtzagerij De Es", "Esch", "industrie")
PLACEMENT = ("T-1", "Houtzagerij De Es", "zager", DAY, 16, "tijdelijk", None, None)
SCORE = ("T-1", DAY, 7, "gaat wel")


def expected(name: str) -> dict[str, Any]:
    """Give what a case must come to."""
    found: dict[str, Any] = json.loads((CASES / f"{name}.expected.json").read_text())
    return found


def rows(**changes: list[tuple[Any, ...]]) -> dict[str, list[tuple[Any, ...]]]:
    """Give the rows of a book with one person, with some sheets replaced."""
    return {
        "Mensen": [PERSON],
        "Trajecten": [TRAJECTORY],
        "Contacten": [CONTACT],
        "Werkgevers": [EMPLOYER],
        "Plaatsingen": [PLACEMENT],
        "Welzijn": [SCORE],
    } | changes


def write(path: Path, **changes: list[tuple[Any, ...]]) -> Path:
    """Save a book with one person, with some sheets replaced."""
    workbook = Workbook()
    for sheet, lines in rows(**changes).items():
        opened = workbook.create_sheet(sheet)
        opened.append(COLUMNS[sheet])
        for line in lines:
            opened.append(line)
    del workbook["Sheet"]
    workbook.save(path)
    return path


def checked(path: Path, **changes: list[tuple[Any, ...]]) -> Result:
    """Save such a book, read it back and check it."""
    return check(read(write(path / "book.xlsx", **changes)), AS_OF)


def instead(row: tuple[Any, ...], sheet: str, column: str, value: Any) -> tuple[Any, ...]:
    """Give a row with one cell replaced."""
    place = COLUMNS[sheet].index(column)
    return (*row[:place], value, *row[place + 1 :])
