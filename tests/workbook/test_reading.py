"""Books are opened within limits; what cannot be read is told in a sentence."""

from __future__ import annotations

import zipfile

import pytest
from openpyxl import Workbook, load_workbook

from api.workbook import reading
from api.workbook.reading import Unreadable, read
from tests.workbook.books import CONTACT, write


def test_headings_may_stand_in_any_case_and_order(tmp_path):
    path = write(tmp_path / "book.xlsx")
    workbook = load_workbook(path)
    del workbook["Welzijn"]
    sheet = workbook.create_sheet("WELZIJN ")
    sheet.append(["  WOORDEN ", "ci jfer", "Datum", "nummer", "Kleur"])
    sheet.append(["trots", 8, "2-3-2024", "T-1", "rood"])
    workbook.create_sheet("Kladblok")
    workbook.save(path)
    book = read(path)
    assert book.sheets["Welzijn"] == [(2, ("T-1", "2-3-2024", 8, "trots"))]
    assert book.ignored == ("Welzijn: Kleur", "Kladblok")


def test_empty_rows_are_left_out_and_the_others_keep_their_number(tmp_path):
    path = write(tmp_path / "book.xlsx", Contacten=[CONTACT, (None,), ("  ", ""), CONTACT])
    assert [row.number for row in read(path).sheets["Contacten"]] == [2, 5]


def test_missing_sheets_are_named(tmp_path):
    path = write(tmp_path / "book.xlsx")
    workbook = load_workbook(path)
    del workbook["Welzijn"], workbook["Mensen"]
    workbook.save(path)
    with pytest.raises(Unreadable) as caught:
        read(path)
    assert caught.value.text.nl == "Deze bladen ontbreken: Mensen, Welzijn."


@pytest.mark.parametrize(
    ("heading", "sentence"),
    [
        ("Score", "Op blad Welzijn ontbreken kolommen: Cijfer."),
        ("Woorden", "Op blad Welzijn ontbreken kolommen: Cijfer."),
    ],
)
def test_missing_columns_are_named(tmp_path, heading, sentence):
    path = write(tmp_path / "book.xlsx")
    workbook = load_workbook(path)
    workbook["Welzijn"]["C1"] = heading
    workbook.save(path)
    with pytest.raises(Unreadable) as caught:
        read(path)
    assert caught.value.text.nl == sentence


def test_a_column_twice_is_refused(tmp_path):
    path = write(tmp_path / "book.xlsx")
    workbook = load_workbook(path)
    workbook["Welzijn"]["E1"] = "datum"
    workbook.save(path)
    with pytest.raises(Unreadable, match="Sheet Welzijn has columns twice: Datum"):
        read(path)


@pytest.mark.parametrize("title", ["mensen ", "Men sen"])
def test_a_sheet_twice_is_refused(tmp_path, title):
    path = write(tmp_path / "book.xlsx")
    workbook = load_workbook(path)
    workbook.create_sheet(title)
    workbook.save(path)
    with pytest.raises(Unreadable, match="These sheets are there twice: Mensen"):
        read(path)


def test_a_column_far_to_the_right_is_named_as_ignored(tmp_path):
    path = write(tmp_path / "book.xlsx")
    workbook = load_workbook(path)
    workbook["Welzijn"].cell(1, reading.MAX_COLUMNS + 50).value = "Ver weg"
    workbook.save(path)
    book = read(path)
    assert book.ignored == ("Welzijn: Ver weg",)
    assert [row.number for row in book.sheets["Welzijn"]] == [2]


def test_an_empty_workbook_is_refused(tmp_path):
    Workbook().save(tmp_path / "book.xlsx")
    with pytest.raises(Unreadable, match="sheets are missing"):
        read(tmp_path / "book.xlsx")


@pytest.mark.parametrize(
    "content", [b"", b"a,b,c\n1,2,3\n", b"\xd0\xcf\x11\xe0 an old .xls", b"PK\x03\x04"]
)
def test_what_is_no_workbook_is_refused(tmp_path, content):
    (tmp_path / "book.xlsx").write_bytes(content)
    with pytest.raises(Unreadable, match=r"not an \.xlsx workbook"):
        read(tmp_path / "book.xlsx")


def test_no_file_is_refused(tmp_path):
    with pytest.raises(Unreadable, match="no file"):
        read(tmp_path / "book.xlsx")


def test_a_damaged_workbook_is_refused(tmp_path):
    whole = write(tmp_path / "whole.xlsx")
    with zipfile.ZipFile(whole) as source, zipfile.ZipFile(tmp_path / "book.xlsx", "w") as target:
        for part in source.infolist():
            content = source.read(part)
            target.writestr(part, content[:300] if "sheet3" in part.filename else content)
    with pytest.raises(Unreadable, match="damaged"):
        read(tmp_path / "book.xlsx")


def with_part(path, content):
    """Add a part to a good workbook."""
    write(path)
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/extra.xml", content)
    return path


def test_a_zip_bomb_is_refused(tmp_path):
    with pytest.raises(Unreadable, match="too large"):
        read(with_part(tmp_path / "book.xlsx", b"0" * 5_000_000))


def test_a_book_that_unpacks_too_far_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(reading, "MAX_UNPACKED", 1_000)
    with pytest.raises(Unreadable, match="too large"):
        read(write(tmp_path / "book.xlsx"))


def test_a_file_too_large_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(reading, "MAX_FILE", 1_000)
    with pytest.raises(Unreadable, match="too large"):
        read(write(tmp_path / "book.xlsx"))


def test_xml_with_entities_is_refused(tmp_path):
    bomb = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "a">]><x>&a;</x>'
    with pytest.raises(Unreadable, match=r"not an \.xlsx workbook"):
        read(with_part(tmp_path / "book.xlsx", bomb))


def test_a_row_far_below_is_refused_without_walking_there(tmp_path, monkeypatch):
    monkeypatch.setattr(reading, "MAX_ROWS", 100)
    path = write(tmp_path / "book.xlsx")
    workbook = load_workbook(path)
    workbook["Contacten"].cell(1_000_000, 1).value = "T-1"
    workbook.save(path)
    with pytest.raises(Unreadable, match="too large"):
        read(path)
