"""Instruments, taking part, health and issues over HTTP: each reader gets what is theirs to see."""

from __future__ import annotations

from uuid import uuid4

import pytest

OWED = "een brief van de deurwaarder"


@pytest.fixture
def told(own_region):
    """One entry of most topics, by who records it."""
    own_region.sampled(own_region.trajectory)
    job, issue = uuid4(), uuid4()
    said = (
        (
            own_region.coach,
            "log-placement",
            {
                "placement": job,
                "kind": "job",
                "employer": own_region.bakery,
                "title": "bakker",
                "starts_on": "2026-03-02",
                "contract": "fixed",
            },
        ),
        (
            own_region.coach,
            "note-wage-subsidy",
            {"placement": job, "kind": "wage_costs", "starts_on": "2026-03-02"},
        ),
        (own_region.coach, "note-no-risk-cover", {"placement": job, "starts_on": "2026-03-02"}),
        (own_region.coach, "note-sick", {"placement": job}),
        (own_region.client, "start-education", {"kind": "language", "title": "Nederlands"}),
        (own_region.client, "note-own-care", {}),
        (own_region.client, "raise-issue", {"issue": issue, "kind": "debt", "words": OWED}),
        (own_region.client, "give-experience", {"heard": "no"}),
    )
    for who, command, body in said:
        answer = own_region.say(who, command, **body)
        assert answer.status_code == 201, answer.text
    return own_region


def types(region, who):
    return {each["type"]: each for each in region.entries(who)}


def test_the_client_reads_all_of_it(told):
    found = types(told, told.client)
    assert found["wage_subsidy.granted.v1"]["sentence"] == (
        "Toegekend: loonkostensubsidie voor Bakkerij De Gouden Korst, vanaf 2 maart 2026"
    )
    assert found["issue.raised.v1"]["text"] == {"words": OWED}
    assert {"own_care.noted.v1", "sick.noted.v1", "experience.given.v1"} <= found.keys()


def test_the_coach_sees_that_care_comes_first_and_no_answers(told):
    found = types(told, told.coach)
    care = found["own_care.noted.v1"]
    assert care["sentence"] == "Eerst een eigen zorgtraject"
    assert care["fields"].keys() == {"occurred_on"}
    assert "experience.given.v1" not in found
    assert found["sick.noted.v1"]["fields"]["employer"] == str(told.bakery)


def test_the_employer_sees_the_job_and_the_subsidy_and_nothing_about_health(told):
    found = types(told, told.boss)
    assert found.keys() == {"job.started.v1", "wage_subsidy.granted.v1"}
    assert found["wage_subsidy.granted.v1"]["fields"]["kind"] == "wage_costs"


def test_the_auditor_sees_of_an_issue_the_kind(told):
    found = types(told, told.auditor)
    assert found["issue.raised.v1"]["fields"].keys() == {"occurred_on", "kind"}
    assert found["issue.raised.v1"]["text"] == {}
    assert not {"own_care.noted.v1", "sick.noted.v1", "experience.given.v1"} & found.keys()


def test_what_runs_stands_until_it_ends(told):
    def slots(who):
        return {each["type"] for each in told.see(who).json()["standing"]}

    assert {"own_care.noted.v1", "education.started.v1", "issue.raised.v1"} <= slots(told.client)
    assert told.say(told.client, "end-own-care").status_code == 201
    assert "own_care.noted.v1" not in slots(told.client)


def job_of(region, who):
    slots = region.get(who, f"trajectories/{region.trajectory}").json().get("standing", [])
    return next((each for each in slots if each["type"] == "job.started.v1"), None)


def test_a_job_stands_with_its_subsidies_for_who_sees_the_instruments(told):
    given = [
        {"kind": "wage_costs", "label": "loonkostensubsidie"},
        {"kind": "no_risk", "label": "no-riskpolis"},
    ]
    for who in (told.client, told.coach, told.carer):
        subsidies = job_of(told, who)["subsidies"]
        kinds = sorted(({k: each[k] for k in given[0]} for each in subsidies), key=str)
        assert kinds == sorted(given, key=str), who.role
        assert {(each["starts_on"], each["ends_on"]) for each in subsidies} == {
            ("2026-03-02", None)
        }
    for who in (told.boss, told.auditor):
        job = job_of(told, who)
        assert job is not None, who.role
        shown = "subsidies" in job
        assert shown is (who is told.auditor), who.role


def test_a_job_without_any_says_so_and_one_that_ended_keeps_those_of_its_time(told):
    ended = {"placement": job_of(told, told.client)["fields"]["placement"], "reason": "own_choice"}
    assert told.say(told.coach, "end-placement", **ended).status_code == 201
    later = {"kind": "tax_benefit", "starts_on": "2026-04-01"}
    assert told.say(told.coach, "note-wage-subsidy", **later).status_code == 201
    job = job_of(told, told.client)
    assert {each["kind"] for each in job["subsidies"]} == {"wage_costs", "no_risk"}


def test_what_was_said_of_an_attempt_or_of_an_interview_is_told(own_region):
    region, application = own_region, uuid4()
    said = {"mode": "home", "location": "dorpshuis", "minutes": 15, "support_type": "travel"}
    assert region.say(region.coach, "log-contact", worked_out=False, **said).status_code == 201
    apply = {"application": application, "title": "kok"}
    assert region.say(region.client, "log-application", **apply).status_code == 201
    held = {"application": application, "outcome": "not_chosen", "reason": "te veel haast"}
    assert region.say(region.client, "log-interview", **held).status_code == 201
    found = types(region, region.coach)
    assert said.items() <= found["outreach.attempted.v1"]["fields"].items()
    assert found["interview.held.v1"]["fields"]["outcome"] == "not_chosen"
    assert found["interview.held.v1"]["text"] == {"reason": "te veel haast"}
    wrong = region.say(region.client, "log-interview", **{**held, "outcome": "gezakt"})
    assert wrong.status_code == 422


def test_what_may_be_told_is_for_coach_and_client_and_leaves_the_employers_view_as_it_was(told):
    def views():
        what = ("", "/timeline", "/support", "/trust-decisions")
        answers = [told.get(told.boss, f"trajectories/{told.trajectory}{each}") for each in what]
        return [(each.status_code, each.content, each.headers.get("etag")) for each in answers]

    before = views()
    agreed = {"employer": told.bakery, "told_by": "client", "wording": "Ik begin graag rustig."}
    asked = {**agreed, "topics": ["health", "job_coach"]}
    assert told.say(told.client, "agree-disclosure", **asked).status_code == 201
    assert views() == before
    for who in (told.client, told.coach):
        entry = types(told, who)["disclosure.agreed.v1"]
        assert entry["fields"]["topics"] == ["health", "job_coach"]
    assert told.say(told.client, "agree-disclosure", **agreed, topics=["iq"]).status_code == 422
