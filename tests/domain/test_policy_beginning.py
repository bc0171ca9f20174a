"""Who begins a trajectory, and who looks for a person before: any professional, and the client."""

from __future__ import annotations

import pytest

from domain.events.base import Grant, GrantKind
from domain.events.referral import Channel, Referred
from domain.events.team import NetworkShare
from domain.events.wellbeing import WellbeingScored
from domain.policy import (
    Reader,
    Relation,
    begins,
    may_append,
    may_begin,
    may_record,
    may_search,
    refers,
)
from domain.roles import Role
from tests.domain.policy_people import (
    CARE,
    ELS,
    NOOR,
    RIA,
    TODAY,
    TRACK,
    WHO,
    asking,
    client,
    held,
    joined,
    member,
    network,
    permission,
    shared,
    some_id,
    team,
    tie,
)


def tied(role: Role) -> Relation:
    return Relation(Reader(WHO[role], role), TRACK)


REFER = asking(Referred, creates=True)
ALONE = {
    *(Role.JOB_BROKER, Role.CLIENT_MANAGER, Role.TEAM_LEAD, Role.PEER_WORKER),
    *(Role.BENEFITS_ADVISER, Role.LABOUR_EXPERT),
}
"""Who refers, and records no more in that row."""
REFERS = {Role.JOB_COACH, Role.CARE_WORKER} | ALONE


def test_a_trajectory_begins_by_the_client_or_by_a_professional_who_holds_the_role():
    for role in REFERS:
        assert may_begin(Reader(WHO[role], role), NOOR, [held(role)], TODAY, REFER)
        assert not may_begin(Reader(WHO[role], role), NOOR, [], TODAY, REFER)
        elsewhere = Reader(WHO[role], role, CARE)
        assert not may_begin(elsewhere, NOOR, [held(role)], TODAY, REFER)
    assert may_begin(Reader(NOOR, Role.CLIENT), NOOR, [], TODAY, REFER)


def test_nobody_begins_a_trajectory_as_client_for_somebody_else():
    assert not may_begin(Reader(ELS, Role.CLIENT), NOOR, [client(ELS)], TODAY, REFER)


@pytest.mark.parametrize("role", sorted(set(Role) - REFERS - {Role.CLIENT}))
def test_no_other_role_begins_a_trajectory(role: str):
    reader = Reader(RIA, Role(role))
    assert not begins(Role(role), REFER)
    assert not may_begin(reader, NOOR, [held(Role(role), person=RIA)], TODAY, REFER)
    assert not may_begin(reader, RIA, [held(Role(role), person=RIA)], TODAY, REFER)


@pytest.mark.parametrize("role", sorted(ALONE))
def test_who_only_refers_asks_nothing_of_a_file_that_is_there(role: str):
    """What it would answer could tell how somebody came in, which not all of them read."""
    there = tied(Role(role))
    assert not may_record(there, REFER)
    assert begins(Role(role), REFER)
    came = Referred(occurred_on=TODAY, client=NOOR, channel=Channel.MUNICIPALITY)
    assert may_append(there, [came]), "of the file that they begin"


@pytest.mark.parametrize("role", sorted(ALONE - {Role.TEAM_LEAD}))
def test_who_refers_is_thereby_tied_to_nothing(role: str):
    mine = held(Role(role))
    came = Referred(
        occurred_on=TODAY,
        client=NOOR,
        channel=Channel.UWV,
        received_by=RIA,
        received_role=Role.JOB_COACH,
        organisation=CARE,
    )
    assert tie(Role(role), mine, *came.grants(TRACK)) is None
    assert may_begin(Reader(WHO[Role(role)], Role(role)), NOOR, [mine], TODAY, REFER)


def test_nobody_refers_somebody_whose_team_they_are_not_on():
    for role in ALONE:
        reader, mine = Reader(WHO[role], role), held(role, CARE)
        assert not may_begin(reader, NOOR, [mine, client()], TODAY, REFER)
        read = permission(WHO[role], "ABF")
        assert not may_begin(reader, NOOR, [mine, client(), read], TODAY, REFER)
        on_team = team(role) if role is not Role.TEAM_LEAD else None
        if on_team is not None:
            assert may_begin(reader, NOOR, [mine, client(), on_team], TODAY, REFER)


def test_knowing_the_id_of_somebody_known_in_another_way_begins_nothing():
    reader, mine = Reader(RIA, Role.JOB_COACH), held(Role.JOB_COACH, person=RIA)
    colleague = team(Role.CARE_WORKER)._replace(holder=NOOR)
    for known_as in (client(), joined(NOOR), held(Role.CARE_WORKER, person=NOOR), colleague):
        assert not may_begin(reader, NOOR, [mine, known_as], TODAY, REFER)
    there = member(Role.JOB_COACH)
    assert may_begin(reader, NOOR, [mine, client(), *there], TODAY, REFER)
    assert not may_begin(reader, NOOR, [mine, client(), there[0]], TODAY, REFER), "no more there"
    assert may_begin(Reader(NOOR, Role.CLIENT), NOOR, [client()], TODAY, REFER)


def test_what_others_bring_about_keeps_nobody_from_beginning():
    """Zero exclusion: a group or an appointment that somebody else noted is no other file."""
    reader, mine = Reader(RIA, Role.JOB_COACH), held(Role.JOB_COACH, person=RIA)
    peer = Grant(some_id("group"), f"peer/{NOOR}", NOOR, GrantKind.PEER)
    appointed = team(Role.EK_COORDINATOR)._replace(holder=NOOR)
    shares = shared(NetworkShare.READS_ALONG, NOOR)
    for brought in (peer, appointed, network(NOOR), shares):
        assert may_begin(reader, NOOR, [mine, brought], TODAY, REFER)


def test_only_a_command_that_begins_a_trajectory_begins_one():
    reader = Reader(RIA, Role.JOB_COACH)
    grants = [held(Role.JOB_COACH)]
    assert not may_begin(reader, NOOR, grants, TODAY, asking(Referred))
    assert not may_begin(reader, NOOR, grants, TODAY, asking(WellbeingScored, creates=True))


def test_a_person_is_looked_for_by_who_refers_people():
    for role in Role:
        mine = held(role, CARE, RIA)
        assert may_search(Reader(RIA, role), [mine], TODAY) == (role in REFERS)
        assert refers(role) == (role in REFERS)
        assert not may_search(Reader(RIA, role), [], TODAY)
        assert not may_search(Reader(NOOR, role), [mine], TODAY)
