"""What is seen of people, organisations, employers and programmes."""

from __future__ import annotations

from uuid import UUID

import pytest

from domain.events.base import Grant, GrantKind, Kind, StreamKind
from domain.events.programme import AuditSampleDrawn
from domain.events.quality import FidelityReviewHeld
from domain.policy import Reader, Seen, but_score, seen_outside
from domain.roles import Role
from domain.state.programme import Capacity, Programme
from tests.domain.policy_people import (
    BAKERY,
    BAS,
    CARE,
    COURIERS,
    ELS,
    NOOR,
    RIA,
    TODAY,
    TOWN,
    WHO,
    YESTERDAY,
    client,
    contact,
    held,
    joined,
    member,
    network,
    some_id,
    team,
)

FACT = {Kind.FACT}
NAMED = {Kind.FACT, Kind.GIVEN, Kind.FAMILY}


def person(role: Role, whose: UUID, *grants: Grant) -> Seen:
    return seen_outside(Reader(WHO[role], role), StreamKind.DIRECTORY, whose, grants, TODAY)


def test_oneself_in_full():
    assert Kind.CONTACT in person(Role.CLIENT, NOOR)
    assert Kind.CONTACT in person(Role.JOB_COACH, RIA)


def test_the_team_reads_the_client_by_the_matrix():
    assert Kind.CONTACT in person(Role.JOB_COACH, NOOR, *member(Role.JOB_COACH), client())
    on_team = *member(Role.CLIENT_MANAGER), client()
    assert person(Role.CLIENT_MANAGER, NOOR, *on_team) == NAMED
    assert person(Role.JOB_BROKER, NOOR, *member(Role.JOB_BROKER), client()) == frozenset()


def test_who_no_longer_works_there_reads_of_no_client_though_still_noted_on_the_team():
    for ended in ([], [held(Role.JOB_COACH, TOWN)]):
        assert person(Role.JOB_COACH, NOOR, team(Role.JOB_COACH), *ended, client()) == frozenset()
        around = joined(), client(), team(Role.JOB_COACH), *ended
        assert person(Role.JOB_COACH, ELS, *around) == frozenset()


@pytest.mark.parametrize("role", [Role.JOB_COACH, Role.CARE_WORKER, Role.JOB_BROKER])
def test_a_role_alone_shows_nobodys_name_who_came_for_help(role: Role):
    assert person(role, NOOR, held(role), client()) == frozenset()


def test_a_former_member_of_the_team_reads_no_more():
    former = team(Role.JOB_COACH, until=YESTERDAY)
    assert person(Role.JOB_COACH, NOOR, former, held(Role.JOB_COACH), client()) == frozenset()


def test_client_and_relative_know_the_professionals_around_them_by_name():
    grants = client(), network(), team(Role.JOB_COACH)
    assert person(Role.CLIENT, RIA, *grants) == NAMED
    assert person(Role.NETWORK_MEMBER, RIA, *grants) == NAMED
    assert person(Role.NETWORK_MEMBER, NOOR, *grants) == NAMED
    assert person(Role.NETWORK_MEMBER, some_id("other"), *grants) == frozenset()


def test_a_relative_does_not_see_who_else_was_invited():
    other = joined(some_id("other"))
    assert person(Role.NETWORK_MEMBER, other.holder, network(), other) == frozenset()
    assert person(Role.CLIENT, ELS, client(), network(), joined()) == NAMED


@pytest.mark.parametrize("role", [Role.CLIENT, Role.JOB_COACH, Role.CARE_WORKER])
def test_an_invitation_gives_nobody_a_name_for_an_id(role: Role):
    mine = [client()] if role is Role.CLIENT else member(role)
    assert person(role, ELS, *mine, network()) == frozenset()
    assert person(role, ELS, *mine, network(), joined()) == NAMED


def test_professionals_find_each_other():
    grants = held(Role.JOB_COACH), held(Role.CARE_WORKER)
    assert person(Role.JOB_COACH, BAS, *grants) == NAMED
    assert person(Role.JOB_COACH, BAS, held(Role.CARE_WORKER)) == frozenset()
    assert person(Role.AUDITOR, BAS, held(Role.AUDITOR), *grants) == frozenset()


def test_an_employer_looks_nobody_up():
    grants = contact(), client(), team(Role.JOB_COACH), held(Role.JOB_COACH)
    assert person(Role.EMPLOYER, NOOR, *grants) == frozenset()
    assert person(Role.EMPLOYER, RIA, *grants) == frozenset()


