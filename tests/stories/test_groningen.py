"""Groningen: whoever wants to work or learn is in, and three organisations read one timeline."""

from __future__ import annotations

import re
from itertools import product
from uuid import uuid4

import pytest

from domain.events.base import Category
from domain.events.benefit import Benefit
from domain.events.funding import TargetGroup
from domain.events.people import OrganisationKind
from domain.events.referral import Channel, Want
from domain.roles import Role
from domain.rules.people import GiveRole, RegisterOrganisation
from eventlog.entry import Actor

CARE = "volgt behandeling en wil daarnaast werken"
AN_ID_OR_MOMENT = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|\d{4}(-\d\d){2}T[^\"]+")
SMOKE = "moet even wennen aan de drukte"


def organisation(region, name, kind):
    found = uuid4()
    region.world.operator(found, RegisterOrganisation(name=name, kind=kind))
    return found


def colleague(region, given, role, where):
    """Somebody of another organisation, on the team of this trajectory."""
    person = region.person(given, "Dijk")
    region.world.operator(person, GiveRole(role=role, organisation=where))
    member = {"person": person, "role": role, "organisation": where}
    region.said(region.coach, region.trajectory, "add-team-member", **member)
    return Actor(person, role, where)


def come_in(region, channel, want):
    """Begin on the wish alone, with nothing known but who it is; gives the trajectory."""
    track = uuid4()
    client = Actor(region.person(f"Iemand {track}", "Nieuw"), Role.CLIENT)
    region.said(region.coach, track, "refer", client=client.person, channel=channel)
    region.said(client, track, "express-work-wish", wants=[want])
    region.said(region.coach, track, "enter-programme")
    return track, client


def stages(region, who, track):
    return [each["stage"] for each in region.get(who, f"trajectories/{track}").json()["stages"]]


@pytest.mark.parametrize("known", [True, False], ids=["known to care", "unknown to care"])
@pytest.mark.parametrize("benefit", Benefit)
def test_whoever_wants_to_is_in_whatever_they_live_on(region, benefit, known):
    channel = Channel.CARE if known else Channel.SELF
    track, client = come_in(region, channel, Want.EDUCATION if known else Want.PAID)
    if known:
        carer = {"person": region.carer.person, "role": "care_worker"}
        region.said(region.coach, track, "add-team-member", **carer)
        region.said(region.carer, track, "note-own-care")
    region.said(client, track, "note-benefits", benefits=[benefit], words=CARE)
    contact = {"employer": region.bakery, "mode": "on_site", "result": "spoke"}
    region.said(region.coach, track, "log-employer-contact", **contact)
    assert stages(region, region.coach, track) == ["searching"], "on the day they came"
    seen = region.get(region.coach, f"trajectories/{track}/timeline", limit=100).json()
    types = {each["type"] for each in seen["entries"]}
    assert {"wish.expressed.v1", "programme.entered.v1", "benefit.noted.v1"} <= types
    assert ("own_care.noted.v1" in types) is known, "that it comes first, and nothing of why"


def approved(region, track, group):
    """Let a funder approve, for a scheme that is for this group or for nobody in particular."""
    paid = {"trajectory": track, "funder": "uwv", "months": 24}
    paid |= {} if group is None else {"target_group": group}
    answer = region.post(region.coach, f"fundings/{uuid4()}/approve-funding", paid)
    assert answer.status_code == 201, answer.text


def as_of_anybody(region, who, track):
    """Give what stands and what the team promises, but for ids and the time of day."""
    answers = [region.get(who, f"trajectories/{track}{what}") for what in ("", "/support")]
    assert {each.status_code for each in answers} == {200}
    return [AN_ID_OR_MOMENT.sub("#", each.text) for each in answers]


@pytest.mark.parametrize("benefit", Benefit)
def test_diagnosis_and_none_come_in_alike_and_are_promised_the_same(region, benefit):
    """What is kept here of a diagnosis is for whom the scheme is that pays (reference 3.2)."""
    read = []
    for funded, group in ((False, None), (True, None), *((True, each) for each in TargetGroup)):
        track, client = come_in(region, Channel.CARE, Want.PAID)
        region.said(client, track, "note-benefits", benefits=[benefit])
        if funded:
            approved(region, track, group)
        paid = region.get(client, f"trajectories/{track}/fundings").json()["fundings"]
        noted = [each["entries"][0]["fields"].get("target_group") for each in paid]
        assert noted == ([group] if funded else [])
        read.append([as_of_anybody(region, who, track) for who in (region.coach, client)])
    assert "Wij beloofden twee gesprekken per maand" in read[0][0][1]
    assert read == [read[0]] * 4


def test_no_way_in_and_no_wish_is_refused(own_region):
    region = own_region
    tracks = {str(come_in(region, channel, want)[0]) for channel, want in product(Channel, Want)}
    found = region.get(region.coach, "caseload").json()["cases"]
    assert {each["trajectory"] for each in found} == tracks | {str(region.trajectory)}


