"""Who may record what in streams that are no trajectory: people, employers, programmes."""

from __future__ import annotations

from uuid import UUID

import pytest

from domain.events.base import Event, Grant, GrantKind
from domain.events.employer import (
    EmployerContactPersonAdded,
    EmployerDetailsChanged,
    EmployerRegistered,
)
from domain.events.funding import FundingEnded
from domain.events.people import (
    ContactDetailsChanged,
    PersonRegistered,
    RoleEnded,
    RoleGiven,
)
from domain.events.programme import AuditSampleDrawn, ProgrammeFounded
from domain.events.quality import CoachCapacitySet, TeamMeetingHeld
from domain.events.referral import Referred
from domain.policy import (
    Reader,
    may_append_outside,
    may_record_outside,
)
from domain.roles import Role
from tests.domain.policy_people import (
    BAKERY,
    CARE,
    COURIERS,
    ELS,
    NOOR,
    OTHER_TRACK,
    RIA,
    TODAY,
    TOWN,
    TRACK,
    WHO,
    Ask,
    asking,
    client,
    contact,
    held,
    job,
    member,
    some_id,
    team,
)


def outside(role: Role, command: type[Ask], *grants: Grant, stream: UUID = NOOR) -> bool:
    return may_record_outside(Reader(WHO.get(role, RIA), role), stream, grants, TODAY, command)


PROGRAMME = some_id("programme")
OF_CARE = Grant(PROGRAMME, "organisation", CARE, GrantKind.PROGRAMME)
REGISTER = asking(PersonRegistered, creates=True)
CHANGE = asking(ContactDetailsChanged)


def test_a_person_is_registered_by_who_holds_a_role_that_takes_people_in():
    assert outside(Role.JOB_COACH, REGISTER, held(Role.JOB_COACH))
    assert not outside(Role.JOB_COACH, REGISTER)
    assert not outside(Role.AUDITOR, REGISTER, held(Role.AUDITOR))
    assert not outside(Role.EMPLOYER, REGISTER, contact())


@pytest.mark.parametrize("role", sorted(Referred.RECORDED_BY - {Role.CLIENT}))
def test_who_refers_somebody_registers_them_and_changes_nothing_of_whom_they_do_not_know(role: str):
    mine = held(Role(role))
    assert outside(Role(role), REGISTER, mine)
    assert not outside(Role(role), REGISTER)
    assert not outside(Role(role), CHANGE, mine, client())


def test_details_are_changed_by_oneself_and_the_own_team():
    here = member(Role.JOB_COACH)
    assert outside(Role.JOB_COACH, CHANGE, *here, client())
    assert not outside(Role.JOB_COACH, CHANGE, *here)
    assert not outside(Role.JOB_COACH, CHANGE, held(Role.JOB_COACH), client())
    assert outside(Role.CLIENT, CHANGE, client())
    assert not outside(Role.CLIENT, CHANGE, client(), stream=ELS)


def test_a_client_registers_whom_they_invite_and_where_they_found_work():
    assert outside(Role.CLIENT, REGISTER, client(), stream=ELS)
    assert not outside(Role.CLIENT, REGISTER, stream=ELS)
    register = asking(EmployerRegistered, creates=True)
    assert outside(Role.CLIENT, register, client(), stream=BAKERY)
    assert not outside(Role.CLIENT, asking(EmployerContactPersonAdded), client(), stream=BAKERY)


def test_roles_are_given_by_the_administrator_alone():
    give = asking(RoleGiven)
    admin = Grant(RIA, "role", RIA, GrantKind.ROLE, Role.SYSADMIN.value, CARE)
    assert outside(Role.SYSADMIN, give, admin)
    for role in set(Role) - {Role.SYSADMIN}:
        grants = (held(role, person=WHO.get(role, RIA)), team(Role.JOB_COACH), client())
        assert not outside(role, give, *grants)


def test_an_administrator_gives_themselves_no_role():
    admin = held(Role.SYSADMIN, CARE, person=RIA)
    for event in (RoleGiven, RoleEnded):
        assert outside(Role.SYSADMIN, asking(event), admin, stream=ELS)
        assert not outside(Role.SYSADMIN, asking(event), admin, stream=RIA)


