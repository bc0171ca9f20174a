"""A coach goes on holiday and comes back; a person turns out to have two files."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import uuid4

import pytest

from domain.roles import Role

MONDAY = datetime(2026, 3, 23, 10, tzinfo=UTC)
BACK = datetime(2026, 4, 6, 10, tzinfo=UTC)
LEFT = {"known_at": "2026-03-20T12:00:00+01:00"}
UNTIL_LEFT = {"happened_until": "2026-03-20"}
FOUR = ("", "/timeline", "/support", "/trust-decisions")


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
    now = region.see(region.coach, "/support").json()["setbacks"]
    assert [each["setback"] for each in now] == [str(setback)], "answered, and going on"
    before = region.see(region.coach, "/support", **LEFT).json()
    assert before["setbacks"] == [], "what the coach knew when leaving"


def test_a_coach_leaves_for_good_and_the_next_one_takes_the_promises_on(own_region):
    """Handed over within one organisation, with the pack and a receipt; then the first is gone."""
    region, sam, ton = own_region, own_region.coach, own_region.stranger
    setback = uuid4()
    region.said(region.client, region.trajectory, "signal-setback", setback=setback, words="moe")
    region.said(region.client, region.trajectory, "state-preferences", no_go=["nachtwerk"])
    there = {"person": ton.person, "organisation": region.world.organisation}
    region.said(sam, region.trajectory, "add-team-member", role="job_coach", **there)
    early = region.say(ton, "receive-handover", giver=sam.person)
    assert early.status_code == 422, "nothing was handed over yet"
    handed = region.say(sam, "transfer", **there)
    assert handed.status_code == 201, handed.text

    pack = region.see(ton, "/handover").json()
    assert [each["setback"] for each in pack["open_setbacks"]] == [str(setback)]
    assert pack["wants_known"][0]["fields"]["no_go"] == ["nachtwerk"]
    received = region.say(ton, "receive-handover", giver=sam.person, words="ik bel haar vandaag")
    assert received.status_code == 201, received.text
    told = [each["sentence"] for each in region.entries(region.client)]
    assert "Overdracht ontvangen van Sam de Wit" in told

    region.said(sam, region.trajectory, "remove-team-member", person=sam.person)
    assert region.see(sam).status_code == 404
    promised = region.see(ton, "/support").json()
    assert promised["next"]["why"].startswith("Even niet goed"), "kept by who goes on"
    region.said(ton, region.trajectory, "answer-setback", setback=setback)
    (kept,) = region.see(ton, "/handover").json()["open_setbacks"]
    assert kept["answered_on"] == "2026-03-10"


def test_what_went_wrong_in_a_transfer_is_put_right_by_the_next(own_region):
    """To another colleague of the same organisation: it was answered well and stored nowhere."""
    region = own_region
    both = (region.stranger, region.somebody("Jo", "Mol", Role.JOB_COACH))
    for colleague in both:
        handed = {"person": colleague.person, "organisation": region.world.organisation}
        assert region.say(region.coach, "transfer", **handed).status_code == 201
        assert region.say(region.coach, "transfer", **handed).status_code == 200
    told = [e for e in region.entries(region.coach) if e["type"] == "course.transferred.v1"]
    assert [e["fields"]["person"] for e in told] == [str(each.person) for each in reversed(both)]


def spoke(region, who, day):
    """A talk and a choice of a day, noted by who was there."""
    region.said(who, region.trajectory, "log-contact", mode="phone", occurred_on=day)
    region.said(
        who,
        region.trajectory,
        "record-decision",
        question=f"hoe verder op {day}",
        client_want="rustig aan",
        choice="rustig aan",
        rationale="het is haar tempo",
        review_on="2026-06-01",
        occurred_on=day,
    )


def days(region, who, **then):
    """The days of these talks and choices, in each of the four reads."""
    reads = [region.see(who, what, **then) for what in FOUR]
    assert [each.status_code for each in reads] == [200] * len(FOUR), who.role
    state, timeline, support, choices = (each.json() for each in reads)
    return {
        "state": [e["occurred_on"] for e in state["standing"] if e["slot"] == "contact/client"],
        "timeline": [
            e["occurred_on"] for e in timeline["entries"] if e["type"] == "support.contact.v1"
        ],
        "support": support["last_contact_on"],
        "stages": [each["stage"] for each in state["stages"]],
        "choices": [each["occurred_on"] for each in choices["decisions"]],
    }


def test_back_again_what_was_known_and_what_had_happened_and_rights_are_those_of_now(
    own_region, at
):
    region, ton, els, permission = own_region, own_region.stranger, own_region.friend, uuid4()
    spoke(region, region.coach, "2026-03-10")
    job = {"kind": "job", "employer": region.bakery, "title": "broodbakker", "contract": "fixed"}
    begins = {"starts_on": "2026-04-01", "hours_per_week": 16}
    region.said(region.coach, region.trajectory, "log-placement", **job, **begins)
    whole = {
        "permission": permission, "recipient": els.person, "recipient_kind": "person",
        "purpose": "close_by", "categories": list("BDEFHJ"), "legal_basis": "consent",
    }  # fmt: skip
    region.said(region.client, region.trajectory, "grant-permission", **whole)
    cover = {"person": ton.person, "starts_on": "2026-03-21", "ends_on": "2026-04-05"}
    assert region.post(region.coach, "covers", cover).status_code == 201

    at(MONDAY)
    spoke(region, ton, "2026-03-19")  # heard of only now
    spoke(region, ton, "2026-03-23")
    made = region.see(region.coach, "/trust-decisions", **LEFT).json()["decisions"][0]["fields"]
    said = {"decision": made["decision"], "text": "hier kijk ik anders naar"}
    region.said(ton, region.trajectory, "record-dissent", **said)
    first, heard, monday = "2026-03-10", "2026-03-19", "2026-03-23"
    ahead = {"stages": ["referred"]}  # the job has yet to begin
    now = {"state": [monday], "timeline": [monday, heard, first], "support": monday,
           "choices": [monday, heard, first], **ahead}  # fmt: skip
    known = {"state": [first], "timeline": [first], "support": first, "choices": [first], **ahead}
    happened = {"state": [heard], "timeline": [heard, first], "support": heard,
                "choices": [heard, first], **ahead}  # fmt: skip
    against = {what: said["text"] in region.see(region.coach, what, **LEFT).text for what in FOUR}
    assert against == dict.fromkeys(FOUR, False), "said while the coach was away"
    assert said["text"] in region.see(region.coach, "/trust-decisions").text
    told = (({}, now), (LEFT, known), (UNTIL_LEFT, happened), ({**LEFT, **UNTIL_LEFT}, known))
    for then, expected in told:
        for who in (region.coach, region.client, ton):
            assert days(region, who, **then) == expected, (who.role, then)
        assert days(region, els, **then) == {**expected, "choices": []}, "not hers to be given"
    region.said(region.client, region.trajectory, "withdraw-permission", permission=permission)

    at(BACK)
    for then in ({}, LEFT, UNTIL_LEFT):
        for what in FOUR:
            nowhere = region.get(ton, f"trajectories/{uuid4()}{what}", **then)
            gone = region.see(ton, what, **then)
            assert (gone.status_code, gone.content) == (404, nowhere.content), what
        left = [region.see(els, what, **then) for what in FOUR]
        assert [each.status_code for each in left] == [200, 200, 404, 200], "still close to her"
        for each in left:
            assert "support.contact.v1" not in each.text
            assert "2026-03-19" not in each.text
    assert days(region, region.coach) == {**now, "stages": ["employed"]}, "since the 1st of April"
    assert days(region, region.coach, **LEFT) == known
    assert days(region, region.coach, **UNTIL_LEFT) == happened


def test_two_files_of_one_person_read_together_and_apart_again(own_region):
    region, older = own_region, uuid4()
    again = region.person("Noor", "van den Berg")
    refer = {"client": again, "channel": "municipality", "organisation": region.world.organisation}
    refused = region.post(region.coach, f"trajectories/{older}/refer", refer)
    assert refused.json()["errors"][0]["field"] == "somebody_else", "and so they were taken to be"
    region.said(region.coach, older, "refer", **refer, somebody_else=True)
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