def test_education_is_a_goal_and_begins_without_a_job(own_region):
    region = own_region
    track, client = come_in(region, Channel.CARE, Want.EDUCATION)
    lesson = {"kind": "mainstream", "title": "mbo techniek", "education": uuid4()}
    region.said(client, track, "start-education", **lesson)
    told = region.get(client, f"trajectories/{track}/timeline").json()["entries"]
    assert told[0]["sentence"] == "Begonnen met een opleiding: mbo techniek"
    assert "Je wilt graag een opleiding" in {each["sentence"] for each in told}
    assert "employed" not in stages(region, client, track)


@pytest.fixture
def table(own_region):
    """A team of three organisations, and two jobs: one at the bakery, one at the couriers."""
    region = own_region
    uwv = organisation(region, "UWV Stad", OrganisationKind.UWV)
    town = organisation(region, "Gemeente Stad", OrganisationKind.MUNICIPALITY)
    broker = colleague(region, "Jo", Role.JOB_BROKER, uwv)
    manager = colleague(region, "Ank", Role.CLIENT_MANAGER, town)
    couriers = Actor(region.person("Teun", "Veen"), Role.EMPLOYER)
    post = region.employer("Fietskoeriers Noord", couriers.person)
    track = region.trajectory
    care = region.world.organisation
    region.said(region.coach, track, "form-team", organisations=[care, uwv, town])
    jobs = {}
    for employer, title in ((region.bakery, "broodbakker"), (post, "koerier")):
        job = {"placement": uuid4(), "kind": "job", "employer": employer, "title": title}
        when = {"starts_on": "2026-03-02", "hours_per_week": 12, "contract": "fixed"}
        region.said(region.coach, track, "log-placement", **job, **when)
        jobs[employer] = job["placement"]
    region.said(region.coach, track, "log-contact", mode="walk", text=SMOKE)
    return region, broker, manager, couriers, jobs


def ids(region, who):
    return [each["id"] for each in region.entries(who)]


def test_three_organisations_read_one_timeline(table):
    region, broker, manager, *_ = table
    formed = {
        each["sentence"]
        for who in (region.client, region.coach, region.carer, manager)
        for each in region.entries(who)
        if each["type"] == "team.formed.v1"
    }
    assert formed == {"Het team is gevormd met GGZ, UWV Stad, Gemeente Stad"}
    whole = ids(region, region.client)
    for who in (region.coach, region.carer, broker, manager):
        seen = ids(region, who)
        assert seen, who.role
        assert seen == [each for each in whole if each in set(seen)], who.role
    assert set(ids(region, region.coach)) == set(whole)
    jobs = {"broodbakker", "koerier"}
    for who in (region.coach, region.carer, broker):
        assert jobs <= {each["fields"].get("title") for each in region.entries(who)}, who.role


def test_what_one_of_them_records_the_others_read_as_far_as_theirs_goes(table):
    region, broker, manager, _, jobs = table
    subsidy = {"kind": "wage_costs", "starts_on": "2026-03-02"}
    job = {"placement": jobs[region.bakery]}
    region.said(manager, region.trajectory, "note-wage-subsidy", **subsidy, **job)
    for who in (region.client, region.coach, region.carer, broker):
        assert "wage_subsidy.granted.v1" in {each["type"] for each in region.entries(who)}
    for who in (broker, manager):
        assert SMOKE not in region.see(who, "/timeline").text, who.role
    assert "job.started.v1" not in {each["type"] for each in region.entries(manager)}
    region.said(
        region.client,
        region.trajectory,
        "grant-permission",
        recipient=manager.organisation,
        recipient_kind="organisation",
        purpose="keep_work",
        categories=[Category.JOB],
        legal_basis="public_task",
    )
    assert "job.started.v1" in {each["type"] for each in region.entries(manager)}
    assert "job.started.v1" in {each["type"] for each in region.entries(broker)}


def test_each_employer_at_the_table_sees_the_own_job_only(table):
    region, _, _, couriers, jobs = table
    for who, other, title in (
        (region.boss, "Fietskoeriers Noord", "broodbakker"),
        (couriers, "Bakkerij De Gouden Korst", "koerier"),
    ):
        (entry,) = region.entries(who)
        assert (entry["type"], entry["fields"]["title"]) == ("job.started.v1", title)
        own = {str(each) for each in jobs.values()} - {entry["fields"]["placement"]}
        for what in ("", "/timeline", "/audit-trail"):
            told = region.see(who, what).text
            for hidden in (*own, other, SMOKE, "GGZ", "UWV", "Gemeente", "behandelaar"):
                assert hidden not in told, (who.person, what, hidden)
        for what in ("/support", "/eigen-kracht"):
            assert region.see(who, what).status_code == 404
