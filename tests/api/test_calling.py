"""Whom an employer calls: the coach of now, with a telephone, and who stands in (reference 0.1)."""

from __future__ import annotations

from uuid import uuid4

import pytest

from domain.roles import Role
from domain.rules.people import GiveRole, RegisterPerson

NUMBER, OTHER = "06 00 00 00 01", "06 00 00 00 02"


@pytest.fixture
def working(own_region):
    """Somebody works at the bakery; their coach can be called."""
    region, job = own_region, uuid4()
    region.said(
        region.coach,
        region.trajectory,
        "log-placement",
        placement=job,
        employer=region.bakery,
        title="broodbakker",
        kind="job",
        contract="fixed",
        starts_on="2026-03-02",
        hours_per_week=16,
    )
    called = {"phone": NUMBER}
    path = f"directory/{region.coach.person}/change-contact-details"
    assert region.post(region.coach, path, called).status_code == 201
    return region, job


def contact(region, who, **params):
    answer = region.see(who, **params)
    assert answer.status_code == 200
    return answer.json().get("contact")


SAM = {"name": "Sam de Wit", "label": "jobcoach", "telephone": NUMBER, "stands_in": False}


def test_an_employer_is_told_whom_to_call_and_nobody_else_is(working):
    region, _ = working
    assert contact(region, region.boss) == [SAM]
    for who in (region.client, region.coach, region.carer, region.friend):
        assert contact(region, who) is None
    said = region.see(region.boss).text
    for hidden in ("Öztürk", "Ton", "Els", "IPS", "GGZ", "behandel", "care", "zorg"):
        assert hidden not in said
    assert region.see(region.boss).json()["team"] == []
    assert region.get(region.boss, f"directory/{region.coach.person}").status_code == 404


def test_a_number_that_changed_or_went_is_the_one_of_now(working):
    region, _ = working
    path = f"directory/{region.coach.person}/change-contact-details"
    assert region.post(region.coach, path, {"phone": OTHER}).status_code == 201
    assert contact(region, region.boss) == [{**SAM, "telephone": OTHER}]
    assert region.post(region.coach, path, {"language": "nl"}).status_code == 201
    assert contact(region, region.boss) == [{**SAM, "telephone": None}]


def test_a_number_stands_in_the_registration_as_well(working):
    region, _ = working
    new, job_coach = uuid4(), Role.JOB_COACH
    region.world.operator(new, RegisterPerson(given_name="An", family_name="Bos", phone=OTHER))
    organisation = region.world.organisation
    region.world.operator(new, GiveRole(role=job_coach, organisation=organisation))
    joined = {"person": new, "role": "job_coach", "organisation": str(organisation)}
    region.said(region.coach, region.trajectory, "add-team-member", **joined)
    told = {each["name"]: each["telephone"] for each in contact(region, region.boss)}
    assert told == {"Sam de Wit": NUMBER, "An Bos": OTHER}


def test_who_stands_in_comes_first(working):
    region, _ = working
    arranged = region.say(
        region.coach,
        "arrange-cover",
        person=region.stranger.person,
        ends_on="2026-03-20",
    )
    assert arranged.status_code == 201, arranged.text
    first, second = contact(region, region.boss)
    assert (first["name"], first["stands_in"]) == ("Ton Vos", True)
    assert second == SAM


def test_after_the_job_nobody_is_told_of(working):
    region, job = working
    ended = {"placement": job, "reason": "other", "occurred_on": "2026-03-09"}
    assert region.say(region.coach, "end-placement", **ended).status_code == 201
    assert contact(region, region.boss) is None
    assert NUMBER not in region.see(region.boss).text


def test_who_looks_through_their_eyes_hears_who_and_no_number(working):
    region, _ = working
    as_them = {"person": str(region.bakery), "role": "employer"}
    seen = region.see(region.client, "/see-as", **as_them)
    assert seen.status_code == 200, seen.text
    assert seen.json()["state"]["contact"] == [{**SAM, "telephone": None}]
    assert NUMBER not in seen.text


def test_an_employer_asks_to_be_called_and_the_client_reads_along(working):
    region, job = working
    asked = {"employer": region.bakery, "placement": job, "words": "over het rooster"}
    assert region.say(region.boss, "ask-call", **asked).status_code == 201

    def told(who):
        found = region.entries(who)
        return next(each for each in found if each["type"] == "employer.asked_call.v1")

    for who in (region.client, region.coach):
        assert told(who)["text"] == {"words": "over het rooster"}
        assert told(who)["sentence"] == "Bakkerij De Gouden Korst vraagt om te bellen"
    assert told(region.boss)["text"] == {}, "what they wrote themselves they do not read here"
    due = region.see(region.coach, "/support").json()["next_employer"]
    assert (due["employer"], due["on"]) == (str(region.bakery), "2026-03-11")
    assert due["why"].startswith("De werkgever vraagt om te bellen")
    assert "rooster" not in region.see(region.friend, "/timeline").text
    for who in (region.coach, region.client, region.carer):
        assert region.say(who, "ask-call", **asked).status_code == 403
    elsewhere = {**asked, "placement": uuid4()}
    assert region.say(region.boss, "ask-call", **elsewhere).status_code == 422
    ended = {"placement": job, "reason": "other", "occurred_on": "2026-03-09"}
    assert region.say(region.coach, "end-placement", **ended).status_code == 201
    assert region.say(region.boss, "ask-call", **asked).status_code == 403


