"""A peer group over HTTP: its members record and read it, and it opens nobody's file."""

from __future__ import annotations

from uuid import uuid4

import pytest

from api.reading import people
from domain.events.base import Kind
from domain.roles import Role
from eventlog.entry import Actor


@pytest.fixture
def group(own_region):
    """A group with two members, of whom one is the client."""
    found = uuid4()
    organisation = own_region.coach.organisation
    start = {"name": "Maandaggroep", "organisation": organisation}
    assert do(own_region, own_region.coach, found, "start-peer-group", **start) == 201
    noor = Actor(own_region.client.person, Role.PEER)
    els = Actor(own_region.friend.person, Role.PEER)
    yes = {"person": noor.person, "said_yes_on": "2026-03-02"}
    assert do(own_region, own_region.coach, found, "join-peer-group", **yes) == 201
    assert do(own_region, noor, found, "invite-peer", person=els.person) == 201
    assert do(own_region, els, found, "join-peer-group", person=els.person) == 201
    return own_region, found, noor, els


def do(region, who, group, command, **body):
    status: int = region.post(who, f"peer-groups/{group}/{command}", body).status_code
    return status


def test_members_run_the_group_themselves(group):
    region, found, noor, els = group
    survey = {"person": els.person, "needs": ["solliciteren"], "offers": ["hr-kennis"]}
    assert do(region, noor, found, "survey-needs", **survey) == 201
    assert do(region, noor, found, "survey-needs", **survey) == 200
    training = {
        "person": els.person,
        "topic": "sollicitatiegesprek",
        "came": [noor.person],
    }
    assert do(region, els, found, "log-training", **training) == 201
    came = [noor.person, els.person]
    assert do(region, els, found, "log-session", topic="dagritme", came=came) == 201
    assert do(region, els, found, "log-session", came=[uuid4()]) == 422
    answer = region.get(noor, f"directory/{found}")
    assert answer.json()["kind"] == "peer_group"
    fields = {each["type"]: each["fields"] for each in answer.json()["standing"]}
    assert fields["peer_group.started.v1"]["name"] == "Maandaggroep"
    assert fields["peer.needs_surveyed.v1"]["offers"] == ["hr-kennis"]
    trained = fields["peer.training_given.v1"]
    assert (trained["person"], trained["came"]) == (str(els.person), [str(noor.person)])
    assert fields["peer.session_held.v1"]["came"] == list(map(str, came))
    theirs = region.get(region.coach, f"directory/{found}").json()["standing"]
    assert {each["type"]: each["fields"] for each in theirs} == fields, "a coach there reads it too"
    wrong = {**training, "came": [uuid4()]}
    assert do(region, els, found, "log-training", **wrong) == 422


def test_members_know_each_others_given_name_and_no_file_opens(group):
    region, _, noor, els = group
    answer = region.get(els, f"directory/{noor.person}")
    assert [each["fields"] for each in answer.json()["standing"]] == [{"given_name": "Noor"}]
    for who in (noor, els):
        assert region.see(who).status_code == 404
        assert region.see(who, "/timeline").status_code == 404
    assert region.get(els, "me").json()["trajectories"] == []


def test_to_others_the_group_is_not_there(group):
    region, found, _, els = group
    outsiders = (region.carer, region.auditor, region.boss, region.client, Actor(uuid4(), els.role))
    for who in outsiders:
        assert region.get(who, f"directory/{found}").status_code == 404
        assert do(region, who, found, "invite-peer", person=els.person) == 404
        joined = do(region, who, found, "join-peer-group", person=els.person)
        assert joined == (200 if who is region.client else 404)
    for who in outsiders[:3]:
        assert do(region, who, found, "start-peer-group", name="Maandaggroep") == 404
    assert do(region, region.stranger, found, "log-session") == 201, "of the same organisation"
    assert do(region, els, uuid4(), "log-session") == 404


def test_with_the_check_off_the_wall_keeps_a_group_from_others(group, monkeypatch):
    region, found, noor, _ = group
    survey = {"person": noor.person, "needs": ["solliciteren"], "offers": ["hr-kennis"]}
    assert do(region, noor, found, "survey-needs", **survey) == 201
    region.projector.catch_up()
    monkeypatch.setattr(people, "seen_outside", lambda *_, **__: frozenset(Kind))
    assert "hr-kennis" in region.get(noor, f"directory/{found}").text
    for who in (region.carer, region.auditor, region.boss, Actor(uuid4(), Role.PEER)):
        assert region.get(who, f"directory/{found}").status_code == 404


def test_who_leaves_reads_and_records_no_more_from_that_commit_on(group):
    region, found, noor, els = group
    assert do(region, noor, found, "remove-peer", person=els.person) == 422
    assert do(region, els, found, "remove-peer", person=els.person) == 201
    assert region.get(els, f"directory/{found}").status_code == 404
    assert region.get(els, f"directory/{noor.person}").status_code == 404
    assert do(region, els, found, "log-session") == 404
    assert region.get(noor, f"directory/{found}").status_code == 200


