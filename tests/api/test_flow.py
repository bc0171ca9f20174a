"""The main job over HTTP: a coach notes a placement, and everybody sees what is theirs to see."""

from __future__ import annotations

import json
from uuid import UUID, uuid4

import pytest

SECRET = "Noor slaapt slecht en vertelde over haar medicatie"
TITLE = "broodbakker"


@pytest.fixture
def placement(own_region):
    """A job at the bakery, and words that are nobody's business there."""
    own_region.sampled(own_region.trajectory)
    job = uuid4()
    placed = own_region.say(
        own_region.coach,
        "log-placement",
        placement=job,
        kind="job",
        employer=own_region.bakery,
        title=TITLE,
        starts_on="2026-03-02",
        hours_per_week=16,
        contract="fixed",
    )
    assert placed.status_code == 201, placed.text
    noted = own_region.say(own_region.coach, "log-contact", mode="phone", text=SECRET)
    assert noted.status_code == 201, noted.text
    return own_region, job


def test_the_answer_names_the_entries_and_hides_the_position(placement):
    region, _ = placement
    answer = region.say(region.coach, "log-contact", mode="phone").json()
    assert answer["stream"] == str(region.trajectory)
    assert [UUID(each).version for each in answer["entries"]] == [4]
    assert not answer["position"].isdigit()
    assert set(answer) == {"stream", "entries", "position"}


def test_the_care_worker_sees_the_placement(placement):
    region, job = placement
    found = [each for each in region.entries(region.carer) if each["type"] == "job.started.v1"]
    assert [each["fields"]["placement"] for each in found] == [str(job)]
    assert found[0]["sentence"] == (
        "Begonnen als broodbakker bij Bakkerij De Gouden Korst, 16 uur per week, tijdelijk"
    )
    assert found[0]["by"] == {"name": "Sam de Wit", "role": "job_coach"}
    assert found[0]["lane"] == "work"


def test_the_employer_sees_the_whitelist_and_not_a_byte_more(placement):
    region, job = placement
    for what in ("", "/timeline", "/audit-trail"):
        answer = region.see(region.boss, what)
        assert answer.status_code == 200
        for hidden in (SECRET, "fixed", "tijdelijk", "Öztürk", "Bo ", "care", "H", "Els"):
            said = answer.json()
            assert hidden not in json.dumps(said, ensure_ascii=False).replace("Haren", ""), what
    entries = region.entries(region.boss)
    assert [each["type"] for each in entries] == ["job.started.v1"]
    assert entries[0]["fields"] == {
        "occurred_on": entries[0]["fields"]["occurred_on"],
        "placement": str(job),
        "employer": str(region.bakery),
        "title": TITLE,
        "starts_on": "2026-03-02",
        "hours_per_week": 16.0,
    }
    assert entries[0]["text"] == {}
    assert entries[0]["by"]["role"] == "job_coach"
    assert region.see(region.boss, "/support").status_code == 404


def test_the_auditor_sees_the_trail_without_names(placement):
    region, _ = placement
    answer = region.see(region.auditor, "/audit-trail")
    assert answer.status_code == 200
    people = (region.coach, region.carer, region.client, region.friend)
    for known in ("Sam", "de Wit", "Noor", "Berg", "Bakkerij", *(str(p.person) for p in people)):
        assert known not in answer.text.replace(SECRET, "")
    entries = answer.json()["entries"]
    named = {each["by"]["name"] for each in entries if each["by"]["role"] == "job_coach"}
    assert len(named) == 1
    assert named.pop().startswith("jobcoach ")
    assert {each["envelope"]["event"] for each in entries} == {each["id"] for each in entries}
    assert [each["type"] for each in entries][:2] == ["support.contact.v1", "job.started.v1"]


def test_a_withdrawn_permission_works_with_its_commit(placement):
    region, _ = placement
    permission = uuid4()
    before = region.see(region.friend, "/timeline").json()["entries"]
    assert "support.contact.v1" not in {each["type"] for each in before}
    region.said(
        region.client,
        region.trajectory,
        "grant-permission",
        permission=permission,
        recipient=region.friend.person,
        recipient_kind="person",
        purpose="close_by",
        categories=["F", "H"],
        legal_basis="consent",
    )
    seen = region.entries(region.friend)
    assert {"job.started.v1", "support.contact.v1"} <= {each["type"] for each in seen}
    assert SECRET not in json.dumps(seen)
    granted_at = region.services.now().isoformat()
    # Straight to the log: no read model has heard of the withdrawal yet.
    withdrawn = region.http.post(
        f"/api/v1/trajectories/{region.trajectory}/withdraw-permission",
        json={"permission": str(permission)},
        headers=region.headers(region.client),
    )
    assert withdrawn.status_code == 201
    for what in ("/timeline", "/audit-trail", ""):
        assert "job.started.v1" not in region.see(region.friend, what).text
    travelled = region.see(region.friend, "/timeline", known_at=granted_at)
    assert travelled.status_code == 200
    assert "job.started.v1" not in travelled.text
    assert "job.started.v1" not in region.see(region.friend, known_at=granted_at).text


