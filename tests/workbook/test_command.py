"""The import as a command: what it shows, when it writes, and how it ends."""

from __future__ import annotations

import json
from datetime import date

import pytest

from api.workbook import command
from tests.workbook.books import AS_OF, CASES, CONTACT, expected, instead, write
from tests.workbook.logs import entries, run

BAD = {"Contacten": [instead(CONTACT, "Contacten", "Datum", "31-02-2024"), CONTACT]}
ROUGH = {"as_of": date(2019, 11, 25), "source": "rough"}


def nowhere():
    pytest.fail("a dry run opens no log")


def test_a_dry_run_shows_every_sheet_and_opens_no_log(tmp_path, capsys):
    path = write(tmp_path / "book.xlsx")
    assert command.run(path, as_of=AS_OF, open_handler=nowhere) == 0
    shown = capsys.readouterr().out
    for word in ("Mensen", "Welzijn", "Trajecten: 1 (1 betaald werk", "niets vastgelegd"):
        assert word in shown


def test_a_dry_run_with_refused_rows_names_them_in_both_languages(tmp_path, capsys, monkeypatch):
    monkeypatch.setenv("COLUMNS", "200")
    path = write(tmp_path / "book.xlsx", **BAD)
    assert command.run(path, as_of=AS_OF, open_handler=nowhere) == 3
    shown = capsys.readouterr().out
    for word in ("Deze datum bestaat niet: '31-02-2024'", "No such date: '31-02-2024'", "Datum"):
        assert word in shown


def test_json_is_exactly_the_outcome(capsys):
    path = CASES / "haaren-rough.xlsx"
    assert command.run(path, as_json=True, open_handler=nowhere, **ROUGH) == 3
    said = json.loads(capsys.readouterr().out)
    wanted = expected("haaren-rough")
    assert list(said) == ["sheets", "refused", "trajectories", "entries", "outcome"]
    assert said["sheets"] == wanted["sheets"]
    assert said["outcome"] == wanted["outcome"]
    assert all(set(row) == {"sheet", "row", "column", "problem"} for row in said["refused"])


def test_nothing_is_written_while_rows_are_refused(dsn, handler, capsys):
    assert run(dsn, CASES / "haaren-rough.xlsx", commit=True, **ROUGH) == 3
    assert "--skip-bad-rows" in capsys.readouterr().out
    assert handler.log.position() == 0


def test_the_rest_is_written_when_bad_rows_are_skipped(dsn, handler, capsys):
    path = CASES / "haaren-rough.xlsx"
    options = {"commit": True, "skip_bad_rows": True, "as_json": True, **ROUGH}
    assert run(dsn, path, **options) == 3
    first = json.loads(capsys.readouterr().out)
    assert len(entries(handler)) == first["entries"]
    assert run(dsn, path, **options) == 3
    assert json.loads(capsys.readouterr().out) == first
    assert len(entries(handler)) == first["entries"]


def test_skipping_without_commit_writes_nothing(tmp_path):
    path = write(tmp_path / "book.xlsx", **BAD)
    assert command.run(path, as_of=AS_OF, skip_bad_rows=True, open_handler=nowhere) == 3


def test_a_good_book_is_written_under_its_file_name(dsn, handler, tmp_path, capsys):
    assert run(dsn, write(tmp_path / "book.xlsx"), commit=True, as_of=AS_OF) == 0
    assert "Nieuw vastgelegd: " in capsys.readouterr().out
    assert {entry.header.origin for entry in entries(handler)} == {"import:book.xlsx"}


def test_what_the_rules_refuse_is_counted_as_refused(dsn, tmp_path, capsys):
    path = tmp_path / "book.xlsx"
    assert run(dsn, write(path), commit=True, as_of=AS_OF) == 0
    write(path, Contacten=[instead(CONTACT, "Contacten", "Door", "Els Brouwer")])
    capsys.readouterr()
    assert run(dsn, path, commit=True, as_of=AS_OF, as_json=True, language="en") == 3
    said = json.loads(capsys.readouterr().out)
    assert said["sheets"]["Contacten"] == {"rows": 1, "accepted": 0, "refused": 1, "skipped": 0}
    (refused,) = said["refused"]
    assert refused["problem"] == "Who noted a contact is fixed after an earlier import."


def test_an_unreadable_book_ends_in_one_sentence(tmp_path, capsys):
    assert command.run(tmp_path / "none.xlsx", open_handler=nowhere) == 1
    assert capsys.readouterr().out == "Er is geen bestand none.xlsx.\n"


def test_markup_in_a_book_is_shown_as_it_is(tmp_path, capsys, monkeypatch):
    monkeypatch.setenv("COLUMNS", "200")
    row = instead(CONTACT, "Contacten", "Werkgever", "[bold]Bakker[/bold]")
    command.run(write(tmp_path / "b.xlsx", Contacten=[row]), as_of=AS_OF, open_handler=nowhere)
    assert "[bold]Bakker[/bold]" in capsys.readouterr().out


def test_without_a_day_it_is_today(tmp_path, capsys):
    path = write(tmp_path / "book.xlsx", **BAD)
    command.run(path, open_handler=nowhere)
    assert f"{date.today():%Y}" in capsys.readouterr().out  # noqa: DTZ011 - only the year


def test_a_day_to_come_is_no_day_of_import(tmp_path, capsys):
    path = write(tmp_path / "book.xlsx")
    assert command.run(path, as_of=date(2200, 1, 1), open_handler=nowhere) == 1
    assert "moet nog komen" in capsys.readouterr().out