def test_the_administrator_and_the_auditor_draw_no_sample():
    draw = asking(AuditSampleDrawn)
    for role in (Role.SYSADMIN, Role.AUDITOR, Role.JOB_COACH):
        mine = held(role, CARE, WHO.get(role, RIA))
        assert not outside(role, draw, mine, OF_CARE, stream=PROGRAMME)
    lead = held(Role.TEAM_LEAD, CARE)
    assert outside(Role.TEAM_LEAD, draw, lead, OF_CARE, stream=PROGRAMME)


@pytest.mark.parametrize("event", [AuditSampleDrawn, CoachCapacitySet, TeamMeetingHeld])
def test_in_a_programme_records_who_works_for_its_organisation(event: type[Event]):
    def may(*grants: Grant, acts_for: UUID | None = None) -> bool:
        lead = Reader(RIA, Role.TEAM_LEAD, acts_for)
        return may_record_outside(lead, PROGRAMME, grants, TODAY, asking(event))

    here, there = (held(Role.TEAM_LEAD, at, RIA) for at in (CARE, TOWN))
    assert may(OF_CARE, here)
    assert may(OF_CARE, here, there, acts_for=CARE)
    assert not may(OF_CARE, here, there, acts_for=TOWN)
    assert not may(OF_CARE, there)
    assert not may(OF_CARE)
    assert not may(here), "an older one of nobody"


def test_a_programme_is_founded_for_the_own_organisation():
    found = asking(ProgrammeFounded, creates=True)

    def may(role: Role, at: UUID | None, *grants: Grant) -> bool:
        reader = Reader(RIA, role)
        return may_record_outside(reader, PROGRAMME, grants, TODAY, found, organisation=at)

    assert may(Role.TEAM_LEAD, CARE, held(Role.TEAM_LEAD, CARE, RIA))
    assert not may(Role.TEAM_LEAD, CARE, held(Role.TEAM_LEAD, TOWN, RIA))
    assert not may(Role.TEAM_LEAD, None, held(Role.TEAM_LEAD, CARE, RIA))
    assert may(Role.SYSADMIN, CARE, held(Role.SYSADMIN, TOWN, RIA))
    assert not may(Role.SYSADMIN, CARE)


def test_who_speaks_for_an_employer_is_said_by_a_team_with_a_job_there():
    add, mine = asking(EmployerContactPersonAdded), held(Role.JOB_COACH, CARE)
    assert outside(Role.JOB_COACH, add, mine, stream=COURIERS)
    assert not outside(Role.JOB_COACH, add, mine, job(), stream=COURIERS)
    assert outside(Role.JOB_COACH, add, mine, job(), team(Role.JOB_COACH), stream=COURIERS)
    assert not outside(Role.JOB_COACH, add, mine, job(), team(Role.CARE_WORKER), stream=COURIERS)


def test_a_trajectory_is_not_recorded_this_way():
    begin = asking(Referred, creates=True)
    for role in Role:
        assert not outside(role, begin, held(role, CARE, WHO.get(role, RIA)), client())


def test_what_else_is_noted_of_an_employer_asks_no_job_there():
    change = asking(EmployerDetailsChanged)
    assert outside(Role.JOB_COACH, change, held(Role.JOB_COACH), job(), stream=COURIERS)


def test_each_of_the_events_is_one_that_this_role_records():
    known = PersonRegistered(occurred_on=TODAY, given_name="Noor", family_name="Vos")
    given = RoleGiven(occurred_on=TODAY, role=Role.JOB_COACH, organisation=CARE)
    assert may_append_outside(Role.SYSADMIN, [known, given])
    assert may_append_outside(Role.JOB_COACH, [known])
    assert not may_append_outside(Role.JOB_COACH, [known, given])


def test_the_funding_of_another_trajectory_is_not_recorded():
    mine, end = member(Role.JOB_COACH), asking(FundingEnded)
    funding, other = some_id("funding"), some_id("other funding")
    own = Grant(funding, "trajectory", TRACK, GrantKind.FUNDING)
    assert outside(Role.JOB_COACH, end, *mine, own, stream=funding)
    its = own._replace(holder=OTHER_TRACK)
    for row in (
        Grant(other, "trajectory", TRACK, GrantKind.FUNDING),
        Grant(funding, "seen", TRACK, GrantKind.LINK),
    ):
        assert not outside(Role.JOB_COACH, end, *mine, its, row, stream=funding)
