"""The import as a command: what it shows, when it writes, and how it ends."""

from __future__ import annotations

import json
from contextlib import contextmanager
from datetime import date

import pytest

from api.workbook import command
from eventlog.problems import Unavailable
from tests.workbook.books import (
    AS_OF,
    CASES,
    CONTACT,
    PERSON,
    SCORE,
    TRAJECTORY,
    expected,
    instead,
    write,
)
from tests.workbook.logs import entries, opened, run

BAD = {"Contacten": [instead(CONTACT, "Contacten", "Datum", "31-02-2024"), CONTACT]}
ROUGH = {"as_of": date(2019, 11, 25), "source": "rough"}


def nowhere():
    raise Unavailable


def test_a_dry_run_shows_every_sheet_and_needs_no_log(tmp_path, capsys):
    path = write(tmp_path / "book.xlsx")
    assert command.run(path, as_of=AS_OF, open_handler=nowhere) == 0
    shown = capsys.readouterr().out
    for word in ("Mensen", "Welzijn", "Trajecten: 1 (1 betaald werk", "niets vastgelegd", "Niet v"):
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
    keys = ["sheets", "refused", "trajectories", "entries", "outcome", "trial_placements"]
    assert list(said) == [*keys, "written"]
    assert said["written"] == 0
    for key in ("sheets", "outcome", "trial_placements"):
        assert said[key] == wanted[key]
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
    assert len(entries(handler)) == first["entries"] == first["written"]
    assert run(dsn, path, **options) == 3
    assert json.loads(capsys.readouterr().out) == first | {"written": 0}
    assert len(entries(handler)) == first["entries"]


def test_skipping_without_commit_writes_nothing(tmp_path):
    path = write(tmp_path / "book.xlsx", **BAD)
    assert command.run(path, as_of=AS_OF, skip_bad_rows=True, open_handler=nowhere) == 3


def test_a_good_book_is_written_under_its_file_name(dsn, handler, tmp_path, capsys):
    assert run(dsn, write(tmp_path / "book.xlsx"), commit=True, as_of=AS_OF) == 0
    assert "Nieuw vastgelegd: " in capsys.readouterr().out
    assert {entry.header.origin for entry in entries(handler)} == {"import:book.xlsx"}


@pytest.mark.parametrize("commit", [False, True])
def test_what_the_rules_refuse_is_told_before_anything_is_written(
    dsn, handler, tmp_path, capsys, commit
):
    path = tmp_path / "book.xlsx"
    assert run(dsn, write(path), commit=True, as_of=AS_OF) == 0
    before = handler.log.position()
    refused = instead(CONTACT, "Contacten", "Door", "Els Brouwer")
    write(path, Contacten=[refused], Welzijn=[instead(SCORE, "Welzijn", "Cijfer", 9)])
    capsys.readouterr()
    assert run(dsn, path, commit=commit, as_of=AS_OF, as_json=True, language="en") == 3
    assert handler.log.position() == before
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


def test_a_day_before_any_entry_is_no_day_of_import(tmp_path, capsys):
    path = write(tmp_path / "book.xlsx")
    assert command.run(path, as_of=date(1899, 1, 1), open_handler=nowhere) == 1
    assert "vanaf 1900" in capsys.readouterr().out


def people(*names):
    """Give a book with these people, numbered in this order."""
    return {
        "Mensen": [(f"T-{n}", *name, *PERSON[3:]) for n, name in enumerate(names, 1)],
        "Trajecten": [(f"T-{n}", *TRAJECTORY[1:]) for n, _ in enumerate(names, 1)],
    }


OURS = people(("Sanne", "de Wit"), ("Kees", "Bos"), ("Noor", "Vos"))
THEIRS = people(("Ali", "Kaya"), ("Fien", "Smit"), ("Noor", "Vos"), ("Jip", "Post"))


def test_another_book_under_the_same_name_is_refused_whole(dsn, handler, tmp_path, capsys):
    path = tmp_path / "book.xlsx"
    assert run(dsn, write(path, **OURS), commit=True, as_of=AS_OF) == 0
    before = handler.log.position()
    write(path, **THEIRS)
    capsys.readouterr()
    for options in ({}, {"commit": True, "skip_bad_rows": True}):
        assert run(dsn, path, as_of=AS_OF, **options) == 1
        assert "(3), heten er 2 nu anders" in " ".join(capsys.readouterr().out.split())
    assert handler.log.position() == before
    assert run(dsn, path, as_of=AS_OF, commit=True, source="theirs") == 0
    assert run(dsn, path, as_of=AS_OF, commit=True, source="book.xlsx") == 0


def test_a_book_in_which_some_took_another_name_is_the_same_book(dsn, tmp_path):
    path = tmp_path / "book.xlsx"
    assert run(dsn, write(path, **OURS), commit=True, as_of=AS_OF) == 0
    write(path, **people(("SANNE", "Mulder"), ("Cornelis", "Bos"), ("Fay", "Blom")))
    assert run(dsn, path, commit=True, as_of=AS_OF) == 0


def test_who_stops_an_import_hears_that_it_can_be_run_again(dsn, tmp_path, capsys):
    @contextmanager
    def stopped():
        def stop(_units):
            raise KeyboardInterrupt

        with opened(dsn) as handler:
            handler.log.committer.append_all = stop
            yield handler

    path = write(tmp_path / "book.xlsx")
    with pytest.raises(KeyboardInterrupt):
        command.run(path, commit=True, as_of=AS_OF, open_handler=stopped)
    assert "Draai de import nog een keer" in capsys.readouterr().err
    assert run(dsn, path, commit=True, as_of=AS_OF) == 0
