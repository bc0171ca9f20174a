"""Outcomes over HTTP: for whom, of which period, and what is never told of a few."""

from __future__ import annotations

from uuid import uuid4

import psycopg
import pytest

from domain.roles import Role
from tests.stories.cohort import Cohort

CAME = "2025-10-01"
SCORES = (("2026-01-05", 4), ("2026-01-19", 5), ("2026-02-02", 6))


@pytest.fixture(scope="module")
def told(region):
    """Six people who asked to watch and said how it was, and one who did neither."""
    region.renew()
    made = Cohort(region, region.coach)
    people = made.begin(7, CAME, "self")
    for number, each in enumerate(people[:6]):
        for day, score in SCORES:
            made.own(day, each, "score-wellbeing", score=score)
        answers = {"heard": "yes", "understood": "yes" if number else "no"}
        made.own("2026-02-02", each, "give-experience", about="trajectory", **answers)
        made.own("2026-02-02", each, "ask-to-watch")
    made.own("2026-01-05", people[6], "score-wellbeing", score=1)
    made.tell()
    return made


def address(cohort):
    return f"programmes/{cohort.programme}/outcomes"


def test_who_has_no_part_in_a_programme_finds_none(told):
    region = told.region
    nothing = region.get(region.coach, f"programmes/{uuid4()}/outcomes")
    manager = region.somebody("Ank", "Smulders", Role.CLIENT_MANAGER)
    lead = region.somebody("Leonie", "Vos", Role.TEAM_LEAD)
    others = (region.client, region.carer, region.friend, region.boss, region.auditor, manager)
    for who in others:
        answer = region.get(who, address(told))
        assert (answer.status_code, answer.content) == (404, nothing.content), who.role
    assert region.get(None, address(told)).status_code == 401
    assert region.get(lead, address(told)).status_code == 200
    organisation = region.get(region.coach, f"programmes/{region.world.organisation}/outcomes")
    assert organisation.status_code == 404, "what is no programme has no outcomes"


@pytest.mark.parametrize(
    ("period", "field"),
    [
        ({"from": "gisteren"}, "from"),
        ({"until": "2026-02-30"}, "until"),
        ({"until": "2026-03-11"}, "until"),
        ({"from": "0001-01-01"}, "from"),
        ({"from": "2026-03-01", "until": "2026-02-01"}, "from"),
    ],
)
def test_a_period_that_cannot_be_gets_a_sentence(told, period, field):
    answer = told.region.get(told.coach, address(told), **period)
    assert answer.status_code == 422
    assert [each["field"] for each in answer.json()["errors"]] == [field]


def test_the_same_answer_is_not_sent_twice(told):
    region = told.region
    tag = region.get(told.coach, address(told)).headers["etag"]
    again = region.get(told.coach, address(told), {"If-None-Match": tag})
    assert again.status_code == 304


def test_of_how_people_are_a_mean_of_many_is_told_and_no_score(told):
    found = told.outcomes(told.coach)["wellbeing"]
    assert (found["people"], found["slope"]) == (6, 1.0)
    assert set(found) == {"note", "people", "slope"}
    early = told.outcomes(told.coach, until="2026-01-31")["wellbeing"]
    assert (early["people"], early["slope"]) == (None, None), "two scores make no line yet"


def test_how_it_was_is_told_in_totals_and_not_of_a_few(told):
    found = {each["question"]: each for each in told.outcomes(told.coach)["experience"]}
    assert found["heard"]["label"] == "gehoord"
    assert (found["heard"]["people"], found["heard"]["answers"]) == (
        6, {"yes": 6, "partly": 0, "no": 0},
    )  # fmt: skip
    assert found["understood"]["answers"] == {"yes": None, "partly": 0, "no": None}
    assert (found["helped"]["people"], found["helped"]["answers"]["yes"]) == (None, None)


