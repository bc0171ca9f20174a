"""A colleague stands in for a coach: between two days, on one trajectory or on all at once."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import uuid4

import pytest

from domain.roles import Role
from eventlog.entry import Actor

BEFORE = datetime(2026, 3, 20, 10, tzinfo=UTC)
DURING = datetime(2026, 3, 24, 10, tzinfo=UTC)
AFTER = datetime(2026, 4, 4, 10, tzinfo=UTC)
DAYS = {"starts_on": "2026-03-23", "ends_on": "2026-04-03"}
READS = ("", "/timeline", "/audit-trail", "/support", "/handover", "/trust-decisions")


@pytest.fixture
def at(own_region, monkeypatch):
    """Let it be another moment for everybody."""
    return lambda moment: monkeypatch.setattr(own_region.services.handler, "now", lambda: moment)


def lead(region):
    return region.somebody("Leo", "Last", Role.TEAM_LEAD)


def statuses(region, who):
    return {what: region.see(who, what).status_code for what in READS}


def arranged(region, by=None, who=None, **more):
    return region.say(
        by or region.coach, "arrange-cover", person=(who or region.stranger).person, **DAYS, **more
    )


def test_who_stands_in_reads_and_notes_as_the_coach_and_only_then(own_region, at):
    region, colleague = own_region, own_region.stranger
    answer = arranged(region, words="ik ben op vakantie")
    assert answer.status_code == 201, answer.text
    nothing = region.see(region.somebody("Nie", "Mand", Role.JOB_COACH))
    at(BEFORE)
    hidden = region.see(colleague)
    assert (hidden.status_code, hidden.content) == (404, nothing.content)
    assert region.say(colleague, "log-contact", mode="phone").status_code == 404
    at(DURING)
    assert set(statuses(region, colleague).values()) == {200}
    noted = region.say(colleague, "log-contact", mode="phone", text="ik ben Ton")
    assert noted.status_code == 201, noted.text
    own = [e for e in region.entries(colleague) if e["type"] == "support.contact.v1"]
    of_coach = [e for e in region.entries(region.coach) if e["type"] == "support.contact.v1"]
    assert own == of_coach
    at(AFTER)
    assert set(statuses(region, colleague).values()) == {404}
    assert region.say(colleague, "log-contact", mode="phone").status_code == 404


def test_the_client_reads_it_in_plain_words_also_afterwards(own_region, at):
    region = own_region
    arranged(region)
    for moment in (BEFORE, DURING, AFTER):
        at(moment)
        (told,) = [e for e in region.entries(region.client) if e["type"] == "cover.arranged.v1"]
        assert told["sentence"] == (
            "Ton Vos vervangt Sam de Wit van 23 maart 2026 tot en met 3 april 2026"
        )
    at(DURING)
    region.see(region.stranger, "/timeline")
    looks = region.see(region.client, "/access").json()["days"][0]["looks"]
    assert "Ton Vos" in {each["who"] for each in looks}


def test_today_and_caseload_say_for_whom_one_stands_in(own_region, at):
    region, colleague = own_region, own_region.stranger
    region.said(
        region.coach,
        region.trajectory,
        "log-placement",
        kind="job",
        employer=region.bakery,
        title="broodbakker",
        starts_on="2026-03-02",
        hours_per_week=16,
        contract="fixed",
    )
    arranged(region)
    at(BEFORE)
    assert region.get(colleague, "today").json()["due"] == []
    assert region.get(colleague, "caseload").json()["cases"] == []
    at(DURING)
    (due,) = region.get(colleague, "today").json()["due"]
    (case,) = region.get(colleague, "caseload").json()["cases"]
    for line in (due, case):
        assert line["trajectory"] == str(region.trajectory)
        assert line["name"] == "Noor van den Berg"
        assert line["cover"]["sentence"] == (
            "Je neemt waar voor Sam de Wit, tot en met 3 april 2026."
        )
    assert region.get(region.coach, "today").json()["due"][0]["cover"] is None
    assert region.get(colleague, "me").json()["trajectories"] == [str(region.trajectory)]


def test_a_team_lead_of_the_coach_arranges_it_and_stands_in(own_region, at):
    region, boss = own_region, lead(own_region)
    assert region.say(boss, "log-contact", mode="phone").status_code == 403
    answer = arranged(region, by=boss, who=boss)
    assert answer.status_code == 201, answer.text
    assert region.say(boss, "log-contact", mode="phone").status_code == 403, "not before it begins"
    at(DURING)
    assert set(statuses(region, boss).values()) == {200}
    assert region.say(boss, "log-contact", mode="phone").status_code == 201
    cases = region.get(boss, "caseload").json()["cases"]
    assert len([each for each in cases if each.get("cover")]) == 1


def test_who_is_of_no_team_here_arranges_nothing_and_hears_nothing(own_region):
    region = own_region
    elsewhere = Actor(region.person("Ver", "Weg"), Role.TEAM_LEAD, uuid4())
    missing = region.post(
        region.stranger, f"trajectories/{uuid4()}/arrange-cover", {"person": uuid4(), **DAYS}
    )
    for who in (region.stranger, elsewhere, region.auditor):
        answer = arranged(region, by=who)
        assert (answer.status_code, answer.content) == (404, missing.content)
    for who in (region.carer, region.client, region.friend):
        assert arranged(region, by=who).status_code == 403


def test_it_ends_at_once_when_somebody_ends_it(own_region, at):
    region, colleague, cover = own_region, own_region.stranger, uuid4()
    arranged(region, cover=cover)
    at(DURING)
    assert region.see(colleague).status_code == 200
    assert region.say(region.coach, "end-cover", cover=cover).status_code == 201
    assert region.say(region.coach, "end-cover", cover=cover).status_code == 200
    assert set(statuses(region, colleague).values()) == {404}
    (told,) = [e for e in region.entries(region.client) if e["type"] == "cover.ended.v1"]
    assert told["sentence"].endswith("vervangt Sam de Wit niet meer")
    assert region.say(region.coach, "end-cover", cover=uuid4()).status_code == 422


def test_who_stands_in_does_not_stay_by_their_own_word(own_region, at):
    region, colleague = own_region, own_region.stranger
    arranged(region)
    at(DURING)
    stay = {"person": colleague.person, "role": "job_coach"}
    assert region.say(colleague, "add-team-member", **stay).status_code == 422
    longer = {"person": colleague.person, "coach": region.coach.person, "ends_on": "2026-05-01"}
    assert region.say(colleague, "arrange-cover", **longer).status_code == 422


@pytest.fixture
def caseload(own_region):
    """Three trajectories of this coach, one of them closed."""
    tracks = [own_region.trajectory]
    for number in range(2):
        track = uuid4()
        refer = {"client": own_region.person(f"Cliënt{number}", "Test"), "channel": "self"}
        organisation = str(own_region.world.organisation)
        own_region.said(own_region.coach, track, "refer", organisation=organisation, **refer)
        tracks.append(track)
    own_region.said(own_region.coach, tracks[2], "close-trajectory", reason="client_wish")
    return own_region, tracks


@pytest.mark.parametrize("by", ["coach", "lead"])
def test_a_whole_caseload_is_one_save_with_an_entry_each(caseload, at, by):
    region, tracks = caseload
    who = region.coach if by == "coach" else lead(region)
    body = {"person": region.stranger.person, **DAYS}
    if by == "lead":
        body["coach"] = region.coach.person
    before = region.count()
    answer = region.post(who, "covers", body, {"Idempotency-Key": "vakantie"})
    assert answer.status_code == 201, answer.text
    assert len(answer.json()["entries"]) == 2
    assert region.count() == before + 2
    again = region.post(who, "covers", body, {"Idempotency-Key": "vakantie"})
    assert again.json()["entries"] == answer.json()["entries"]
    assert region.post(who, "covers", body).json()["entries"] == []
    assert region.count() == before + 2
    at(DURING)
    cases = region.get(region.stranger, "caseload").json()["cases"]
    assert {each["trajectory"] for each in cases} == set(map(str, tracks[:2]))


def test_a_team_lead_covers_what_the_coach_left_with_nobody_too(caseload, at):
    region, tracks = caseload
    boss = lead(region)
    gone = region.say(region.coach, "remove-team-member", person=region.coach.person)
    assert gone.status_code == 201, gone.text
    body = {"person": region.stranger.person, "coach": region.coach.person, **DAYS}
    answer = region.post(boss, "covers", body)
    assert answer.status_code == 201, answer.text
    assert len(answer.json()["entries"]) == 2
    assert region.post(boss, "covers", body).json()["entries"] == []
    elsewhere = Actor(region.person("Ver", "Weg"), Role.TEAM_LEAD, uuid4())
    assert region.post(elsewhere, "covers", body).status_code == 422
    at(DURING)
    cases = region.get(region.stranger, "caseload").json()["cases"]
    assert {each["trajectory"] for each in cases} == set(map(str, tracks[:2]))


def test_a_caseload_of_others_and_one_that_is_none_answer_alike(caseload):
    region, _ = caseload
    before = region.count()
    told = [
        region.post(region.stranger, "covers", {"coach": coach, "person": uuid4(), **DAYS})
        for coach in (region.coach.person, uuid4())
    ]
    assert {each.status_code for each in told} == {422}
    assert len({each.content for each in told}) == 1
    for wrong in (
        {"person": region.client.person, **DAYS},
        {"person": uuid4(), **DAYS},
        {"person": region.stranger.person, "ends_on": "2026-03-01"},
        {"person": region.stranger.person},
        {**DAYS},
    ):
        answer = region.post(region.coach, "covers", wrong)
        assert answer.status_code == 422, answer.text
        assert answer.json()["errors"][0]["problem_nl"]
    assert region.http.post("/api/v1/covers", json={}).status_code == 401
    assert region.count() == before
