"""Names in what people wrote, for who knows them by pseudonym: what is found, and what is not."""

from __future__ import annotations

from uuid import UUID, uuid4

import pytest

from api.reading.nameless import Circle

ANN, ANNE, FIRM, FIRST, SECOND = (uuid4() for _ in range(5))
CALLED = {ANN: "iemand AAA22", ANNE: "cliënt BBB33", FIRM: "werkgever CCC44", None: "iemand"}
CIRCLE = Circle(
    {
        "An": frozenset({ANN}),
        "Anne": frozenset({ANNE}),
        "Anne van Dam": frozenset({ANNE}),
        "van Dam": frozenset({ANNE}),
        "Fietsen & Zo": frozenset({FIRM}),
        "Sam": frozenset({FIRST, SECOND}),
    },
    frozenset({FIRM}),
)


def instead(who: UUID | None) -> str:
    return CALLED[who]


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("Ik sprak Anne van Dam.", "Ik sprak cliënt BBB33."),
        ("Mevrouw van Dam en An", "Mevrouw cliënt BBB33 en iemand AAA22"),
        ("Annes plan, Anne's hond", "Cliënt BBB33’s plan, cliënt BBB33’s hond"),
        ("Zij belde Anne’s zus", "Zij belde cliënt BBB33’s zus"),
        ("Zo! Anne lacht. An ook", "Zo! Cliënt BBB33 lacht. Iemand AAA22 ook"),
        ("Ja\nAnne: nee", "Ja\nCliënt BBB33: nee"),
        ("Bij Fietsen & Zo.", "Bij werkgever CCC44."),
        ("We zagen Sam.", "We zagen iemand."),
        ("Annemiek, Hanne, anne en ANNE", "Annemiek, Hanne, anne en ANNE"),
        ("", ""),
    ],
)
def test_a_name_is_found_as_a_whole_word(written: str, read: str) -> None:
    assert CIRCLE.without(written, "nl", instead) == read


def test_where_nobody_is_known_nothing_changes() -> None:
    assert Circle({}, frozenset()).without("Anne", "nl", instead) == "Anne"
