"""A coach goes on holiday and comes back; a person turns out to have two files."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import uuid4

import pytest

MONDAY = datetime(2026, 3, 23, 10, tzinfo=UTC)
BACK = datetime(2026, 4, 6, 10, tzinfo=UTC)


@pytest.fixture
def at(own_region, monkeypatch):
    """Let it be another moment for everybody."""
    return lambda moment: monkeypatch.setattr(own_region.services.handler, "now", lambda: moment)


def test_two_weeks_of_holiday_nobody_is_left_waiting(own_region, at):
    region, colleague = own_region, own_region.stranger
    job = {"kind": "job", "employer": region.bakery, "title": "broodbakker", "contract": "fixed"}
    region.said(
        region.coach,
        region.trajectory,
        "log-placement",
        starts_on="2026-03-02",
        hours_per_week=16,
        **job,
    )
    region.said(region.client, region.trajectory, "state-preferences", no_go=["nachtwerk"])
    covered = region.post(
        region.coach,
        "covers",
        {
            "person": colleague.person,
            "starts_on": "2026-03-21",
            "ends_on": "2026-04-05",
            "words": "ik ben twee weken weg; Ton neemt het over",
        },
    )
    assert covered.status_code == 201, covered.text
    (told,) = [e for e in region.entries(region.client) if e["type"] == "cover.arranged.v1"]
    assert told["text"]["words"] == "ik ben twee weken weg; Ton neemt het over"

    at(MONDAY)
    (due,) = region.get(colleague, "today").json()["due"]
    assert due["cover"]["name"] == "Sam de Wit"
    pack = region.see(colleague, "/handover").json()
    assert pack["client"]["name"] == "Noor van den Berg"
    assert pack["wants_known"][0]["fields"]["no_go"] == ["nachtwerk"]
    received = region.say(colleague, "receive-handover", giver=region.coach.person)
    assert received.status_code == 201, received.text
    helped = region.see(region.client, "/setback-help").json()["told"]
    assert "Ton Vos" in helped, "the client hears who reads it now"
    setback = uuid4()
    region.said(region.client, region.trajectory, "signal-setback", setback=setback, words="moe")
    region.said(
        colleague,
        region.trajectory,
        "answer-setback",
        setback=setback,
        agreed_help="morgen samen naar de bakker",
    )

    at(BACK)
    assert region.see(colleague).status_code == 404
    assert region.get(colleague, "today").json()["due"] == []
    answered = [e for e in region.entries(region.coach) if e["type"] == "setback.answered.v1"]
    assert [each["by"]["name"] for each in answered] == ["Ton Vos"]
    assert answered[0]["text"]["agreed_help"] == "morgen samen naar de bakker"
    before = region.see(region.coach, "/support", known_at="2026-03-20T12:00:00+01:00").json()
    assert before["setbacks"] == [], "what the coach knew when leaving"


def test_two_files_of_one_person_read_together_and_apart_again(own_region):
    region, older = own_region, uuid4()
    again = region.person("Noor", "van den Berg")
    refer = {"client": again, "channel": "municipality", "organisation": region.world.organisation}
    region.said(region.coach, older, "refer", **refer)
    region.said(region.coach, older, "write-profile", skills=["brood bakken"])
    files = (region.trajectory, older)

    found = region.post(
        region.coach, "directory/search", {"family_name": "Berg", "birth_year": 1990}
    ).json()["found"]
    assert {each["trajectories"][0] for each in found} == set(map(str, files))

    def read():
        return {
            (who.person, file, what): region.get(who, f"trajectories/{file}{what}").content
            for who in (region.coach, region.carer, region.client, region.friend)
            for file in files
            for what in ("", "/support", "/handover", "/trust-decisions", "/cv-gap")
        }

    before = read()
    pair = {"other": older, "reason": "twee keer aangemeld"}
    region.said(region.coach, region.trajectory, "link-files", **pair)
    whole = region.see(region.coach, "/timeline", limit=100).json()["entries"]
    assert {"profile.recorded.v1", "network.invited.v1"} <= {each["type"] for each in whole}
    region.said(region.coach, region.trajectory, "unlink-files", **pair)
    assert read() == before
