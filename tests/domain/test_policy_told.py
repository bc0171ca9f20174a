"""What a role is told besides entries, and who stands around a client in it."""

from __future__ import annotations

import pytest

from domain.events.health import SickNoted
from domain.events.trust import ClientStatementAdded, DissentRecorded
from domain.policy import (
    audits,
    chooses_reader,
    client_among,
    enters,
    guards,
    in_place_of,
    is_asked,
    leads,
    named_around,
    own_word,
    takes_part,
    told_of_sample,
)
from domain.roles import Role
from tests.domain.policy_people import ELS, NOOR, RIA

ALONE = {
    leads: {Role.TEAM_LEAD},
    is_asked: {Role.CLIENT},
    told_of_sample: {Role.CLIENT},
    takes_part: {Role.CLIENT, Role.PEER},
    chooses_reader: {Role.CLIENT, Role.LEGAL_REPRESENTATIVE},
    enters: {Role.CARE_WORKER},
    guards: {Role.PRIVACY_OFFICER},
    audits: {Role.AUDITOR},
}


@pytest.mark.parametrize("asked", ALONE)
def test_what_is_for_some_roles_is_for_no_other(asked):
    assert {each for each in Role if asked(each)} == ALONE[asked]


def test_who_represents_the_client_is_named_to_who_sees_the_permissions():
    assert all(named_around(each, permissions=True) for each in Role)
    hidden = {each for each in Role if not named_around(each, permissions=False)}
    assert hidden == {Role.LEGAL_REPRESENTATIVE}


def test_the_client_is_found_among_those_around():
    around = {RIA: Role.JOB_COACH, NOOR: Role.CLIENT, ELS: Role.NETWORK_MEMBER}
    assert client_among(around) == NOOR
    assert client_among({RIA: Role.JOB_COACH}) is None


@pytest.mark.parametrize("role", Role)
def test_the_place_of_a_coach_can_be_that_of_a_team_lead(role: Role):
    coach = role is Role.JOB_COACH
    assert in_place_of(role) == ((role, Role.TEAM_LEAD) if coach else (role,))


def test_the_clients_own_word_is_their_statement_and_their_dissent():
    assert own_word(ClientStatementAdded.TYPE, {})
    for role in Role:
        assert own_word(DissentRecorded.TYPE, {"by": role.value}) == (role is Role.CLIENT)
    assert not own_word(DissentRecorded.TYPE, {})
    assert not own_word(SickNoted.TYPE, {"by": Role.CLIENT.value})
