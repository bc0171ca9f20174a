"""Turns cells as people fill them in into text, days and numbers, or says what is wrong."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from math import isfinite
from unicodedata import category

from domain.language import Text

SHORT = 200
LONG = 10_000
MOST_HOURS = 80
"""The bounds of the commands themselves (domain.rules.limits)."""
_LINE = 40
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_DUTCH = re.compile(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4})")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]00:00(?::00)?)?")
_NUMBER = re.compile(r"[+-]?\d{1,9}(?:[.,]\d{1,9})?")
_SERIAL = re.compile(r"\d{5}")
_EPOCH = date(1899, 12, 30)
_SERIALS = range(18_264, 109_575)
"""Day numbers from 1950 to 2199; a smaller number in a date column is a year or a slip."""
_FIRST_YEAR = 1900


class Wrong(Exception):
    """A cell does not hold what its column asks; the sentence says what it should be."""

    def __init__(self, nl: str, en: str) -> None:
        """Keep the sentence in both languages."""
        super().__init__(en)
        self.text = Text(nl, en)


def text(cell: object, longest: int = SHORT) -> str | None:
    """Give a cell as text without its outer spaces; a formula is the text of that formula."""
    if cell is None:
        return None
    said = cell if isinstance(cell, str) else _written(cell)
    if "_x" in said:  # how a workbook writes characters that its own format cannot hold
        said = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), said)
    said = said.strip()
    if all(category(char) == "Cf" or char.isspace() for char in said):
        return None  # such as a zero-width space, which nobody sees
    if not said.isprintable() and any(
        category(char) in {"Cc", "Cs"} and char not in "\n\t\r" for char in said
    ):
        raise Wrong(
            "Hierin staan tekens die niet bewaard kunnen worden (stuurtekens).",
            "Characters that cannot be stored (control characters).",
        )
    if len(said) > longest:
        raise Wrong(
            f"Deze tekst is te lang: {longest} tekens kan.",
            f"Text too long: {longest} characters fit.",
        )
    return said


def _written(cell: object) -> str:
    if isinstance(cell, bool):
        return "ja" if cell else "nee"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime) and cell.time().isoformat() == "00:00:00":
        return f"{cell:%d-%m-%Y}"
    return str(getattr(cell, "text", cell))  # an array formula carries its text


def day(cell: object) -> date | None:
    """Give a cell as a day: a true date, 3-4-2019, 2019-04-03 or a day number."""
    if cell is None or isinstance(cell, datetime):
        return None if cell is None else _sensible(cell.date())
    if isinstance(cell, date):
        return _sensible(cell)
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return _from_serial(cell)
    said = text(cell)
    if said is None:
        return None
    if _SERIAL.fullmatch(said):
        return _from_serial(int(said))
    if dutch := _DUTCH.fullmatch(said):
        return _date(said, int(dutch[3]), int(dutch[2]), int(dutch[1]))
    if iso := _ISO.fullmatch(said):
        return _date(said, int(iso[1]), int(iso[2]), int(iso[3]))
    raise Wrong(
        f"Dit is geen datum: {_quoted(said)}. Schrijf dag-maand-jaar, zoals 3-4-2019.",
        f"Not a date: {_quoted(said)}. Write day-month-year, as in 3-4-2019.",
    )


def _date(said: str, year: int, month: int, day_of_month: int) -> date:
    try:
        found = date(year, month, day_of_month)
    except ValueError:
        raise Wrong(
            f"Deze datum bestaat niet: {_quoted(said)}.", f"No such date: {_quoted(said)}."
        ) from None
    return _sensible(found)


def _from_serial(number: float) -> date:
    if not isfinite(number) or int(number) not in _SERIALS:
        raise Wrong(f"Dit is geen datum: {number}.", f"Not a date: {number}.")
    return _EPOCH + timedelta(days=int(number))


def _sensible(found: date) -> date:
    if found.year < _FIRST_YEAR:
        raise Wrong(f"Dit jaar kan niet: {found.year}.", f"No such date: year {found.year}.")
    return found


def number(cell: object) -> float | None:
    """Give a cell as a number; a decimal comma and a number kept as text will do."""
    if cell is None:
        return None
    if isinstance(cell, int | float) and not isinstance(cell, bool) and isfinite(cell):
        return float(cell)
    said = text(cell)
    if said is None:
        return None
    if not _NUMBER.fullmatch(said):
        raise Wrong(f"Dit is geen getal: {_quoted(said)}.", f"Not a number: {_quoted(said)}.")
    return float(said.replace(",", "."))


def whole(cell: object, lowest: int, highest: int) -> int | None:
    """Give a cell as a whole number between two bounds."""
    found = number(cell)
    if found is None:
        return None
    if not lowest <= found <= highest:
        raise Wrong(
            f"Dit ligt niet tussen {lowest} en {highest}: {found:g}.",
            f"Outside {lowest} to {highest}: {found:g}.",
        )
    if found != int(found):
        raise Wrong(f"Dit is geen heel getal: {found:g}.", f"Not a whole number: {found:g}.")
    return int(found)


def hours(cell: object) -> float | None:
    """Give a cell as hours a week, in quarters."""
    found = number(cell)
    if found is None:
        return None
    if not 0 <= found <= MOST_HOURS:
        raise Wrong(
            f"Dit ligt niet tussen 0 en {MOST_HOURS} uur: {found:g}.",
            f"Outside 0 to {MOST_HOURS} hours: {found:g}.",
        )
    if found * 4 != int(found * 4):
        raise Wrong(
            f"Rond af op kwartieren: {found:g} uur.", f"Not in quarters of an hour: {found:g}."
        )
    return found


def _quoted(said: str) -> str:
    return repr(said if len(said) <= _LINE else said[: _LINE - 1] + "…")
