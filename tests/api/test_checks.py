"""What a machine can check of a file, each reader with what they see of it."""

from __future__ import annotations

from uuid import uuid4

import pytest


@pytest.fixture
def checked(own_region):
    """A choice, a bad patch with its answer, and the auditor's sample."""
    region = own_region
    region.sampled(region.trajectory)
    made = region.say(
        region.coach,
        "record-decision",
        question="Wachten we met zoeken?",
        client_want="eerst mijn schulden",
        choice="ja, drie maanden",
        rationale="Noor kiest zelf de volgorde",
        review_on="2026-06-01",
        options=[{"what": "wachten"}, {"what": "niets doen"}],
    ).json()["entries"]
    setback = uuid4()
    region.say(region.client, "signal-setback", setback=setback, words="het is te veel")
    region.say(region.coach, "answer-setback", setback=setback, agreed_help="bellen")
    return region, made


def by_name(answer):
    assert answer.status_code == 200, answer.text
    return {each["name"]: each for each in answer.json()["checks"]}


@pytest.mark.parametrize("who", ["client", "coach", "carer", "auditor"])
def test_who_sees_choices_sees_what_holds_and_what_proves_it(checked, who):
    region, made = checked
    answer = region.see(getattr(region, who), "/checks")
    found = by_name(answer)
    assert found["options"]["holds"] is True
    assert found["options"]["entries"] == made
    assert found["agreement"]["holds"] is False
    assert found["review_set"]["holds"] is True
    # How a choice turned out is told to an auditor once they judged it.
    told = {"review_held", "review_in_time"} & found.keys()
    assert bool(told) == (who != "auditor")
    assert found["answered"]["holds"] is True
    assert len(found["answered"]["entries"]) == 2
    assert found["options"]["label"] == "Er zijn ten minste twee mogelijkheden genoteerd"
    assert "te veel" not in answer.text


@pytest.mark.parametrize("who", ["friend", "boss", "stranger"])
def test_to_others_there_are_none(checked, who):
    region, _ = checked
    assert region.see(getattr(region, who), "/checks").status_code == 404


def test_of_what_the_reader_does_not_see_nothing_is_checked(checked):
    region, _ = checked
    region.say(
        region.client,
        "score-wellbeing",
        score=6,
        occurred_on="2026-01-05",
        late_reason="vergeten te zeggen",
    )
    assert "I" in {
        each["category"] for each in by_name(region.see(region.client, "/checks")).values()
    }
    for who in (region.coach, region.carer, region.auditor):
        found = by_name(region.see(who, "/checks"))
        assert "I" not in {each["category"] for each in found.values()}
