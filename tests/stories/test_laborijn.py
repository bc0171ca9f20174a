"""Laborijn: from control to guidance, two ladders, and a signal that has no consequence."""

from __future__ import annotations

from time import perf_counter
from uuid import uuid4

import pytest

from domain.roles import Role
from domain.rules.programme import DrawSample
from tests.stories.cohort import Cohort, by

CAME, LATER = "2025-04-01", "2025-09-15"
QUARTERS = {"from": "2025-04-01", "until": "2025-12-31"}


@pytest.fixture(scope="module")
def laborijn(region):
    """726 people: 83 off benefit, 150 others with part-time work, and what the rest took up.

    Three are off benefit without a job; two of those with a job also care for somebody.
    """
    region.renew()
    colleagues = [region.somebody("Jo", "Mulder", Role.JOB_COACH) for _ in range(9)]
    told = Cohort(region, region.coach, colleagues=colleagues)
    people = told.begin(726, CAME, "municipality")
    off, part_time, rest = people[:83], people[83:233], people[233:]
    for each in people[:233]:
        told.own(CAME, each, "note-benefits", benefits=["bijstand"])
    for each in off:
        told.own(LATER, each, "end-benefit", benefit="bijstand")
    for each in off[3:]:
        told.work(LATER, each, hours_per_week=36)
    for each in part_time:
        told.work(LATER, each, hours_per_week=20, pay_at_least_minimum=True, open_to_anyone=True)
    take_part(told, rest, part_time[:2])
    told.tell()
    return told


def take_part(told, rest, carers):
    for each in rest[:60]:
        told.work(LATER, each, "volunteering")
    for each in [*rest[50:90], *carers]:
        told.own(LATER, each, "note-informal-care", hours_per_week=8)
    for each in rest[90:110]:
        told.own(LATER, each, "note-own-care")
    for each in rest[110:140]:
        told.own(LATER, each, "start-sport-or-course", kind="sport")
    for each in rest[130:145]:
        told.own(LATER, each, "start-education", kind="language")
    for each in rest[145:148]:
        told.work(LATER, each, "sheltered", hours_per_week=24)


@pytest.fixture(scope="module")
def found(laborijn):
    return laborijn.outcomes(laborijn.coach)


def auditor(cohort):
    region = cohort.region
    found = region.somebody("Kim", "de Rooij", Role.AUDITOR)
    track = cohort.people[0].trajectory
    sample = DrawSample(auditor=found.person, seed=1, trajectories=(track,))
    region.world.operator(cohort.programme, sample)
    return found


def test_off_benefit_and_part_time_are_counted_and_the_rest_is_counted_too(found):
    assert found["people"] == 726
    income = found["income"]
    assert income["off_benefit"] == {"people": 83, "percent": 11.4}
    assert income["part_time"] == {"people": 150, "percent": 20.7}
    assert income["neither"] == {"people": 493, "percent": 67.9}
    assert income["both"]["people"] == 0
    assert "iets anders dan een baan" in income["note"]


def test_off_benefit_is_a_fact_of_its_own_beside_a_job(found):
    assert found["ips"]["working"]["people"] == 230, "three are off benefit and have no job"
    assert found["ips"]["assumed"] == 80


def test_whoever_is_in_both_is_counted_once_in_what_is_left(region):
    told = Cohort(region, region.coach)
    people = told.begin(10, CAME, "municipality")
    for each in people[:4]:
        told.own(CAME, each, "note-benefits", benefits=["ww", "wao"])
        told.own(LATER, each, "end-benefit", benefit="ww")
    for each in people[:3]:
        told.own("2025-09-16", each, "end-benefit", benefit="wao")
    for each in people[2:6]:
        told.work(LATER, each, hours_per_week=16)
    told.own("2025-10-01", people[0], "note-benefits", benefits=["bijstand"])
    told.tell()
    income = told.outcomes(region.coach)["income"]
    counted = {name: income[name]["people"] for name in ("off_benefit", "part_time", "both")}
    assert counted == {"off_benefit": 2, "part_time": 4, "both": 1}, "one has another benefit left"
    assert income["neither"]["people"] == 5, "not 10 - 2 - 4"
    until_then = told.outcomes(region.coach, until="2025-09-30")["income"]
    assert until_then["off_benefit"]["people"] == 3, "one came back to a benefit in October"


def test_the_two_ladders_stand_beside_each_other_and_nobody_adds_them_up(found):
    rungs = {
        name: people for name, (people, _) in by(found["participation"]["rungs"], "rung").items()
    }
    assert rungs == {
        "paid": 230, "sheltered": 3, "volunteering": 60, "informal_care": 42, "education": 0,
        "language": 15, "activity": 30, "own_care": 20, "moved": 0,
    }  # fmt: skip
    assert found["participation"]["several"]["people"] == 10 + 2 + 10
    standing = 230 + 148
    assert found["participation"]["none"]["people"] == 726 - standing
    assert sum(rungs.values()) != standing, "they overlap, and are not given as a sum"
    assert set(found["participation"]) == {"note", "rungs", "several", "none"}, "and no total"


def test_sheltered_work_and_volunteering_are_no_rung_of_ips(found):
    ips = found["ips"]
    assert ips["working"] == {"people": 230, "percent": 31.7}
    assert ips["job_starts"] == 230
    assert ips["hours_per_week"] == round((80 * 36 + 150 * 20) / 230, 1)


