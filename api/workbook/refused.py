"""The rows of a workbook that are not right, as a sheet of their own: text, and never a formula."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from io import StringIO

from api.workbook.fields import Problem
from domain.language import Language, Text

HEADER = (
    Text("Blad", "Sheet"),
    Text("Rij", "Row"),
    Text("Kolom", "Column"),
    Text("Wat er niet klopt", "What is wrong"),
)
_BEGINS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def refused_rows(problems: Iterable[Problem], language: Language) -> bytes:
    """Write them all as a spreadsheet here opens it: by semicolon, and marked as UTF-8."""
    out = StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(each.to(language) for each in HEADER)
    for each in problems:
        cells = (each.sheet, str(each.row), each.column, each.text.to(language))
        writer.writerow(map(_as_text, cells))
    return out.getvalue().encode("utf-8-sig")


def _as_text(cell: str) -> str:
    """Keep a cell text: a formula would be worked out by whoever opens it."""
    return f"'{cell}" if cell.startswith(_BEGINS_A_FORMULA) else cell
