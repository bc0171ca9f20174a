"""Haaren: whoever wants to is in, goal and pace are theirs, and two talks a month are a promise."""

from __future__ import annotations

from uuid import uuid4

import pytest

from domain.roles import Role
from eventlog.entry import Actor
from tests.stories.cohort import Cohort, Somebody, by

CAME, STARTED, MOVED = "2025-11-03", "2026-01-12", "2026-03-02"
CHANNELS = ("municipality", "care", "welfare", "walk_in", "self", "network")


@pytest.fixture(scope="module")
def haaren(region):
    """Fifty people: 23 found work, 5 volunteer, 2 moved, 20 go on; 7 of all have language lessons.

    Everybody was spoken to twice in February, but for one.
    """
    region.renew()
    told = Cohort(region, region.coach)
    people = told.begin(50, CAME, *CHANNELS)
    for each in people[:23]:
        told.work(STARTED, each, hours_per_week=24)
    for each in people[23:28]:
        told.work(STARTED, each, "volunteering", hours_per_week=4)
    for each in people[28:30]:
        told.on(MOVED, each, "note-move")
    for each in people[20:27]:
        told.own(STARTED, each, "start-education", kind="language")
    for each in people:
        for day in ("2026-02-03", "2026-02-17")[: 1 if each is people[40] else 2]:
            told.on(day, each, "log-contact", mode="walk")
    told.tell()
    return told


@pytest.fixture
def lead(region):
    return region.somebody("Leonie", "Vos", Role.TEAM_LEAD)


def test_fifty_people_and_what_came_of_it_each_counted_once(haaren):
    found = haaren.outcomes(haaren.coach)
    assert found["people"] == 50
    assert by(found["once"]["results"], "result") == {
        "paid_work": (23, 46.0),
        "volunteering": (5, 10.0),
        "moved": (2, 4.0),
        "still_guided": (20, 40.0),
        "door_open": (0, 0.0),
        "closed": (0, 0.0),
    }
    assert found["once"]["results"][0]["label"] == "naar betaald werk"


def test_language_lessons_are_counted_as_also_never_as_a_fifth_slice(haaren):
    found = haaren.outcomes(haaren.coach)["participation"]
    rungs = by(found["rungs"], "rung")
    assert (rungs["language"], rungs["paid"], rungs["volunteering"]) == (
        (7, 14.0), (23, 46.0), (5, 10.0),
    )  # fmt: skip
    assert found["several"]["people"] == 7, "each beside work or volunteering"
    assert found["none"]["people"] == 20
    assert "Tel deze getallen niet bij elkaar op" in found["note"]


def test_for_ips_a_paid_job_counts_and_volunteering_does_not(haaren):
    found = haaren.outcomes(haaren.coach)["ips"]
    assert found["working"] == {"people": 23, "percent": 46.0}
    assert found["assumed"] == 23, "nobody told whether the jobs were open to anyone"
    assert found["days_to_first_job"] == {"median": 70, "without": 27}


def test_fifty_times_two_talks_are_promised_and_the_one_missing_is_found(haaren):
    talks = haaren.outcomes(haaren.coach, until="2026-02-28")["talks"]
    assert talks["months"][-1] == {
        "month": "2026-02", "people": 50, "promised": 100, "held": 99, "missing": 1,
    }  # fmt: skip
    (missing,) = talks["missing"]
    assert missing["trajectory"] == str(haaren.people[40].trajectory)
    assert (missing["promised"], missing["held"]) == (2, 1)
    assert missing["name"] == "Inwoner 40"
    assert "belofte van het team" in talks["note"]


def test_the_one_missing_is_named_to_the_own_coach_and_the_team_lead_alone(haaren, lead):
    region = haaren.region
    track = str(haaren.people[40].trajectory)
    (told,) = haaren.outcomes(lead, until="2026-02-28")["talks"]["missing"]
    assert (told["trajectory"], told["name"]) == (track, None)
    assert region.get(lead, f"trajectories/{track}/wellbeing").status_code == 404, "a summary only"
    other = haaren.outcomes(region.stranger, until="2026-02-28")["talks"]
    assert (other["months"][-1]["missing"], other["missing"]) == (1, [])
    client = haaren.people[40].client
    looks = region.get(client, f"trajectories/{track}/access").json()["days"][0]["looks"]
    assert {"jobcoach", "teamleider"} <= {each["label"] for each in looks}
    assert any("de beloofde gesprekken" in each["views"] for each in looks)


def test_what_a_client_chose_as_rhythm_is_the_promise(region):
    told = Cohort(region, region.coach)
    (one, two, alone) = told.begin(3, CAME, "walk_in")
    told.own("2026-01-05", one, "agree-rhythm", per_month=1, choice="client")
    told.own("2026-01-05", alone, "leave-in-peace", until="2027-01-01")
    for each in (one, two, two):
        told.on("2026-02-10", each, "log-contact", mode="phone")
    told.tell()
    february = told.outcomes(region.coach, until="2026-02-28")["talks"]
    assert (february["months"][-1]["promised"], february["missing"]) == (3, [])