def test_so_many_people_are_counted_while_one_waits(laborijn):
    before = perf_counter()
    laborijn.outcomes(laborijn.coach)
    assert perf_counter() - before < 2


def test_an_auditor_reads_totals_of_whole_quarters_and_nothing_of_a_few(laborijn):
    kim = auditor(laborijn)
    told = laborijn.outcomes(kim, **QUARTERS)
    assert told["people"] == 726
    assert told["income"]["off_benefit"] == {"people": 83, "percent": 11.4}
    rungs = by(told["participation"]["rungs"], "rung")
    assert rungs["volunteering"] == (60, 8.3)
    assert rungs["sheltered"] == (None, None), "three people"
    assert rungs["moved"] == (0, 0.0)
    assert told["few"]
    assert told["talks"]["missing"] == [], "persons are not theirs to see"
    for each in laborijn.people:
        assert str(each.trajectory) not in str(told)
    address = f"programmes/{laborijn.programme}/outcomes"
    part = laborijn.region.get(kim, address, until="2025-12-30")
    assert part.status_code == 422
    assert part.json()["detail_nl"].startswith("until: Kies hele kwartalen;")


def test_where_one_small_number_is_left_out_another_goes_with_it(region):
    told = Cohort(region, region.coach)
    people = told.begin(20, CAME, "municipality")
    for each in people[:9]:
        told.work(LATER, each, hours_per_week=16)
    for each in people[9:12]:
        told.work(LATER, each, "volunteering")
    told.tell()
    results = by(told.outcomes(auditor(told), **QUARTERS)["once"]["results"], "result")
    assert {name for name, (people, _) in results.items() if people is None} == {
        "volunteering",
        "still_guided",
    }, "three, and the next smallest: or 20 - 9 - 8 would tell"


def test_of_fewer_than_five_people_an_auditor_hears_nothing(region):
    told = Cohort(region, region.coach)
    told.begin(4, CAME, "municipality")
    told.tell()
    assert set(told.outcomes(auditor(told), **QUARTERS)) == {
        "programme", "name", "since", "until", "people", "few",
    }  # fmt: skip
    assert told.outcomes(region.coach)["participation"]["none"]["people"] == 4


@pytest.fixture
def signalled(own_region):
    """A job, and a client who says that it is not going well."""
    region = own_region
    job = {"placement": uuid4(), "kind": "job", "employer": region.bakery, "title": "bakker"}
    region.said(region.coach, region.trajectory, "log-placement", **job, starts_on="2026-03-02",
                contract="fixed", hours_per_week=16)  # fmt: skip
    region.sampled(region.trajectory)
    return region


def test_a_signal_is_answered_and_changes_nothing_else(signalled):
    region, setback = signalled, uuid4()
    before = region.see(region.client).json()["stages"], region.see(region.boss, "/timeline").json()
    region.said(region.client, region.trajectory, "signal-setback", setback=setback,
                words="ik slaap niet")  # fmt: skip
    (due,) = region.get(region.coach, "today").json()["due"]
    assert "wij beloofden een reactie" in due["next"]["why"], "a task of the team"
    hers = region.see(region.client, "/support").json()
    assert hers["next"] == due["next"], "she reads the same promise, and it is not hers to keep"
    region.said(region.coach, region.trajectory, "answer-setback", setback=setback,
                agreed_help="later beginnen")  # fmt: skip
    after = region.see(region.client).json()["stages"], region.see(region.boss, "/timeline").json()
    assert after == before
    checks = region.see(region.auditor, "/checks").json()["checks"]
    (answered,) = (each for each in checks if each["name"] == "answered")
    assert answered["holds"] is True
    assert len(answered["entries"]) == 2
    assert "ik slaap niet" not in region.see(region.auditor, "/timeline").text


def test_an_auditor_reads_on_which_day_it_was_said_and_on_which_it_was_answered(signalled):
    region, setback = signalled, uuid4()
    late = {"late_reason": "het was druk"}
    region.said(region.client, region.trajectory, "signal-setback", setback=setback,
                words="ik slaap niet", occurred_on="2026-03-05", **late)  # fmt: skip
    region.said(region.coach, region.trajectory, "answer-setback", setback=setback,
                agreed_help="later beginnen", occurred_on="2026-03-09", **late)  # fmt: skip
    days = {
        each["type"]: (each["fields"], each["text"])
        for each in region.entries(region.auditor)
        if each["type"].startswith("setback.")
    }
    assert days == {
        "setback.signalled.v1": ({"occurred_on": "2026-03-05"}, {}),
        "setback.answered.v1": ({"occurred_on": "2026-03-09"}, {}),
    }, "the two days, and of the help nothing"


def test_a_sport_course_and_informal_care_stand_in_the_clients_own_story(own_region):
    region = own_region
    sport = {"kind": "sport", "title": "hardlopen"}
    region.said(region.coach, region.trajectory, "start-sport-or-course", **sport)
    region.said(region.client, region.trajectory, "note-informal-care", hours_per_week=6)
    told = [each["sentence"] for each in region.entries(region.client)]
    assert {"Begonnen met sport: hardlopen", "Je geeft mantelzorg, 6 uur per week"} <= set(told)
    refused = region.say(region.coach, "note-informal-care", hours_per_week=6)
    assert refused.status_code == 403, "whom they care for and whether is theirs to tell"
