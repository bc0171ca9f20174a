"""The board of today: whom to contact first, and what one tap notes about either of them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest

from api.web.board import Line, board
from tests.demo.region import DemoRegion

DAY = date(2026, 3, 9)
CLIENT, EMPLOYER, REVIEW = (
    {"on": DAY, "why": why} for why in ("een gesprek", "de werkgever", "een keuze")
)
LATER = {"on": DAY + timedelta(days=2), "why": "later"}


@pytest.mark.parametrize(
    ("case", "client", "employer"),
    [
        ({"next": CLIENT}, True, False),
        ({"next": CLIENT, "next_employer": EMPLOYER}, True, True),
        ({"next_employer": EMPLOYER}, False, True),
        ({"next": LATER, "next_employer": EMPLOYER}, False, True),
        ({"next": CLIENT, "next_employer": LATER}, True, False),
        ({"reviews": [REVIEW], "next_employer": EMPLOYER}, True, True),
    ],
)
def test_a_line_says_whom_it_is_about(case: dict[str, Any], client: bool, employer: bool) -> None:
    (line,) = _today(case)
    assert (line.client, line.employer) == (client, employer)


def test_a_person_goes_before_an_employer() -> None:
    earlier = {"on": DAY - timedelta(days=5), "why": "de werkgever"}
    cases = {"next_employer": earlier}, {"next": CLIENT, "next_employer": earlier}
    assert [each.case for each in _today(*cases)] == [cases[1], cases[0]]


def _today(*cases: dict[str, Any]) -> list[Line]:
    return board({"day": DAY, "cases": cases}).today


def test_no_answer_at_the_employer_is_noted_by_one_button_and_plans_the_next(
    region: DemoRegion,
) -> None:
    ria = region.browser("ria")
    before = _employers(ria)
    file, due = next(iter(before.items()))
    page = ria.get("/vandaag").text
    assert f'action="/traject/{file}/werkgever-geen-gehoor"' in page
    form = {"placement": due["placement"], "back": "/vandaag"}
    size, typed = region.size(), {"key": str(uuid4()), **form}
    for _ in range(2):
        answer = ria.post(
            f"/traject/{file}/werkgever-geen-gehoor", data=typed, follow_redirects=False
        )
        assert answer.status_code == 303
        assert answer.headers["location"].startswith("/vandaag?na=")
    assert region.size() == size + 1
    region.projector.catch_up()
    after = _employers(ria)[file]
    assert "Geen gehoor: nog hoogstens" in after["why"]
    assert date.fromisoformat(after["on"]) == region.services.today() + timedelta(days=3)
    assert after["placement"] == due["placement"]


def _employers(browser) -> dict[str, dict[str, Any]]:
    """Give what was promised to employers, by file, the longest due first."""
    cases = browser.get("/api/v1/caseload").json()["cases"]
    due = [each for each in cases if each.get("next_employer")]
    due.sort(key=lambda each: each["next_employer"]["on"])
    return {each["trajectory"]: each["next_employer"] for each in due}


def test_without_the_work_nothing_is_noted(region: DemoRegion) -> None:
    ria, size = region.browser("ria"), region.size()
    file = next(iter(_employers(ria)))
    answer = ria.post(f"/traject/{file}/werkgever-geen-gehoor", data={"key": str(uuid4())})
    assert answer.status_code == 422
    assert region.size() == size
