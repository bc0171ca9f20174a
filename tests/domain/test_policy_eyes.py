"""Through whose eyes one may look, and as whom somebody is told of to somebody else."""

from __future__ import annotations

import pytest

from domain.events.base import GrantKind
from domain.policy import eyes, hears_of_all, looked_by_name, told_as, told_of_lanes
from domain.roles import Role


def test_a_client_looks_through_everybodys_eyes_but_those_of_who_oversees():
    nobody = {Role.CLIENT, Role.AUDITOR, Role.PRIVACY_OFFICER, Role.PEER, Role.SYSADMIN}
    assert eyes(Role.CLIENT) == set(Role) - nobody


def test_a_coach_looks_through_the_eyes_of_who_is_not_of_the_profession():
    assert eyes(Role.JOB_COACH) == {Role.EMPLOYER, Role.NETWORK_MEMBER}


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.CLIENT, Role.JOB_COACH}))
def test_nobody_else_looks_through_anothers_eyes(role):
    assert eyes(role) == set()


def test_a_client_hears_by_name_of_who_is_around_them():
    named = {GrantKind.TEAM, GrantKind.NETWORK, GrantKind.MANDATE, GrantKind.EMERGENCY}
    assert {each for each in GrantKind if looked_by_name(each.value)} == named


@pytest.mark.parametrize("role", sorted(Role))
def test_an_employer_hears_of_no_other_role_than_those_at_work(role):
    at_work = role in {Role.CLIENT, Role.JOB_COACH, Role.EMPLOYER}
    assert told_as(Role.EMPLOYER, role) is (role if at_work else Role.JOB_COACH)
    assert {told_as(each, role) for each in set(Role) - {Role.EMPLOYER}} == {role}


def test_who_answers_for_every_entry_hears_of_every_entry():
    assert {each for each in Role if hears_of_all(each)} == {Role.CLIENT, Role.PRIVACY_OFFICER}


def test_the_name_of_a_lane_tells_only_those_who_know_of_care_that_there_is_any():
    assert {each for each in Role if told_of_lanes(each)} == {
        *(Role.CLIENT, Role.JOB_COACH, Role.CARE_WORKER),
    }