ALONG = "Wat je hier schrijft, leest ook degene over wie het gaat."


def test_beside_the_box_of_an_employer_stands_who_reads_along(working):
    region, job = working
    assert region.see(region.boss).json()["reads_along"] == ALONG
    assert region.see(region.boss, "/setback-help").json()["reads_along"] == ALONG
    worried = region.say(region.boss, "signal-setback", words="hij is zo stil")
    assert worried.json()["help"]["reads_along"] == ALONG
    assert "hij is zo stil" in region.see(region.client, "/timeline").text, "and it is so"
    address = f"trajectories/{region.trajectory}"
    english = region.get(region.boss, address, {"Accept-Language": "en"}).json()
    assert english["reads_along"].endswith("also read by whoever it is about.")
    for who in (region.client, region.coach, region.carer, region.friend):
        assert "reads_along" not in region.see(who).json()
    assert "reads_along" not in region.see(region.client, "/setback-help").json()
    described = region.http.get("/api/v1/openapi.json").json()["paths"]
    label = next(each for path, each in described.items() if path.endswith("/ask-call"))
    assert "reads along" in label["post"]["summary"]
    ended = {"placement": job, "reason": "other", "occurred_on": "2026-03-09"}
    assert region.say(region.coach, "end-placement", **ended).status_code == 201
    assert "reads_along" not in region.see(region.boss).json()


def arrange(region, who):
    return region.see(who).json().get("to_arrange")


def test_an_employer_reads_the_tasks_the_days_and_what_to_arrange_by_when(working):
    region, job = working
    assert arrange(region, region.boss) == []
    trial = uuid4()
    asked = {"placement": trial, "kind": "trial", "employer": region.bakery, "title": "inpakker"}
    agreed = {"tasks": "dozen vouwen en inpakken", "days": "ma en wo, 9-12 uur"}
    begun = {"starts_on": "2026-03-02", "ends_on": "2026-04-30", "approved_by": "uwv"}
    region.said(region.coach, region.trajectory, "log-placement", **asked, **agreed, **begun)
    for who in (region.boss, region.client, region.coach):
        (told,) = [each for each in region.entries(who) if each["type"] == "trial.started.v1"]
        assert agreed.items() <= told["fields"].items()
        assert told["sentence"].endswith(
            ". Taken: dozen vouwen en inpakken. Wanneer: ma en wo, 9-12 uur"
        )
    (line,) = arrange(region, region.boss)
    assert (line["by"], line["placement"]) == ("2026-04-30", str(trial))
    assert line["what"].startswith("Spreek af hoe het na de proefplaatsing verder gaat")

    longer = {"placement": trial, "ends_on": "2026-05-31"}
    region.said(region.coach, region.trajectory, "extend-trial-placement", **longer)
    subsidy = {"placement": job, "kind": "wage_costs", "starts_on": "2026-04-01"}
    region.said(
        region.coach, region.trajectory, "note-wage-subsidy", **subsidy, ends_on="2027-03-31"
    )
    region.said(
        region.coach,
        region.trajectory,
        "note-no-risk-cover",
        placement=job,
        starts_on="2026-04-02",
    )
    told = [(each["by"], each["placement"]) for each in arrange(region, region.boss)]
    expected = [("2026-04-01", str(job)), ("2026-05-31", str(trial)), ("2027-03-31", str(job))]
    assert told == expected, "and of no-risk cover nothing: that is the client's to tell"
    for who in (region.client, region.coach, region.carer, region.friend):
        assert arrange(region, who) is None
    as_them = {"person": str(region.bakery), "role": "employer"}
    preview = region.see(region.client, "/see-as", **as_them).json()["state"]
    assert [each["by"] for each in preview["to_arrange"]] == [by for by, _ in expected]

    ended = {"placement": trial, "result": "ended", "occurred_on": "2026-03-09"}
    assert region.say(region.coach, "end-placement", **ended).status_code == 201
    left = [each["by"] for each in arrange(region, region.boss)]
    assert left == ["2026-04-01", "2027-03-31"], "of a trial that ended nothing is to be arranged"
    assert "inpakken" not in region.see(region.boss, "/timeline").text
