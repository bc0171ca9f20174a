"""Through whose eyes one may look, and as whom somebody is told of to somebody else."""

from __future__ import annotations

import pytest

from domain.events.base import GrantKind
from domain.policy import (
    basis,
    eyes,
    hears_of_all,
    looked_by_name,
    looked_through,
    speaks_for,
    told_as,
    told_of_lanes,
)
from domain.roles import Role
from tests.domain.policy_people import (
    BAKERY,
    COURIERS,
    KIM,
    RIA,
    TODAY,
    WHO,
    YESTERDAY,
    contact,
    held,
)


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


@pytest.mark.parametrize("role", Role)
def test_of_an_employer_it_is_looked_through_the_eyes_of_who_speaks_for_it(role: Role):
    speaks = WHO[Role.EMPLOYER]
    employer = role is Role.EMPLOYER
    second = contact()._replace(key="contact/~", holder=KIM)
    works = held(Role.JOB_COACH, person=COURIERS)._replace(key="a")
    rows = (second, works, contact(), contact(BAKERY)._replace(key="a", holder=KIM))
    assert looked_through(role, COURIERS, rows, TODAY) == (speaks if employer else COURIERS)
    for nobody in ([works], [contact(until=YESTERDAY)], [contact(BAKERY)]):
        assert looked_through(role, COURIERS, nobody, TODAY) == COURIERS


@pytest.mark.parametrize("role", Role)
def test_in_the_role_of_an_employer_alone_somebody_speaks_for_one(role: Role):
    mine = (contact(), contact(BAKERY), held(Role.JOB_COACH))
    spoken_for = {COURIERS, BAKERY} if role is Role.EMPLOYER else set()
    assert speaks_for(role, mine) == spoken_for


BY_ROLE = {
    Role.CLIENT: GrantKind.CLIENT,
    Role.NETWORK_MEMBER: GrantKind.NETWORK,
    Role.EMPLOYER: GrantKind.EMPLOYER,
    Role.AUDITOR: GrantKind.SAMPLE,
    Role.LEGAL_REPRESENTATIVE: GrantKind.MANDATE,
    Role.PRIVACY_OFFICER: GrantKind.ROLE,
}
BY_PERMISSION = {Role.JOB_BROKER, Role.CLIENT_MANAGER, Role.LABOUR_EXPERT}


@pytest.mark.parametrize("role", Role)
def test_what_gave_the_right_to_look_is_the_kind_of_the_grant(role: Role):
    on_team = {RIA: role}
    assert basis(role, RIA, on_team) is BY_ROLE.get(role, GrantKind.TEAM)
    from_elsewhere = GrantKind.PERMISSION if role in BY_PERMISSION else GrantKind.TEAM
    from_elsewhere = GrantKind.ROLE if role is Role.TEAM_LEAD else from_elsewhere
    assert basis(role, RIA, {}) is BY_ROLE.get(role, from_elsewhere)
    assert basis(role, RIA, on_team, emergency=True) is GrantKind.EMERGENCY


@pytest.mark.parametrize("role", sorted(BY_PERMISSION))
def test_who_stands_there_in_another_role_looks_by_permission(role: Role):
    assert basis(role, RIA, {RIA: Role.CARE_WORKER}) is GrantKind.PERMISSION


def test_who_stands_in_for_a_coach_and_leads_looks_as_of_the_team():
    assert basis(Role.TEAM_LEAD, RIA, {RIA: Role.JOB_COACH}) is GrantKind.TEAM