ELS = {"given_name": "Els", "family_name": "Hermans", "birth_year": 1979}


@pytest.fixture
def village_hall(own_region):
    """The coach's table in the village hall, where somebody of the programme was helped before."""
    told = Cohort(own_region, own_region.coach)
    told.begin(1, STARTED, "walk_in")
    return told


def counted(told):
    """Give how many people the programme counts, and February's talks promised and held."""
    found = told.outcomes(told.coach)
    month = found["talks"]["months"][-1]
    return found["people"], month["promised"], month["held"]


def sought(region, who):
    asked = {"family_name": ELS["family_name"], "birth_year": ELS["birth_year"]}
    answer = region.post(who, "directory/search", asked)
    assert answer.status_code == 200, answer.text
    return answer.json()["found"]


def test_who_walks_in_is_helped_without_a_file_and_counted_nowhere(village_hall):
    """A talk at the walk-in leaves no entry (reference 0.1): what helps is there without one."""
    region = village_hall.region
    everything = region.count(), counted(village_hall), region.get(region.coach, "caseload").json()
    for _ in range(3):  # three Tuesdays in a row
        assert sought(region, region.coach) == [], "she has no file"
        visited = region.get(region.coach, "directory/employers", q="Korst").json()["employers"]
        assert "Bakkerij De Gouden Korst" in {each["name"] for each in visited}, "somewhere to go"
        said = {"text": "Els wil meer uren, en kan goed met mensen"}
        assert region.post(region.coach, "smells", said).status_code == 200
    assert (
        region.count(), counted(village_hall), region.get(region.coach, "caseload").json(),
    ) == everything  # fmt: skip


def test_no_way_to_note_a_talk_makes_a_file_of_who_only_walked_in(village_hall):
    region = village_hall.region
    known, nobody = region.trajectory, uuid4()
    talks = {
        "log-contact": {"mode": "walk"},
        "express-work-wish": {"wants": ["more_hours"]},
        "enter-programme": {"programme": village_hall.programme},
        "note-team-discussion": {"text": "Els was er weer"},
    }
    for command, body in talks.items():
        there = region.post(region.coach, f"trajectories/{known}/{command}", body)
        assert there.status_code == 201, (command, there.text)
    before = region.count()
    for command, body in talks.items():
        there = region.post(region.coach, f"trajectories/{nobody}/{command}", body)
        assert (there.status_code, region.count()) == (404, before), command


def test_who_walked_in_and_wants_to_is_in_and_is_counted_once(village_hall):
    region, told = village_hall.region, village_hall
    assert counted(told) == (1, 2, 0)
    els = Somebody(Actor(uuid4(), Role.CLIENT), uuid4())
    refer = {"client": els.client.person, "channel": "walk_in", "location": "dorpshuis"}
    registered = region.post(region.coach, f"directory/{els.client.person}/register-person", ELS)
    assert registered.status_code == 201
    told.on(STARTED, els, "refer", **refer)
    told.own(STARTED, els, "express-work-wish", wants=["more_hours"])
    told.own(STARTED, els, "note-benefits", benefits=["none"])
    told.on(STARTED, els, "enter-programme", programme=told.programme)
    told.tell()
    story = region.get(els.client, f"trajectories/{els.trajectory}/timeline").json()["entries"]
    assert [each["sentence"] for each in reversed(story)] == [
        "Aangemeld via inloop, dorpshuis",
        "Je wilt graag meer uren",
        "Inkomen: geen uitkering",
        "Eerste gesprek bij Meedoen",
    ], "it begins with her wish, and tells nothing of the Tuesdays before"
    assert counted(told) == (2, 4, 0), "no talk of before is counted"

    (found,) = sought(region, region.coach)
    assert found["trajectories"] == [str(els.trajectory)], "she walks in again, and is found"
    twice = region.post(region.coach, f"directory/{uuid4()}/register-person", ELS)
    assert (twice.status_code, twice.json()["errors"][0]["field"]) == (422, "somebody_else")
    assert region.said(region.coach, els.trajectory, "refer", **refer)["entries"] == []
    told.on("2026-02-10", els, "log-contact", mode="walk")
    told.tell()
    assert counted(told) == (2, 4, 1)