def test_employers_are_known_to_professionals_clients_and_themselves():
    def seen(role: Role, *grants: Grant, stream: UUID = COURIERS) -> Seen:
        return seen_outside(Reader(WHO[role], role), StreamKind.EMPLOYER, stream, grants, TODAY)

    assert seen(Role.JOB_BROKER, held(Role.JOB_BROKER)) == FACT
    assert seen(Role.JOB_BROKER) == frozenset()
    assert seen(Role.CLIENT, client()) == FACT
    assert seen(Role.EMPLOYER, contact()) == FACT
    assert seen(Role.EMPLOYER, contact(), stream=BAKERY) == frozenset()
    assert seen(Role.NETWORK_MEMBER, network()) == frozenset()


def test_programmes_and_organisations_are_for_those_who_hold_a_role():
    coach = Reader(RIA, Role.JOB_COACH)
    role = [held(Role.JOB_COACH)]
    organisation = seen_outside(coach, StreamKind.DIRECTORY, CARE, role, TODAY, organisation=True)
    assert organisation == FACT


def test_a_programme_is_read_at_its_own_organisation():
    programme = some_id("programme")
    its = Grant(programme, "organisation", CARE, GrantKind.PROGRAMME)

    def seen(reader: Reader, *grants: Grant) -> Seen:
        return seen_outside(reader, StreamKind.PROGRAMME, programme, grants, TODAY)

    coach = Reader(RIA, Role.JOB_COACH)
    assert seen(coach, its, held(Role.JOB_COACH, CARE)) == FACT
    assert seen(coach, its, held(Role.JOB_COACH, TOWN)) == frozenset()
    elsewhere = coach._replace(organisation=TOWN)
    both = held(Role.JOB_COACH, CARE), held(Role.JOB_COACH, TOWN)
    assert seen(elsewhere, its, *both) == frozenset()
    assert seen(coach, its) == frozenset()
    assert seen(coach, held(Role.JOB_COACH, CARE)) == frozenset(), "an older one of nobody"
    assert seen(Reader(RIA, Role.JOB_BROKER), its, held(Role.JOB_BROKER, CARE, RIA)) == frozenset()


@pytest.mark.parametrize("role", WHO)
def test_a_trajectory_is_never_seen_this_way(role: Role):
    reader = Reader(WHO[role], role)
    contact_of_none = Grant(COURIERS, "x", WHO[role], GrantKind.CONTACT)
    grants = [held(role), client(some_id("else")), contact_of_none]
    assert seen_outside(reader, StreamKind.TRAJECTORY, NOOR, grants, TODAY) == frozenset()


def test_a_place_on_a_team_counts_in_the_role_of_that_place_alone():
    as_carer = team(Role.CARE_WORKER)._replace(holder=RIA)
    assert person(Role.JOB_COACH, NOOR, as_carer, client()) == frozenset()
    assert person(Role.JOB_COACH, ELS, as_carer, joined()) == frozenset()


def test_a_relative_reads_of_the_team_by_the_invitation_alone():
    assert person(Role.NETWORK_MEMBER, RIA, joined(), team(Role.JOB_COACH)) == frozenset()


def test_colleagues_are_those_who_hold_the_role_of_one():
    mine = held(Role.CARE_WORKER)
    assert person(Role.CARE_WORKER, RIA, mine, team(Role.JOB_COACH)) == frozenset()
    assert person(Role.CARE_WORKER, WHO[Role.AUDITOR], mine, held(Role.AUDITOR)) == frozenset()


def test_who_is_nobodys_client_reads_of_no_employer():
    seen = seen_outside(
        Reader(NOOR, Role.CLIENT), StreamKind.EMPLOYER, COURIERS, [held(Role.CLIENT)], TODAY
    )
    assert seen == frozenset()


def test_only_what_says_where_a_programme_belongs_opens_it():
    programme, other = some_id("programme"), some_id("other programme")
    rows = (
        Grant(programme, "seen", CARE, GrantKind.GROUP),
        Grant(other, "organisation", CARE, GrantKind.PROGRAMME),
        held(Role.JOB_COACH, CARE),
    )
    coach = Reader(RIA, Role.JOB_COACH)
    assert seen_outside(coach, StreamKind.PROGRAMME, programme, rows, TODAY) == frozenset()


def test_a_figure_is_told_of_two_coaches_or_more_and_of_one_never():
    one, two = (Capacity(WHO[Role.JOB_COACH], 1),), (Capacity(BAS, 0.1),)
    fields = {"scale": "IPS-25", "score": 101}
    assert but_score(FidelityReviewHeld, fields, Programme(capacity=one + two)) == fields
    for few in ((), one):
        programme = Programme(capacity=few)
        assert but_score(FidelityReviewHeld, fields, programme) == {"scale": "IPS-25"}
        assert but_score(AuditSampleDrawn, fields, programme) == fields
