"""Which roles a page is for, and who takes over a workbook: each asked of every role there is."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from uuid import uuid4

import pytest

from domain.events.base import Grant, GrantKind
from domain.policy import (
    Reader,
    employs,
    is_close,
    keeps_own_file,
    meets_employers,
    no_professional,
    reads_totals,
)
from domain.policy.importing import imports_for
from domain.roles import Role
from tests.domain.policy_people import TODAY, YESTERDAY

ME, HERE, ELSEWHERE = (uuid4() for _ in range(3))
ASKED: list[tuple[Callable[[Role], bool], set[Role]]] = [
    (employs, {Role.EMPLOYER}),
    (is_close, {Role.NETWORK_MEMBER}),
    (no_professional, {Role.CLIENT, Role.NETWORK_MEMBER, Role.LEGAL_REPRESENTATIVE}),
    (reads_totals, {Role.JOB_COACH, Role.TEAM_LEAD, Role.AUDITOR}),
    (keeps_own_file, {Role.JOB_COACH, Role.CARE_WORKER, Role.PEER_WORKER}),
    (
        meets_employers,
        {
            Role.JOB_COACH,
            Role.CARE_WORKER,
            Role.JOB_BROKER,
            Role.CLIENT_MANAGER,
            Role.EK_COORDINATOR,
            Role.BENEFITS_ADVISER,
            Role.LABOUR_EXPERT,
        },
    ),
]


@pytest.mark.parametrize(("asks", "roles"), ASKED, ids=lambda each: getattr(each, "__name__", ""))
def test_a_role_is_told_apart_by_one_question(asks: Callable[[Role], bool], roles: set[Role]):
    assert {role for role in Role if asks(role)} == roles


def holds(role: Role = Role.TEAM_LEAD, until: date | None = None) -> Grant:
    key = f"role/{role.value}"
    return Grant(ME, key, ME, GrantKind.ROLE, role.value, HERE, until=until)


@pytest.mark.parametrize("role", Role)
def test_a_workbook_is_taken_over_by_who_leads_where_they_lead(role: Role):
    taken = imports_for(Reader(ME, role, HERE), [holds(role)], TODAY)
    assert taken == (HERE if role is Role.TEAM_LEAD else None)


@pytest.mark.parametrize(
    ("organisation", "grants"),
    [
        (None, [holds()]),
        (ELSEWHERE, [holds()]),
        (HERE, []),
        (HERE, [holds(until=YESTERDAY)]),
        (HERE, [holds(Role.JOB_COACH)]),
    ],
)
def test_who_does_not_lead_there_today_takes_nothing_over(organisation, grants):
    assert imports_for(Reader(ME, Role.TEAM_LEAD, organisation), grants, TODAY) is None


def test_on_the_last_day_of_a_role_one_still_takes_over():
    assert imports_for(Reader(ME, Role.TEAM_LEAD, HERE), [holds(until=TODAY)], TODAY) == HERE