def test_whom_it_fell_short_is_looked_at_by_the_own_coach_only(told):
    region = told.region
    before = told.outcomes(region.stranger, until="2026-02-28")["talks"]
    assert (before["months"][-1]["missing"], before["missing"]) == (7, [])
    assert len(told.outcomes(told.coach, until="2026-02-28")["talks"]["missing"]) == 7
    client, track = told.people[0]
    (day,) = region.get(client, f"trajectories/{track}/access").json()["days"]
    coaches = [each["own_team"] for each in day["looks"] if each["role"] == "job_coach"]
    assert coaches == [True], "of who was not told, nothing is written either"
    with psycopg.connect(region.database("samenspoor_owner")) as connection:
        (asked,) = connection.execute(
            "SELECT query FROM log.access WHERE trajectory = %s AND view = 'outcomes'"
            " ORDER BY id DESC LIMIT 1",
            (track,),
        ).fetchone()
    assert asked == {"programme": str(told.programme), "until": "2026-02-28"}


def test_english_is_spoken_too(told):
    found = told.region.get(told.coach, address(told), {"Accept-Language": "en"}).json()
    assert found["participation"]["rungs"][0]["label"] == "paid work"
    assert found["talks"]["note"].startswith("Two talks a month")


def test_a_person_with_two_linked_files_counts_once_and_apart_again_twice(own_region):
    region = own_region
    made = Cohort(region, region.coach)
    first, second = made.begin(2, CAME, "self")
    for each in (first, second):  # told in both files: one job, two talks on one day
        made.work("2026-02-02", each, hours_per_week=16)
        for _ in range(2):
            made.on("2026-02-10", each, "log-contact", mode="phone")
    made.tell()

    def told():
        found = made.outcomes(region.coach, until="2026-02-28")
        month = found["talks"]["months"][-1]
        return found["people"], found["ips"]["job_starts"], (month["promised"], month["held"])

    assert told() == (2, 2, (4, 4))
    path, why = f"trajectories/{first.trajectory}", {"reason": "was twee keer aangemeld"}
    body = {"other": second.trajectory, **why}
    assert region.post(region.coach, f"{path}/link-files", body).status_code == 201
    assert told() == (1, 1, (2, 2))
    assert region.post(region.coach, f"{path}/unlink-files", body).status_code == 201
    assert told() == (2, 2, (4, 4))


def test_of_a_person_with_two_files_a_coach_is_told_the_one_they_see(own_region):
    region = own_region
    made = Cohort(region, region.coach)
    first, second = made.begin(2, CAME, "self")
    made.tell()
    body = {"other": second.trajectory, "reason": "was twee keer aangemeld"}
    linked = region.post(region.coach, f"trajectories/{first.trajectory}/link-files", body)
    assert linked.status_code == 201
    team = {"person": region.stranger.person, "role": "job_coach"}
    team["organisation"] = str(region.world.organisation)
    region.said(region.coach, second.trajectory, "add-team-member", **team)
    for who, theirs in ((region.coach, {first, second}), (region.stranger, {second})):
        found = made.outcomes(who, until="2026-02-28")["talks"]
        assert found["months"][-1]["missing"] == 1
        (line,) = found["missing"]
        assert line["trajectory"] in {str(each.trajectory) for each in theirs}


def test_a_job_with_a_social_firm_as_its_employer_on_paper_waits_for_judgement(own_region):
    region = own_region
    made = Cohort(region, region.coach)
    seconded, agency = made.begin(2, CAME, "self")
    made.work("2026-02-02", seconded, employer_of_record="social_firm")
    made.work("2026-02-02", agency, employer_of_record="agency")
    made.tell()
    found = made.outcomes(region.coach, until="2026-02-28")["ips"]
    assert (found["working"]["people"], found["needs_judgement"]) == (1, 1)
    client, track = seconded
    entries = region.get(client, f"trajectories/{track}/timeline").json()["entries"]
    (job,) = [each for each in entries if each["type"] == "job.started.v1"]
    assert job["fields"]["employer_of_record"] == "social_firm"
    asked = {"placement": str(uuid4()), "kind": "volunteering", "title": "kok"}
    asked |= {"employer": job["fields"]["employer"], "starts_on": "2026-03-02"}
    asked["employer_of_record"] = "agency"
    refused = region.post(region.coach, f"trajectories/{track}/log-placement", asked)
    assert refused.status_code == 422
    assert refused.json()["errors"][0]["field"] == "employer_of_record"
