"""The rows that are not right as a sheet: text that nobody's spreadsheet works out."""

from __future__ import annotations

import csv
from io import StringIO

import pytest

from api.workbook.fields import Problem
from api.workbook.refused import refused_rows
from domain.language import Text


def read(*problems: Problem, language: str = "nl") -> list[list[str]]:
    text = refused_rows(problems, language).decode("utf-8-sig")  # type: ignore[arg-type]
    return list(csv.reader(StringIO(text), delimiter=";"))


def test_each_row_stands_there_with_what_is_wrong():
    told = Text("Vul een datum in; geen tekst.", "Give a day.")
    assert read(Problem("Contacten", 7, "Datum", told)) == [
        ["Blad", "Rij", "Kolom", "Wat er niet klopt"],
        ["Contacten", "7", "Datum", "Vul een datum in; geen tekst."],
    ]
    assert read(Problem("Contacten", 7, "Datum", told), language="en")[1][3] == "Give a day."


@pytest.mark.parametrize("begin", ["=", "+", "-", "@", "\t", "\r"])
def test_a_formula_is_text(begin: str):
    told = f"{begin}HYPERLINK(1)"
    (_, row) = read(Problem("Mensen", 2, told, Text(told, told)))
    assert row == ["Mensen", "2", f"'{told}", f"'{told}"]


def test_with_nothing_wrong_there_is_the_heading_alone():
    assert len(read()) == 1