def test_a_client_starts_a_group_and_asks_others(own_region):
    found = uuid4()
    client, els = own_region.client, own_region.friend.person
    assert do(own_region, client, found, "start-peer-group", name="Koffie op dinsdag") == 201
    noor = Actor(client.person, Role.PEER)
    assert do(own_region, noor, found, "invite-peer", person=els) == 201
    survey = {"person": client.person, "needs": ["dagritme"]}
    assert do(own_region, client, found, "survey-needs", **survey) == 201
    assert do(own_region, own_region.coach, found, "log-session") == 404


def test_a_writer_who_did_not_see_the_last_change_is_told(group):
    region, found, noor, els = group
    seen = region.get(noor, f"directory/{found}")
    held = {"If-Match": seen.headers["etag"]}
    path, body = f"peer-groups/{found}/survey-needs", {"person": els.person, "needs": ["netwerken"]}
    written = region.post(noor, path, body, held)
    assert written.status_code == 201
    assert region.post(noor, path, {**body, "needs": ["rust"]}, held).status_code == 412
    on = {"If-Match": written.headers["etag"]}
    assert region.post(noor, path, {**body, "needs": ["rust"]}, on).status_code == 201


def test_nobody_learns_a_name_before_the_person_said_yes(group):
    region, found, noor, _ = group
    ali = region.person("Ali", "Öz")
    stranger = Actor(ali, Role.PEER)
    hidden = region.get(noor, f"directory/{ali}").content
    assert do(region, noor, found, "invite-peer", person=ali) == 201
    assert do(region, noor, found, "join-peer-group", person=ali, said_yes_on="2026-03-02") == 422
    assert region.get(noor, f"directory/{ali}").content == hidden
    assert region.get(stranger, f"directory/{found}").status_code == 404
    asked = [{"peer_group": str(found), "name": "Maandaggroep"}]
    assert region.get(stranger, "me").json()["invitations"] == asked
    assert do(region, stranger, found, "join-peer-group", person=ali) == 201
    assert region.get(stranger, "me").json()["invitations"] == []
    (known,) = region.get(noor, f"directory/{ali}").json()["standing"]
    assert known["fields"] == {"given_name": "Ali"}


def test_a_coach_lets_in_nobody_whom_they_do_not_coach(group):
    region, found, *_ = group
    ali = {"person": region.person("Ali", "Öz"), "said_yes_on": "2026-03-02"}
    assert do(region, region.coach, found, "join-peer-group", **ali) == 404
    assert do(region, region.coach, found, "join-peer-group", **ali | {"person": uuid4()}) == 404
    assert do(region, region.coach, found, "invite-peer", person=ali["person"]) == 201


def test_who_recorded_an_entry_corrects_it_and_the_group_reads_it_so(group):
    region, found, noor, els = group
    met = {"topic": "dagritme", "came": [noor.person]}
    answer = region.post(els, f"peer-groups/{found}/log-session", met)
    (entry,) = answer.json()["entries"]

    def session(who):
        standing = region.get(who, f"directory/{found}").json()["standing"]
        (told,) = [each for each in standing if each["type"] == "peer.session_held.v1"]
        return told

    told = session(els)
    assert told["id"] == entry
    body = {**told["fields"], "topic": "een fijn weekend", "came": [noor.person, els.person]}
    asked = {"entry": entry, "reason": "typefout", "body": body}
    path = f"peer-groups/{found}/correct-group-entry"
    for who in (noor, region.coach, region.client):
        refused = region.post(who, path, asked)
        assert refused.status_code in {403, 422}, who.role
        assert session(noor) == told
    count = region.count()
    hidden = region.post(region.carer, path, asked)
    assert hidden.status_code == 404
    nowhere = f"peer-groups/{uuid4()}/correct-group-entry"
    assert region.post(region.carer, nowhere, asked).content == hidden.content
    tag = region.get(noor, f"directory/{found}").headers["etag"]
    assert region.post(els, path, asked).status_code == 201
    right = session(noor)
    assert right["fields"]["topic"] == "een fijn weekend"
    assert right["fields"]["came"] == [str(noor.person), str(els.person)]
    assert right["id"] == entry
    assert region.get(noor, f"directory/{found}").headers["etag"] != tag
    assert region.post(els, path, asked).status_code == 200, "again adds nothing"
    assert region.count() == count + 1
    for wrong in ({"entry": uuid4()}, {"reason": ""}, {"body": {**body, "came": [uuid4()]}}):
        assert region.post(els, path, {**asked, **wrong}).status_code == 422
