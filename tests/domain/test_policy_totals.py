"""Small numbers are somebody: what of them is told to whom sees persons, and to whom does not."""

from __future__ import annotations

from datetime import date

import pytest

from domain.events.base import Category, Grant, GrantKind
from domain.outcomes import many
from domain.policy import Reader, Totals, told_of_team, totals
from domain.roles import Role
from tests.domain.policy_people import CARE, KIM, NOOR, TODAY, YESTERDAY, held, some_id

WHOLE, OUTSIDE = Totals.WHOLE, Totals.WITHOUT_SMALL


@pytest.mark.parametrize(("people", "more"), [(0, True), (1, False), (4, False), (5, True)])
def test_of_one_to_four_people_an_outsider_is_told_nothing_more(people, more):
    assert OUTSIDE.tells_more_of(people) is more
    assert Totals.NONE.tells_more_of(people) is more
    assert WHOLE.tells_more_of(people)


def test_an_outsider_gets_no_part_that_is_a_few_or_leaves_a_few():
    told = {count: OUTSIDE.part(count, 10) for count in (0, 1, 4, 5, 6, 9, 10)}
    assert told == {0: 0, 1: None, 4: None, 5: 5, 6: None, 9: None, 10: 10}
    assert [WHOLE.part(count, 10) for count in (0, 1, 9)] == [0, 1, 9]


def test_an_outsider_gets_no_mean_of_a_few():
    assert [OUTSIDE.of(12.5, known) for known in (0, 1, 4, 5)] == [None, None, None, 12.5]
    assert [WHOLE.of(12.5, known) for known in (0, 1)] == [12.5, 12.5]


def test_an_outsider_gets_no_cell_from_which_a_small_one_follows():
    cells = {"yes": 9, "partly": 6, "no": 2}
    assert OUTSIDE.cells(cells) == {"yes": 9, "partly": None, "no": None}
    assert WHOLE.cells(cells) == cells


def test_what_is_never_told_of_a_few_is_told_of_five():
    assert [many(count) for count in (0, 4, 5)] == [False, False, True]


PROGRAMME = some_id("programme")


def drawn(holder=KIM, until: date | None = None) -> Grant:
    key = f"sample/{PROGRAMME}/{some_id('sample')}"
    return Grant(some_id("track"), key, holder, GrantKind.SAMPLE, Role.AUDITOR, until=until)


@pytest.mark.parametrize(
    ("role", "sample", "expected"),
    [
        (held(Role.AUDITOR), drawn(), OUTSIDE),
        (held(Role.AUDITOR), drawn(until=TODAY), OUTSIDE),
        (held(Role.AUDITOR)._replace(until=TODAY), drawn(), OUTSIDE),
        (held(Role.AUDITOR), drawn(until=YESTERDAY), Totals.NONE),
        (held(Role.AUDITOR), drawn(NOOR), Totals.NONE),
        (held(Role.AUDITOR)._replace(until=YESTERDAY), drawn(), Totals.NONE),
    ],
)
def test_an_auditor_reads_by_an_own_role_and_an_own_sample_until_their_last_day(
    role, sample, expected
):
    auditor = Reader(KIM, Role.AUDITOR)
    assert totals(auditor, PROGRAMME, CARE, [role, sample], TODAY) is expected


# How many signals wait for an answer, for who leads the team (reference 0.1; ADR 0021).

RIA_, NIEK, FLOOR = (some_id(name) for name in ("Ria", "Niek", "Floor"))


def told(guided, *, role=Role.TEAM_LEAD, category=Category.SETBACK, people=None):
    return told_of_team(role, category, sum(guided.values()) if people is None else people, guided)


@pytest.mark.parametrize("role", Role)
def test_given_a_team_then_who_leads_it_is_told_how_many_wait_and_nobody_else_is(role):
    guided = {RIA_: 6, NIEK: 22}
    expected = {None, RIA_, NIEK} if role is Role.TEAM_LEAD else frozenset()
    assert told(guided, role=role) == expected


@pytest.mark.parametrize("category", sorted(set("IKLNOPQR") & {each.value for each in Category}))
def test_given_a_row_of_which_a_lead_has_no_count_then_none_is_told(category):
    assert told({RIA_: 6, NIEK: 22}, category=Category(category)) == frozenset()


@pytest.mark.parametrize(("people", "some"), [(0, False), (1, False), (4, False), (5, True)])
def test_given_a_team_of_a_few_people_then_no_count_is_told(people, some):
    assert bool(told({RIA_: people})) is some
    assert not told({RIA_: 3, NIEK: 3}, people=3), "two coaches guide the same three"


def test_given_a_coach_of_a_few_people_then_theirs_is_not_told_and_does_not_follow_from_the_rest():
    assert told({RIA_: 6, NIEK: 22, FLOOR: 4}) == {None, NIEK}
    assert told({RIA_: 6, FLOOR: 4}) == {None}
    assert told({RIA_: 5, NIEK: 5, FLOOR: 5}) == {None, RIA_, NIEK, FLOOR}


def test_given_a_coach_who_guides_nobody_now_then_nothing_is_told_of_them_apart():
    assert told({RIA_: 6, NIEK: 22, FLOOR: 0}) == {None, RIA_, NIEK}
