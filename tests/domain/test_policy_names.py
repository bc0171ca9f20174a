"""By which name people are known, and who is told how to call them."""

from __future__ import annotations

import pytest

from domain.events.base import Category, Kind
from domain.roles import Role
from tests.domain.policy_people import (
    CARE,
    COACH_INSIDE,
    EMPLOYED,
    OLD_JOB,
    YESTERDAY,
    client,
    contact,
    held,
    job,
    network,
    sample,
    sees,
    team,
)

NAMES = {Kind.GIVEN, Kind.FAMILY}
ENDED = job(placement=OLD_JOB, until=YESTERDAY)


@pytest.mark.parametrize("role", Role)
def test_an_employer_whose_job_runs_calls_who_coaches_there_and_nobody_else(role: Role):
    for jobs in (EMPLOYED, (*EMPLOYED, ENDED)):
        assert sees(Role.EMPLOYER, *jobs).may_call(role) == (role is Role.JOB_COACH)
    assert not sees(Role.EMPLOYER, contact(), ENDED).may_call(role)


@pytest.mark.parametrize(
    ("role", "grants"),
    [
        (Role.CLIENT, (client(), *EMPLOYED)),
        (Role.JOB_COACH, (*COACH_INSIDE, *EMPLOYED)),
        (Role.NETWORK_MEMBER, (network(), *EMPLOYED)),
    ],
)
def test_others_are_told_how_to_call_by_what_they_see(role: Role, grants: tuple):
    assert not any(sees(role, *grants).may_call(each) for each in Role)


@pytest.mark.parametrize("role", Role)
def test_a_client_calls_who_of_the_team_answers_and_nobody_else_does(role: Role):
    assert sees(Role.CLIENT, client()).calls(role) == (role in {Role.JOB_COACH, Role.CARE_WORKER})
    assert not sees(Role.NETWORK_MEMBER, network()).calls(role)
    assert sees(Role.EMPLOYER, *EMPLOYED).calls(role) == (role is Role.JOB_COACH)


def test_who_sees_people_by_pseudonym_knows_them_by_name_where_the_matrix_does():
    guard = sees(Role.PRIVACY_OFFICER, held(Role.PRIVACY_OFFICER, CARE), team(Role.JOB_COACH))
    auditor = sees(Role.AUDITOR, sample(), held(Role.AUDITOR))
    assert guard.pseudonymous
    assert auditor.pseudonymous
    for category in Category:
        named = NAMES if category in "CR" else frozenset()
        assert guard.names(Role.JOB_COACH, within=category) == named
        assert auditor.names(Role.JOB_COACH, within=category) == frozenset()


@pytest.mark.parametrize("role", Role)
def test_somebody_close_is_named_once_they_took_the_invitation_up(role: Role):
    coach = sees(Role.JOB_COACH, *COACH_INSIDE)
    guard = sees(Role.PRIVACY_OFFICER, held(Role.PRIVACY_OFFICER, CARE), team(Role.JOB_COACH))
    for found, within in ((coach, None), (guard, Category.PERMISSIONS)):
        named = found.names(role, within)
        hidden = role is Role.NETWORK_MEMBER
        assert found.names(role, within, joined=False) == (frozenset() if hidden else named)
    assert coach.names(Role.NETWORK_MEMBER) == NAMES
