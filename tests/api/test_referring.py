"""Over HTTP: any professional refers, and thereby reads nothing of what follows."""

from __future__ import annotations

from uuid import uuid4

import pytest

from domain.events.referral import Referred
from domain.roles import Role
from domain.rules.people import NOT_GIVEN
from eventlog.entry import Actor

TAKES_IN = {Role.JOB_COACH, Role.CARE_WORKER}
ONLY_REFERS = sorted(Referred.RECORDED_BY - TAKES_IN - {Role.CLIENT})
NEVER = sorted(set(Role) - Referred.RECORDED_BY)


@pytest.fixture
def comer(own_region):
    """Give the region, and somebody who is known nowhere."""
    return own_region, uuid4()


def refer(region, who, client, stream=None, **more):
    body = {"client": str(client), "channel": "municipality", **more}
    return region.post(who, f"trajectories/{stream or uuid4()}/refer", body)


def read(region, who, trajectory, path=""):
    return region.get(who, f"trajectories/{trajectory}{path}")


@pytest.mark.parametrize("role", ONLY_REFERS)
def test_who_refers_registers_and_names_who_takes_in_and_has_a_receipt(comer, role):
    region, client = comer
    who = region.somebody("Ank", "Maas", Role(role))
    names = {"given_name": "Yara", "family_name": "Blom"}
    assert region.post(who, f"directory/{client}/register-person", names).status_code == 201
    trajectory = uuid4()
    to = {"received_by": str(region.coach.person), "organisation": str(region.world.organisation)}
    answer = refer(region, who, client, trajectory, **to)
    assert answer.status_code == 201, answer.text
    assert len(answer.json()["entries"]) == 1
    assert answer.json()["position"]
    assert read(region, region.coach, trajectory).status_code == 200
    assert read(region, Actor(client, Role.CLIENT), trajectory, "/timeline").status_code == 200
    leads = role == Role.TEAM_LEAD  # of their own organisation, as of every coach's file there
    for path in ("", "/timeline"):
        assert read(region, who, trajectory, path).status_code == (200 if leads else 404)
    hidden = read(region, who, uuid4())
    if not leads:
        assert read(region, who, trajectory).content == hidden.content
        again = refer(region, who, client, trajectory)
        other = refer(region, who, client, region.trajectory)
        assert (again.status_code, again.content) == (404, other.content)


@pytest.mark.parametrize("role", ONLY_REFERS)
def test_a_referral_that_nobody_takes_in_is_told_what_is_missing(comer, role):
    region, _ = comer
    who = region.somebody("Ank", "Maas", Role(role))
    answer = refer(region, who, region.person("Yara", "Blom"))
    assert answer.status_code == 422
    (told,) = answer.json()["errors"]
    assert told["field"] == "received_by"
    assert "Noem de jobcoach of behandelaar" in told["problem_nl"]


def test_a_client_names_who_takes_them_in_and_makes_nobody_a_professional(comer):
    region, _ = comer
    person, friend = region.person("Yara", "Blom"), region.person("Bo", "Kok")
    client, trajectory = Actor(person, Role.CLIENT), uuid4()
    to = {"channel": "self", "organisation": str(region.world.organisation)}
    answer = refer(region, client, person, trajectory, received_by=str(friend), **to)
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, "received_by")
    coach = str(region.coach.person)
    answer = refer(region, client, person, trajectory, received_by=coach, **to)
    assert answer.status_code == 201, answer.text
    assert read(region, region.coach, trajectory, "/timeline").status_code == 200
    assert read(region, Actor(friend, Role.JOB_COACH), trajectory).status_code == 404


def test_who_is_known_elsewhere_is_not_told_apart_from_what_is_not_there(comer):
    region, _ = comer
    for role in ONLY_REFERS:
        who = region.somebody("Ank", "Maas", Role(role))
        known = refer(region, who, region.client.person, received_by=str(region.coach.person))
        nothing = read(region, who, uuid4())
        assert (known.status_code, known.content) == (404, nothing.content)


def test_who_is_on_the_team_and_only_refers_asks_nothing_of_this_file(comer):
    region, _ = comer
    for role in (Role.PEER_WORKER, Role.CLIENT_MANAGER):
        who = region.somebody("Ank", "Maas", role)
        added = {"person": who.person, "role": role.value}
        region.said(region.coach, region.trajectory, "add-team-member", **added)
        same = refer(region, who, region.client.person, region.trajectory, channel="self")
        other = refer(region, who, uuid4(), region.trajectory, channel="care")
        assert (same.status_code, other.status_code) == (403, 403)
        assert same.content == other.content
        anew = refer(region, who, region.client.person, received_by=str(region.coach.person))
        assert anew.status_code == 422, "they have a file with them"
        assert anew.json()["errors"][0]["field"] == "client"


@pytest.mark.parametrize("role", NEVER)
def test_who_refers_nobody_is_told_who_does_whatever_is_there(comer, role):
    region, client = comer
    if role in NOT_GIVEN:  # a tie gives it, and none is there
        who = Actor(region.person("Mo", "Visser"), Role(role))
    else:
        who = region.somebody("Mo", "Visser", Role(role))
    answers = [
        refer(region, who, client),
        refer(region, who, region.client.person),
        refer(region, who, client, region.trajectory),
        refer(region, who, region.client.person, region.trajectory),
    ]
    assert {each.status_code for each in answers} == {403}
    assert len({each.content for each in answers}) == 1
    told = answers[0].json()["detail_nl"]
    assert "Vraag het aan wie dat wel doet" in told
    assert "jobcoach" in told
