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
