"""Rows are refused for their own fault, skipped for another's, and otherwise kept as meant."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from api.workbook.checking import Tally
from tests.workbook.books import (
    CONTACT,
    DAY,
    EMPLOYER,
    PERSON,
    PLACEMENT,
    SCORE,
    TRAJECTORY,
    checked,
    instead,
)

TOMORROW = datetime(2024, 7, 1)  # noqa: DTZ001 - as a workbook has it


def problem(path, sheet, row, column, value):
    """Give the one problem of a book in which one cell is replaced."""
    result = checked(path, **{sheet: [instead(row, sheet, column, value)]})
    (found,) = [each for each in result.problems if each.sheet == sheet]
    assert found.row == 2
    assert found.column == column
    assert found.text.nl != found.text.en
    return found.text


def test_a_good_book_has_no_problems(tmp_path):
    result = checked(tmp_path)
    assert result.problems == []
    assert set(result.tallies.values()) == {Tally(1, 1, 0, 0)}


@pytest.mark.parametrize(
    "said",
    ["2-3-2024", "02/03/2024", "2.3.2024", "2024-03-02", "2024-03-02T00:00:00", 45353, "45353"],
)
def test_a_day_may_be_written_in_many_ways(tmp_path, said):
    result = checked(tmp_path, Contacten=[instead(CONTACT, "Contacten", "Datum", said)])
    assert result.contacts["t-1"][0].on == date(2024, 3, 2)


@pytest.mark.parametrize(
    ("said", "english"),
    [
        ("31-02-2024", "No such date: '31-02-2024'."),
        ("gisteren", "Not a date: 'gisteren'. Write day-month-year, as in 3-4-2019."),
        ("2-3-26", "Not a date: '2-3-26'. Write day-month-year, as in 3-4-2019."),
        (2024, "Not a date: 2024."),
        (float(10**300), "Not a date: 1e+300."),
        ("=TODAY()", "Not a date: '=TODAY()'. Write day-month-year, as in 3-4-2019."),
        ("1-1-1019", "No such date: year 1019."),
        (True, "Not a date: 'ja'. Write day-month-year, as in 3-4-2019."),
        (TOMORROW, "Date in the future: 01-07-2024."),
        ("", "Datum is empty."),
    ],
)
def test_a_wrong_day_is_refused(tmp_path, said, english):
    assert problem(tmp_path, "Contacten", CONTACT, "Datum", said).en == english


@pytest.mark.parametrize("said", [32.5, "32,5", " 32.5 "])
def test_hours_may_have_a_decimal_comma(tmp_path, said):
    result = checked(
        tmp_path, Plaatsingen=[instead(PLACEMENT, "Plaatsingen", "Uren per week", said)]
    )
    assert result.placements["t-1"][0].hours == 32.5


@pytest.mark.parametrize("said", ["veel", "NaN", "1e5", 81, -1, 7.1, True])
def test_wrong_hours_are_refused(tmp_path, said):
    assert problem(tmp_path, "Plaatsingen", PLACEMENT, "Uren per week", said)


@pytest.mark.parametrize("said", [0, 11, 7.5, "zeven", "=5+2", None])
def test_a_wrong_score_is_refused(tmp_path, said):
    assert problem(tmp_path, "Welzijn", SCORE, "Cijfer", said)


@pytest.mark.parametrize("said", ["=1+1", "🙂 <b>vet</b>", "+31 6", "@SUM(A1)", "een\ntwee"])
def test_text_is_text(tmp_path, said):
    result = checked(tmp_path, Contacten=[instead(CONTACT, "Contacten", "Verslag", f"  {said} ")])
    assert result.contacts["t-1"][0].report == said


@pytest.mark.parametrize(
    "said", ["een_x0000_twee", "bel_x0007_", "half_xD83D_", "c1\x9f", "e" * 10_001]
)
def test_text_that_cannot_be_stored_is_refused(tmp_path, said):
    assert problem(tmp_path, "Contacten", CONTACT, "Verslag", said)


def test_a_true_formula_is_kept_as_the_text_it_is(tmp_path):
    result = checked(tmp_path, Contacten=[instead(CONTACT, "Contacten", "Verslag", "=SUM(1,1)")])
    assert result.contacts["t-1"][0].report == "=SUM(1,1)"


def test_numbers_serve_as_text(tmp_path):
    result = checked(
        tmp_path,
        Mensen=[
            instead(instead(PERSON, "Mensen", "Telefoon", 612345678), "Mensen", "Nummer", 17.0)
        ],
        Trajecten=[instead(TRAJECTORY, "Trajecten", "Nummer", "17")],
        Contacten=[],
        Plaatsingen=[],
        Welzijn=[],
    )
    assert result.people["17"].phone == "612345678"
    assert result.problems == []


@pytest.mark.parametrize(
    ("sheet", "row", "column"),
    [
        ("Mensen", PERSON, "Uitkering"),
        ("Trajecten", TRAJECTORY, "Via"),
        ("Trajecten", TRAJECTORY, "Wil"),
        ("Trajecten", TRAJECTORY, "Reden afronding"),
        ("Contacten", CONTACT, "Soort"),
        ("Contacten", CONTACT, "Wijze"),
        ("Contacten", CONTACT, "Met"),
        ("Plaatsingen", PLACEMENT, "Contract"),
        ("Plaatsingen", PLACEMENT, "Reden einde"),
    ],
)
def test_an_unknown_word_is_refused_with_the_words_that_are_possible(tmp_path, sheet, row, column):
    text = problem(tmp_path, sheet, row, column, "iets anders dan dit")
    assert "Mogelijk: " in text.nl
    assert "Possible: " in text.en


def test_words_are_read_without_regard_to_case_and_spaces(tmp_path):
    result = checked(tmp_path, Contacten=[instead(CONTACT, "Contacten", "Soort", " Geen Gehoor ")])
    assert result.contacts["t-1"][0].kind == "no_answer"


def test_several_faults_of_a_row_are_told_together(tmp_path):
    row = instead(instead(SCORE, "Welzijn", "Cijfer", 11), "Welzijn", "Datum", "ooit")
    (found,) = checked(tmp_path, Welzijn=[row]).problems
    assert found.column == "Datum, Cijfer"


@pytest.mark.parametrize("number", ["T-1", " t-1 "])
def test_a_second_person_with_a_number_is_refused_even_when_the_same(tmp_path, number):
    again = instead(PERSON, "Mensen", "Nummer", number)
    result = checked(tmp_path, Mensen=[PERSON, again])
    assert [(each.sheet, each.row) for each in result.problems] == [("Mensen", 3)]
    assert result.tallies["Contacten"] == Tally(1, 1, 0, 0)


def test_a_faulty_second_person_does_not_pull_the_first_along(tmp_path):
    again = instead(PERSON, "Mensen", "Geboortejaar", "onbekend")
    result = checked(tmp_path, Mensen=[PERSON, again])
    assert result.tallies["Mensen"] == Tally(2, 1, 1, 0)
    assert result.tallies["Contacten"] == Tally(1, 1, 0, 0)


def test_rows_of_a_refused_person_are_skipped_unless_faulty_themselves(tmp_path):
    result = checked(
        tmp_path,
        Mensen=[instead(PERSON, "Mensen", "Geboortejaar", 3000)],
        Welzijn=[SCORE, instead(SCORE, "Welzijn", "Cijfer", 11)],
    )
    assert result.tallies["Mensen"] == Tally(1, 0, 1, 0)
    assert result.tallies["Trajecten"] == Tally(1, 0, 0, 1)
    assert result.tallies["Welzijn"] == Tally(2, 0, 1, 1)
    assert result.tallies["Werkgevers"] == Tally(1, 1, 0, 0)


def test_a_person_whose_trajectory_is_refused_is_skipped(tmp_path):
    result = checked(tmp_path, Trajecten=[instead(TRAJECTORY, "Trajecten", "Via", "post")])
    assert result.tallies["Mensen"] == Tally(1, 0, 0, 1)
    assert result.tallies["Contacten"] == Tally(1, 0, 0, 1)
    assert result.people == result.trajectories == {}


def test_a_person_without_a_trajectory_is_refused(tmp_path):
    result = checked(tmp_path, Trajecten=[])
    assert result.tallies["Mensen"] == Tally(1, 0, 1, 0)
    assert result.tallies["Plaatsingen"] == Tally(1, 0, 0, 1)


@pytest.mark.parametrize(
    ("sheet", "row"),
    [("Trajecten", TRAJECTORY), ("Plaatsingen", PLACEMENT), ("Werkgevers", EMPLOYER)],
)
def test_the_same_row_again_adds_nothing(tmp_path, sheet, row):
    result = checked(tmp_path, **{sheet: [row, row]})
    assert result.problems == []
    assert result.tallies[sheet] == Tally(2, 2, 0, 0)
    assert [len(result.employers), len(result.trajectories)] == [1, 1]
    assert len(result.placements["t-1"]) == 1


def test_a_row_that_contradicts_an_earlier_one_is_refused(tmp_path):
    other = instead(PLACEMENT, "Plaatsingen", "Contract", "vast")
    result = checked(tmp_path, Plaatsingen=[PLACEMENT, other])
    assert [each.row for each in result.problems] == [3]


def test_the_same_contact_twice_a_day_is_two_contacts(tmp_path):
    result = checked(tmp_path, Contacten=[CONTACT, CONTACT])
    assert [row.key for row in result.contacts["t-1"]] == [
        ("t-1", "2024-03-02", "talk", "1"),
        ("t-1", "2024-03-02", "talk", "2"),
    ]


@pytest.mark.parametrize(("sheet", "row"), [("Contacten", CONTACT), ("Plaatsingen", PLACEMENT)])
def test_an_employer_must_be_on_its_own_sheet(tmp_path, sheet, row):
    assert "Unknown employer" in problem(tmp_path, sheet, row, "Werkgever", "Elders BV").en


def test_a_contact_with_an_employer_names_it(tmp_path):
    row = instead(CONTACT, "Contacten", "Soort", "werkgever")
    (found,) = checked(tmp_path, Contacten=[row]).problems
    assert found.column == "Werkgever"


@pytest.mark.parametrize(
    ("sheet", "row", "lacking"),
    [
        ("Trajecten", instead(TRAJECTORY, "Trajecten", "Afgerond op", DAY), "Reden afronding"),
        (
            "Trajecten",
            instead(TRAJECTORY, "Trajecten", "Reden afronding", "verhuisd"),
            "Afgerond op",
        ),
        ("Trajecten", instead(TRAJECTORY, "Trajecten", "Wil", None), "Wil"),
        ("Plaatsingen", instead(PLACEMENT, "Plaatsingen", "Reden einde", "ontslag"), "Einde"),
    ],
)
def test_what_belongs_together_comes_together(tmp_path, sheet, row, lacking):
    assert [each.column for each in checked(tmp_path, **{sheet: [row]}).problems] == [lacking]


def test_an_end_before_the_start_is_refused(tmp_path):
    assert problem(tmp_path, "Plaatsingen", PLACEMENT, "Einde", "1-3-2024")


def test_a_closing_before_the_referral_is_refused(tmp_path):
    closed = instead(TRAJECTORY, "Trajecten", "Reden afronding", "verhuisd")
    said = problem(tmp_path, "Trajecten", closed, "Afgerond op", "1-3-2024")
    assert said.en == "The closing is before the referral."
    same_day = instead(closed, "Trajecten", "Afgerond op", DAY)
    assert checked(tmp_path, Trajecten=[same_day]).problems == []


@pytest.mark.parametrize("nothing", ["\u200b", " \ufeff\u200b\n\u200d "])
def test_what_nobody_sees_is_not_filled_in(tmp_path, nothing):
    said = problem(tmp_path, "Mensen", PERSON, "Coach", nothing)
    assert said.nl == "Coach is niet ingevuld."


def test_a_row_with_a_wrong_key_does_not_shift_the_others(tmp_path):
    wrong = instead(CONTACT, "Contacten", "Soort", "iets")
    result = checked(tmp_path, Contacten=[wrong, CONTACT])
    assert [row.key[-1] for row in result.contacts["t-1"]] == ["1"]
    faulty = instead(CONTACT, "Contacten", "Wijze", "iets")
    result = checked(tmp_path, Contacten=[faulty, CONTACT])
    assert [row.key[-1] for row in result.contacts["t-1"]] == ["2"]
