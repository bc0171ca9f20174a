"""A colleague who goes on finds promises, wishes and choices together, and says so."""

from __future__ import annotations

from uuid import uuid4

import pytest


@pytest.fixture
def busy(own_region):
    """A trajectory in which something is promised, wished and chosen."""
    region = own_region

    def said(who, command, **body):
        return region.said(who, region.trajectory, command, **body)

    said(
        region.coach,
        "log-placement",
        kind="job",
        employer=region.bakery,
        title="broodbakker",
        starts_on="2026-03-02",
        hours_per_week=16,
        contract="fixed",
    )
    region.nursery = region.employer("Kwekerij Groen", region.person("Wim", "Groen"))
    spoken = {"employer": region.nursery, "mode": "phone"}
    said(region.coach, "log-employer-contact", **spoken, occurred_on="2026-03-06")
    said(region.coach, "log-employer-contact", **spoken, result="no_answer")
    said(region.client, "state-preferences", job_types=["bakker"], no_go=["nachtwerk"])
    said(region.client, "signal-setback", setback=uuid4(), words="slecht geslapen")
    for number in range(5):
        said(
            region.coach,
            "record-decision",
            decision=uuid4(),
            question=f"vraag {number}",
            client_want="rustig aan",
            choice="rustig aan",
            rationale="het is haar tempo",
            review_on=f"2026-0{number + 4}-01",
            occurred_on=f"2026-03-0{number + 1}",
        )
    return region


def test_the_pack_tells_promises_employers_wishes_and_the_last_three_choices(busy):
    found = busy.see(busy.coach, "/handover").json()
    assert found["client"]["name"] == "Noor van den Berg"
    assert found["next"]["why"].startswith("Even niet goed")
    assert len(found["open_setbacks"]) == 1
    assert [each["name"] for each in found["work"]] == ["Bakkerij De Gouden Korst"]
    assert found["employers"] == [
        {
            "employer": str(busy.nursery),
            "name": "Kwekerij Groen",
            "last_on": "2026-03-06",
            "attempts": 1,
        }
    ], "in play, by the search"
    assert [each["slot"] for each in found["wants_known"]] == ["preferences"]
    assert found["wants_known"][0]["fields"]["no_go"] == ["nachtwerk"]
    assert [each["text"]["question"] for each in found["decisions"]] == [
        *("vraag 4", "vraag 3", "vraag 2"),
    ]
    assert [each["review_on"] for each in found["reviews"]][:2] == ["2026-04-01", "2026-05-01"]
    assert found["stages"]


def test_it_is_for_those_who_see_what_was_promised_and_is_noted_as_a_look(busy):
    for who in (busy.boss, busy.friend, busy.stranger, busy.auditor):
        assert busy.see(who, "/handover").status_code == 404
    busy.see(busy.coach, "/handover")
    looks = busy.see(busy.client, "/access").json()["days"][0]["looks"]
    assert any("de overdracht" in each["views"] for each in looks)


def test_who_goes_on_says_so(busy):
    early = busy.say(busy.carer, "receive-handover", giver=busy.coach.person)
    assert early.status_code == 422
    assert early.json()["detail"].startswith("Hier wacht geen overdracht.")
    handed = {"organisation": busy.world.organisation, "person": busy.carer.person}
    busy.said(busy.coach, busy.trajectory, "transfer", **handed)
    received = busy.say(busy.carer, "receive-handover", giver=busy.coach.person)
    assert received.status_code == 201, received.text
    (entry,) = [e for e in busy.entries(busy.client) if e["type"] == "handover.received.v1"]
    assert entry["sentence"] == "Overdracht ontvangen van Sam de Wit"
    assert busy.say(busy.friend, "receive-handover").status_code == 403