def test_who_walks_in_at_the_table_of_a_colleague_is_counted_once_all_the_same(village_hall):
    region, told = village_hall.region, village_hall
    (somebody,) = told.people
    before, again, track = counted(told), region.person("Els", "Hermans"), uuid4()
    assert sought(region, region.stranger) == [], "whom others know is not told"
    region.said(region.stranger, track, "refer", client=again, channel="walk_in")
    region.said(region.stranger, track, "enter-programme", programme=told.programme)
    assert counted(told)[0] == before[0] + 1
    code = region.get(somebody.client, f"trajectories/{somebody.trajectory}/link-code").json()
    linked = {"code": code["code"], "reason": "liep twee keer binnen"}
    region.said(region.stranger, track, "link-by-code", **linked)
    assert counted(told) == before


def test_goal_and_pace_are_the_clients_and_there_is_no_end_date(own_region):
    region, track = own_region, own_region.trajectory
    goals = "een ochtend per week onder de mensen"
    region.said(region.client, track, "agree-search-plan", goals=goals)
    region.said(region.client, track, "agree-rhythm", per_month=2, choice="client", mode="walk")
    told = region.entries(region.client)
    assert any("eigen keuze" in each["sentence"] for each in told)
    described = region.http.get("/api/v1/openapi.json").text
    for word in ("planned_end", "target_date", "deadline", "sanction"):
        assert word not in region.see(region.coach).text
        assert word not in described


def test_of_fifty_people_nothing_that_stands_has_an_end_that_was_planned(haaren):
    ends = ("planned_end", "target_date", "deadline", "sanction", "ends_on", "until")
    begun = set()
    for each in haaren.people:
        address = f"trajectories/{each.trajectory}"
        for what in ("", "/support"):
            told = haaren.region.get(haaren.coach, address + what)
            assert told.status_code == 200
            assert not [
                end for end in ends if f'"{end}":' in told.text.replace(f'"{end}":null', "")
            ]
        state = haaren.region.get(haaren.coach, address).json()
        standing = {line["type"] for line in state["standing"]}
        assert "programme.entered.v1" in standing
        begun |= standing
    assert {"job.started.v1", "volunteering.started.v1", "education.started.v1"} <= begun


def test_a_ride_along_and_a_request_to_the_broker(own_region):
    region, track = own_region, own_region.trajectory
    ride = {"tryout": uuid4(), "title": "vrachtwagen", "place": "Tilburg"}
    region.said(region.coach, track, "arrange-try-out", **ride, planned_on="2026-03-10")
    region.said(region.client, track, "log-try-out", **ride, verdict="Te vroeg op, wel mooi")
    broker = region.somebody("Jo", "Aarts", Role.JOB_BROKER)
    member = {"person": broker.person, "role": "job_broker"}
    region.said(region.coach, track, "add-team-member", **member)
    asked = {"request": uuid4(), "broker": broker.person, "job_types": ["chauffeur"]}
    region.said(region.coach, track, "ask-broker", **asked)
    found = {"request": asked["request"], "employer": region.bakery}
    region.said(broker, track, "answer-broker-request", **found)
    types = [each["type"] for each in region.entries(region.client)]
    assert {"tryout.done.v1", "broker.asked.v1", "broker.answered.v1"} <= set(types)
    assert "employed" not in {each["stage"] for each in region.see(region.client).json()["stages"]}


@pytest.fixture
def scored(own_region):
    region = own_region
    days = ("2026-01-12", "2026-01-26", "2026-02-09", "2026-02-23", "2026-03-09")
    for day, score in zip(days, (4, 5, 5, 6, 7), strict=True):
        late = {"late_reason": "vergeten"}
        region.said(region.client, region.trajectory, "score-wellbeing", score=score,
                    occurred_on=day, **late)  # fmt: skip
    return region


def test_the_line_rises_when_the_client_asked_to_watch_it(scored):
    region = scored
    before = region.see(region.client, "/wellbeing").json()
    assert (before["watched"], before["slope"], len(before["scores"])) == (False, None, 5)
    region.said(region.client, region.trajectory, "ask-to-watch")
    found = region.see(region.client, "/wellbeing").json()
    assert [each["score"] for each in found["scores"]] == [4, 5, 5, 6, 7]
    assert (found["slope"], found["line"]) == (0.7, "Een stijgende lijn: +0,7 per keer")
    region.said(region.client, region.trajectory, "stop-watching")
    assert region.see(region.client, "/wellbeing").json()["slope"] is None


def test_who_sees_the_scores_is_the_clients_choice(scored):
    region = scored
    region.sampled(region.trajectory)
    region.said(region.client, region.trajectory, "ask-to-watch")
    others = (region.coach, region.carer, region.friend, region.boss, region.auditor)
    for who in (*others, region.stranger):
        assert region.see(who, "/wellbeing").status_code == 404, who.role
    allowed = {
        "recipient": region.coach.person, "recipient_kind": "person", "purpose": "find_work",
        "categories": ["I"], "legal_basis": "consent",
    }  # fmt: skip
    region.said(region.client, region.trajectory, "grant-permission", **allowed)
    assert region.see(region.coach, "/wellbeing").json()["slope"] == 0.7