def test_the_caseload_and_today_follow(placement):
    region, job = placement
    cases = region.get(region.coach, "caseload").json()["cases"]
    assert [each["name"] for each in cases] == ["Noor van den Berg"]
    assert [each["placement"] for each in cases[0]["work"]] == [str(job)]
    assert cases[0]["work"][0]["employer_name"] == "Bakkerij De Gouden Korst"
    assert cases[0]["open_setbacks"] == 0
    support = region.see(region.coach, "/support").json()
    assert support["last_contact_on"] == region.services.today().isoformat()
    assert support["next"]["why"]
    assert region.get(region.coach, "today").status_code == 200
    assert region.get(region.stranger, "caseload").json()["cases"] == []


def test_the_caseload_tells_the_hours_as_they_were_corrected(placement):
    region, job = placement

    def hours(who):
        (case,) = region.get(who, "caseload").json()["cases"]
        return [(each["placement"], each["hours_per_week"]) for each in case["work"]]

    assert hours(region.coach) == [(str(job), 16)]
    (begun,) = (e for e in region.entries(region.coach) if e["type"] == "job.started.v1")
    body = {**begun["fields"], **begun["text"], "hours_per_week": 24}
    said = {"entry": begun["id"], "reason": "typefout", "body": body}
    assert region.say(region.coach, "correct-entry", **said).status_code == 201
    for who in (region.coach, region.carer):
        assert hours(who) == [(str(job), 24)], who.role


def test_the_state_says_what_stands_and_who_is_around(placement):
    region, job = placement
    state = region.see(region.coach).json()
    slots = {each["slot"] for each in state["standing"]}
    assert f"work/{job}" in slots
    assert state["client"] == {"id": str(region.client.person), "name": "Noor van den Berg"}
    assert {each["name"] for each in state["team"]} == {"Sam de Wit", "Bo Öztürk"}
    assert "employed" in {each["stage"] for each in state["stages"]}
    boss = region.see(region.boss).json()
    assert boss["client"] == {"id": None, "name": "Noor van den Berg"}
    assert boss["team"] == []
    assert "stages" not in boss


def test_a_correction_leaves_a_trace_for_the_employer_only_where_it_changed_what_it_sees(placement):
    region, _ = placement
    reads = ("", "/timeline", "/audit-trail")
    before = {what: region.see(region.boss, what) for what in reads}
    (started,) = region.entries(region.boss)
    (whole,) = (e for e in region.entries(region.coach) if e["id"] == started["id"])

    def correct(**fields):
        body = {**whole["fields"], **whole["text"], **fields}
        said = {"entry": started["id"], "reason": "typefout", "body": body}
        assert region.say(region.coach, "correct-entry", **said).status_code == 201

    correct(contract="permanent")
    then = region.services.now().isoformat()
    for what in reads:
        after = region.see(region.boss, what)
        assert after.content == before[what].content
        assert after.headers["etag"] == before[what].headers["etag"]
    assert region.see(region.boss, "/timeline", known_at=then).content == (
        before["/timeline"].content
    )
    assert any(each["corrected_at"] for each in region.entries(region.coach))
    correct(contract="permanent", hours_per_week=20)
    (found,) = region.entries(region.boss)
    assert found["fields"]["hours_per_week"] == 20
    assert found["corrected_at"]
    account = region.see(region.boss, "/audit-trail").json()["entries"]
    assert [each["corrected_by"] for each in account] == [None]


def test_what_is_hidden_cannot_be_corrected_as_what_is_not_there_cannot(placement):
    region, _ = placement
    hidden = {each["id"]: each["type"] for each in region.entries(region.coach)}
    for each in region.entries(region.boss):
        del hidden[each["id"]]
    assert "support.contact.v1" in hidden.values()
    says = {
        region.say(region.boss, "correct-entry", entry=each, reason="x", body={}).content
        for each in (*hidden, str(uuid4()))
    }
    assert len(says) == 1
    assert b"Die notitie staat er niet" in says.pop()


def test_the_directory_answers_each_reader_their_own(placement):
    region, _ = placement
    me = region.get(region.client, "me").json()
    assert me["name"] == "Noor van den Berg"
    assert me["trajectories"] == [str(region.trajectory)]
    assert region.get(region.boss, "me").json()["trajectories"] == [str(region.trajectory)]
    names = [each["name"] for each in region.get(region.coach, "directory/people").json()["people"]]
    assert "Bo Öztürk" in names
    found = region.get(region.coach, "directory/employers", name="bakk").json()["employers"]
    assert str(region.bakery) in [each["employer"] for each in found]
    assert region.get(region.friend, "directory/employers", name="").json()["employers"] == []
    mine = region.get(region.client, f"directory/{region.client.person}")
    assert mine.json()["standing"][0]["fields"]["family_name"] == "van den Berg"
    assert region.get(region.boss, f"directory/{region.client.person}").status_code == 404
