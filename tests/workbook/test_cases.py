"""The three books of the shared cases come out exactly as expected."""

from __future__ import annotations

from datetime import date

import pytest

from api.workbook.plan import Plan, make
from api.workbook.reading import read
from tests.workbook.books import CASES, NAMES, expected


def plan(name: str) -> Plan:
    as_of = date.fromisoformat(expected(name)["as_of"])
    return make(read(CASES / f"{name}.xlsx"), name, as_of)


@pytest.mark.parametrize("name", NAMES)
def test_a_case_comes_out_exactly(name):
    wanted, got = expected(name), plan(name)
    said = got.as_json("en")
    assert said["sheets"] == wanted["sheets"]
    assert said["trajectories"] == wanted["trajectories"]
    assert said["outcome"] == wanted["outcome"]
    assert got.trial_placements == wanted["trial_placements"]
    assert [(row["sheet"], row["row"]) for row in said["refused"]] == [
        (row["sheet"], row["row"]) for row in wanted["refused"]
    ]


def test_each_refusal_names_its_column_and_the_same_problem():
    wanted, said = expected("haaren-rough"), plan("haaren-rough").as_json("en")
    columns = [row["column"] for row in said["refused"]]
    assert columns == [
        "Nummer",
        "Datum",
        "Datum",
        "Nummer",
        "Contract",
        "Uren per week",
        "Reden afronding",
        "Cijfer",
    ]
    for mine, theirs in zip(said["refused"], wanted["refused"], strict=True):
        assert mine["problem"].lower().startswith(theirs["problem"])


def test_refusals_are_told_in_dutch_too():
    dutch = [row["problem"] for row in plan("haaren-rough").as_json("nl")["refused"]]
    assert dutch[2] == "Deze datum bestaat niet: '31-02-2019'."
    assert dutch[6].startswith("Deze reden van afronding bestaat niet: 'niet verschenen'. Mogelijk")


def test_the_rough_book_keeps_what_was_meant():
    result = plan("haaren-rough").result
    assert result.people["hr-0006"].given_name == "Guus"
    assert result.placements["hr-0004"][0].hours == 32.5
    reports = [row.report for row in result.contacts["hr-0001"]]
    assert "=1+1 🙂 <b>vet</b> \u202eomgekeerd" in reports
