"""Appointments at work over HTTP: whole for client and team, to the employer what is coming."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest

TYPES = {f"appointment.{each}.v1" for each in ("made", "moved", "cancelled")}


@pytest.fixture
def working(own_region):
    """Somebody works at the bakery, and an appointment was made there."""
    region, region.job, region.meeting = own_region, uuid4(), uuid4()
    region.said(
        region.coach,
        region.trajectory,
        "log-placement",
        placement=region.job,
        employer=region.bakery,
        title="broodbakker",
        kind="job",
        contract="fixed",
        starts_on="2026-03-02",
    )
    region.asked = {
        "placement": region.job,
        "appointment": region.meeting,
        "planned_on": "2026-03-12",
        "at": "14:30",
        "place": "kantine",
        "comes": "both",
        "about": "het nieuwe rooster",
    }
    region.said(region.coach, region.trajectory, "make-work-appointment", **region.asked)
    return region


@pytest.fixture
def later(working):
    """Let days go by, and come back: the clock is that of all tests."""
    clock = working.services.handler.now
    began = clock.at

    def wait(days):
        clock.at += timedelta(days=days)

    yield wait
    clock.at = began + timedelta(minutes=1)


def entries(region, who):
    return [each for each in region.entries(who) if each["type"] in TYPES]


def standing(region, who, **params):
    found = region.see(who, **params).json()["standing"]
    return [each for each in found if each["type"] in TYPES]


def test_client_and_team_read_it_whole_and_the_employer_when_where_and_who(working):
    said = "Afspraak op het werk bij Bakkerij De Gouden Korst: 12 maart 2026 om 14:30, kantine, "
    for who in (working.client, working.coach, working.carer):
        (told,) = standing(working, who)
        assert told["sentence"] == f"{said}samen met de jobcoach"
        assert told["text"] == {"about": "het nieuwe rooster"}
        (entry,) = entries(working, who)
        assert entry["text"] == {"about": "het nieuwe rooster"}
    (told,) = standing(working, working.boss)
    (entry,) = entries(working, working.boss)
    for each in (told, entry):
        assert each["fields"]["at"] == "14:30:00"
        assert each["fields"]["place"] == "kantine"
        assert each["text"] == {}
    for path in ("", "/timeline"):
        assert "rooster" not in working.see(working.boss, path).text
    for who in (working.friend, working.auditor):
        assert "kantine" not in working.see(who, "/timeline").text


def test_it_is_moved_and_cancelled_and_twice_adds_nothing(working):
    meeting = {"appointment": working.meeting}
    again = working.say(working.coach, "make-work-appointment", **working.asked)
    assert again.status_code == 200, again.text
    other = {**working.asked, "at": "15:00"}
    refused = working.say(working.coach, "make-work-appointment", **other)
    assert (refused.status_code, refused.json()["errors"][0]["field"]) == (422, "appointment")
    moved = working.say(working.client, "move-work-appointment", **meeting, at="15:00")
    assert moved.status_code == 201, moved.text
    for who in (working.coach, working.boss):
        (told,) = standing(working, who)
        assert told["fields"]["at"] == "15:00:00"
        assert told["fields"]["planned_on"] == "2026-03-12"
    cancelled = working.say(working.coach, "cancel-work-appointment", **meeting)
    assert cancelled.status_code == 201, cancelled.text
    assert working.say(working.coach, "cancel-work-appointment", **meeting).status_code == 200
    for who in (working.client, working.coach, working.boss):
        assert standing(working, who) == []
        assert len(entries(working, who)) == 3
    unknown = working.say(working.coach, "move-work-appointment", appointment=uuid4(), at="9:00")
    assert unknown.status_code == 422
    wrong = working.say(working.coach, "move-work-appointment", **meeting, at="half drie")
    assert wrong.status_code == 422


def test_neither_employer_nor_care_worker_nor_a_stranger_makes_one(working):
    asked = {**working.asked, "appointment": uuid4()}
    for who, status in ((working.boss, 403), (working.carer, 403), (working.stranger, 404)):
        assert working.say(who, "make-work-appointment", **asked).status_code == status


def test_to_the_employer_a_day_that_is_over_is_gone_and_the_team_keeps_it_in_the_timeline(
    working, later
):
    before = working.services.now()
    later(3)
    assert entries(working, working.boss) == []
    assert standing(working, working.boss) == []
    known = {"known_at": before.isoformat()}
    assert standing(working, working.boss, **known) == [], "facts as of then, rights as of now"
    for who in (working.client, working.coach):
        assert len(entries(working, who)) == 1
        assert standing(working, who) == []
        assert len(standing(working, who, **known)) == 1
    assert working.see(working.coach, "/handover").json()["appointments"] == []


def test_after_the_job_it_stands_nowhere_and_the_employer_reads_none(working):
    ended = {"placement": working.job, "reason": "other", "occurred_on": "2026-03-09"}
    assert working.say(working.coach, "end-placement", **ended).status_code == 201
    assert entries(working, working.boss) == []
    for who in (working.client, working.coach, working.boss):
        assert standing(working, who) == []
    assert len(entries(working, working.client)) == 1
    more = working.say(working.coach, "make-work-appointment", **working.asked)
    assert more.status_code == 422


def test_the_team_finds_it_in_the_caseload_and_in_the_pack_of_a_handover(working):
    cases = working.get(working.coach, "caseload").json()["cases"]
    (case,) = [each for each in cases if each["trajectory"] == str(working.trajectory)]
    (told,) = case["appointments"]
    pack = working.see(working.coach, "/handover").json()
    assert pack["appointments"] == [told]
    assert (told["planned_on"], told["at"], told["comes"]) == ("2026-03-12", "14:30:00", "both")
    assert told["sentence"].startswith(
        "Afspraak op het werk bij Bakkerij De Gouden Korst: 12 maart"
    )
    assert "rooster" not in str(told)
    working.said(
        working.coach,
        working.trajectory,
        "cancel-work-appointment",
        appointment=working.meeting,
    )
    cases = working.get(working.coach, "caseload").json()["cases"]
    (case,) = [each for each in cases if each["trajectory"] == str(working.trajectory)]
    assert "appointments" not in case
    assert working.see(working.coach, "/handover").json()["appointments"] == []


def test_a_correction_is_read_by_the_employer_as_it_should_have_been(working):
    (entry,) = entries(working, working.coach)
    body = {**entry["fields"], **entry["text"], "occurred_on": entry["occurred_on"], "at": "16:00"}
    asked = {"entry": entry["id"], "reason": "het was later", "body": body}
    corrected = working.say(working.coach, "correct-entry", **asked)
    assert corrected.status_code == 201, corrected.text
    for who in (working.client, working.boss):
        (told,) = standing(working, who)
        assert told["fields"]["at"].startswith("16:00")
    assert "het was later" not in working.see(working.boss, "/timeline").text


def test_what_was_made_by_mistake_is_taken_back_and_what_is_shielded_is_hidden(working):
    other = uuid4()
    asked = {**working.asked, "appointment": other, "planned_on": "2026-03-13"}
    said = working.say(working.coach, "make-work-appointment", **asked)
    (entry,) = said.json()["entries"]
    undone = working.say(working.coach, "undo-entry", entry=entry)
    assert undone.status_code == 201, undone.text
    (told,) = standing(working, working.boss)
    shielded = working.say(working.client, "shield-entry", entry=told["id"])
    assert shielded.status_code == 201, shielded.text
    assert standing(working, working.boss) == []
    assert entries(working, working.boss) == []
    assert len(standing(working, working.client)) == 1
