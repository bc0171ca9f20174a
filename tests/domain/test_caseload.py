"""How many a coach guides, held against the scale (reference 1.3, item 1)."""

from __future__ import annotations

import pytest

from domain.caseload import full_time, told


@pytest.mark.parametrize(
    ("people", "fte", "full"),
    [(20, 1, 20), (10, 0.5, 20), (41, 2, 21), (0, 1, 0), (12, 0.9, 13), (7, 0, None)],
)
def test_it_is_counted_in_full_weeks_and_halves_go_up(
    people: int, fte: float, full: int | None
) -> None:
    assert full_time(people, fte) == full


def test_it_is_said_in_words_from_which_number_it_is_more() -> None:
    at_most, more = told(20, 1), told(21, 1)
    assert at_most is not None
    assert more is not None
    assert at_most.nl == "Omgerekend naar een volle week 20. Dat past."
    assert "meer dan 20" in more.nl
    assert told(20, 0) is None
