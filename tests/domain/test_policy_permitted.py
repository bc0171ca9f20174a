"""In which roles a permission is read by, as far as is known."""

from __future__ import annotations

from domain.events.permissions import RecipientKind
from domain.policy import read_in
from domain.policy.relation import BY_PERMISSION
from domain.roles import Role
from tests.domain.policy_people import (
    ANK,
    CARE,
    COURIERS,
    ELS,
    RIA,
    TOWN,
    WHO,
    contact,
    held,
    network,
    permission,
    team,
)

PERSON, ORGANISATION = RecipientKind.PERSON, RecipientKind.ORGANISATION
AROUND = (team(Role.JOB_COACH), team(Role.CARE_WORKER), team(Role.JOB_BROKER, TOWN), network())


def test_an_employer_reads_as_an_employer():
    assert read_in(COURIERS, RecipientKind.EMPLOYER, [contact()]) == {Role.EMPLOYER}


def test_an_organisation_reads_as_those_of_the_team_who_work_there():
    rows = (*AROUND, held(Role.CLIENT_MANAGER, CARE))
    assert read_in(CARE, ORGANISATION, rows) == {Role.JOB_COACH, Role.CARE_WORKER}
    assert read_in(TOWN, ORGANISATION, rows) == {Role.JOB_BROKER}


def test_of_an_organisation_without_anybody_on_the_team_those_read_who_need_no_place():
    assert read_in(COURIERS, ORGANISATION, AROUND) == BY_PERMISSION


def test_somebody_reads_in_the_roles_that_they_have():
    rows = (*AROUND, held(Role.CLIENT_MANAGER), held(Role.LABOUR_EXPERT, person=ANK))
    assert read_in(RIA, PERSON, rows) == {Role.JOB_COACH}
    assert read_in(ELS, PERSON, rows) == {Role.NETWORK_MEMBER}
    assert read_in(ANK, PERSON, rows) == {Role.CLIENT_MANAGER, Role.LABOUR_EXPERT}


def test_of_somebody_who_stands_nowhere_nothing_is_known():
    stranger = WHO[Role.PEER_WORKER]
    assert read_in(stranger, PERSON, (*AROUND, permission(stranger, "B"))) == set()
    assert read_in(stranger, None, AROUND) == set()
