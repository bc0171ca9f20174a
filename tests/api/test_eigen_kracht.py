"""Eigen Kracht over HTTP: the coordinator's right ends with the call, an owner has own actions."""

from __future__ import annotations

from uuid import uuid4

import pytest

from domain.roles import Role

QUESTION = "Hoe kom ik van de schulden af?"
POST = "samen de post openen"


@pytest.fixture
def circle(own_region):
    """A coordinator, a plan, and an action of the friend."""
    mo = own_region.somebody("Mo", "Yildiz", Role.EK_COORDINATOR)
    plan, action = uuid4(), uuid4()
    track = own_region.trajectory
    own_region.said(own_region.client, track, "request-eigen-kracht", proposed_by="labour_expert")
    own_region.said(own_region.client, track, "appoint-coordinator", person=mo.person)
    own_region.said(mo, track, "set-sub-question", place=1, question=QUESTION)
    own_region.said(mo, track, "log-conference")
    own_region.said(mo, track, "adopt-plan", plan=plan)
    friend = own_region.friend.person
    own_region.said(mo, track, "add-action", action=action, plan=plan, person=friend, what=POST)
    return own_region, mo, plan, action


def test_the_coordinator_has_no_access_from_the_commit_of_the_call_on(circle):
    region, mo, plan, action = circle
    assert len(region.entries(mo)) == 6
    assert region.say(mo, "log-four-week-call", words="Het loopt").status_code == 201
    for what in ("", "/timeline", "/audit-trail"):
        assert region.see(mo, what).status_code == 404, what
    for command, body in (
        ("log-conference", {}),
        ("finish-action", {"action": action}),
        ("evaluate-plan", {"plan": plan}),
        ("log-four-week-call", {}),
    ):
        assert region.say(mo, command, **body).status_code == 404, command
    told = region.entries(region.client)[0]["sentence"]
    assert told == "De Eigen Kracht-coördinator belde na vier weken en is klaar"


def test_the_next_coordinator_takes_the_right_over(circle):
    region, mo, *_ = circle
    other = region.somebody("Jip", "Smit", Role.EK_COORDINATOR)
    region.said(region.client, region.trajectory, "appoint-coordinator", person=other.person)
    assert region.see(mo, "/timeline").status_code == 404
    assert region.see(other, "/timeline").status_code == 200


def test_nobody_but_the_client_appoints(circle):
    region, mo, *_ = circle
    for who in (region.coach, region.carer, region.friend, mo):
        answer = region.say(who, "appoint-coordinator", person=who.person)
        assert answer.status_code == 403, who.role


def test_the_owner_sees_and_does_the_own_action_and_nothing_else_of_the_plan(circle):
    region, mo, plan, action = circle
    other = uuid4()
    client = region.client.person
    region.said(
        mo, region.trajectory, "add-action", action=other, plan=plan, person=client, what=QUESTION
    )
    seen = [each for each in region.entries(region.friend) if each["category"] == "N"]
    assert [(each["type"], each["text"]) for each in seen] == [
        ("ek.action_added.v1", {"what": POST})
    ]
    assert QUESTION not in region.see(region.friend, "").text
    assert region.say(region.friend, "finish-action", action=other).status_code == 422
    assert region.say(region.friend, "finish-action", action=action).status_code == 201
    assert region.say(region.friend, "drop-action", action=action).status_code == 403
    done = region.entries(region.client)[0]
    assert done["sentence"] == "Naaste heeft een actie gedaan"
    assert region.say(region.friend, "join-network", person=region.friend.person).status_code == 201
    done = region.entries(region.client)[1]
    assert done["sentence"] == "Els Smit heeft een actie gedaan"


def test_a_removed_relative_no_longer_marks_an_action(circle):
    region, _, _, action = circle
    friend = region.friend.person
    region.said(region.client, region.trajectory, "remove-network-member", person=friend)
    assert region.say(region.friend, "finish-action", action=action).status_code == 404


def test_an_auditor_is_told_how_much_is_done_and_nothing_else(circle):
    region, mo, plan, action = circle
    other, hidden = uuid4(), uuid4()
    nothing = region.get(region.auditor, f"trajectories/{uuid4()}/eigen-kracht")
    for each, what in ((other, "de wijkagent bellen"), (hidden, "een brief schrijven")):
        asked = {"action": each, "plan": plan, "person": region.client.person, "what": what}
        region.said(mo, region.trajectory, "add-action", **asked)
    region.said(mo, region.trajectory, "drop-action", action=hidden)
    region.said(mo, region.trajectory, "finish-action", action=action)

    def asked():
        return region.see(region.auditor, "/eigen-kracht")

    unsampled = asked()
    assert (unsampled.status_code, unsampled.content) == (404, nothing.content)
    region.sampled(region.trajectory)
    assert asked().json() == {
        "trajectory": str(region.trajectory),
        "completion": {"done": 1, "of": 3, "percent": 33.3},
    }
    listed = region.entries(region.auditor)
    assert listed
    assert not {each["category"] for each in listed} & {"I", "N", "P"}
    region.said(mo, region.trajectory, "finish-action", action=other)
    assert asked().json()["completion"] == {"done": 2, "of": 3, "percent": 66.7}


def test_what_was_shielded_does_not_count_for_an_auditor(circle):
    region, *_ = circle
    region.sampled(region.trajectory)
    added = next(
        each["id"] for each in region.entries(region.client) if each["type"] == "ek.action_added.v1"
    )
    shielded = region.say(region.client, "shield-entry", entry=added)
    assert shielded.status_code == 201, shielded.text
    told = region.see(region.auditor, "/eigen-kracht").json()["completion"]
    assert told == {"done": 0, "of": 0, "percent": None}
    assert region.see(region.client, "/eigen-kracht").json()["completion"]["of"] == 1


def test_what_was_shielded_is_not_told_by_how_an_action_stands(circle):
    region, _, _, action = circle
    before = region.see(region.friend, "/eigen-kracht").content
    done = region.said(region.client, region.trajectory, "finish-action", action=action)
    (entry,) = done["entries"]
    assert region.see(region.friend, "/eigen-kracht").content != before
    region.said(region.client, region.trajectory, "shield-entry", entry=entry)
    assert region.see(region.friend, "/eigen-kracht").content == before
