"""What a machine can check of a file, each reader with what they see of it."""

from __future__ import annotations

from uuid import uuid4

import pytest

from domain.roles import Role


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
    assert found["client_part"]["holds"] is False, "that the words are hers was said by the coach"
    assert {name for name, each in found.items() if each["by_form"]} == {
        *("client_words", "review_set"),
    }
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
    signals = [e for e in region.entries(region.client) if e["type"] == "setback.signalled.v1"]
    assert "answered" in by_name(region.see(region.carer, "/checks"))
    region.said(region.client, region.trajectory, "shield-entry", entry=signals[0]["id"])
    assert "answered" in by_name(region.see(region.client, "/checks"))
    assert "answered" not in by_name(region.see(region.carer, "/checks"))


def test_that_something_was_noted_late_is_told_to_nobody(checked):
    region, _ = checked
    late = {"mode": "phone", "occurred_on": "2026-01-05", "late_reason": "vergeten"}
    region.said(region.coach, region.trajectory, "log-contact", **late)
    for who in (region.client, region.coach, region.carer, region.auditor):
        assert "noted_in_time" not in by_name(region.see(who, "/checks"))


def named(region, who, name):
    """Give (holds, entries) of each check of this name."""
    answer = region.see(who, "/checks")
    assert answer.status_code == 200, answer.text
    checks = answer.json()["checks"]
    return [(each["holds"], each["entries"]) for each in checks if each["name"] == name]


def test_what_was_read_by_permission_is_checked_by_the_looks(own_region):
    region = own_region
    broker = region.somebody("Jo", "Mulder", Role.JOB_BROKER)
    permission = str(uuid4())
    given = region.said(
        region.client,
        region.trajectory,
        "grant-permission",
        permission=permission,
        recipient=broker.person,
        recipient_kind="person",
        purpose="find_work",
        categories=["D"],
        legal_basis="consent",
    )["entries"]
    name = "shared_by_permission"
    assert named(region, region.client, name) == [(None, given)]
    region.said(region.coach, region.trajectory, "log-application", title="bakker")
    assert region.see(broker, "/timeline").status_code == 200
    assert named(region, region.client, name) == [(True, given)]
    # Who looked is not the coach's to hear of: to them there is nothing to check.
    assert named(region, region.coach, name) == [(None, given)]
    back = region.said(
        region.client, region.trajectory, "withdraw-permission", permission=permission
    )["entries"]
    assert region.see(broker, "/timeline").status_code == 404
    assert named(region, region.client, name) == [(True, given + back)]


def test_each_closing_and_what_a_choice_covers_are_checked(own_region):
    region = own_region

    def said(command, **body):
        return region.said(region.coach, region.trajectory, command, **body)["entries"]

    called = said("log-contact", mode="phone", occurred_on="2026-03-05")
    choice = {
        "question": "Bellen we?",
        "client_want": "een belletje",
        "choice": "ja",
        "rationale": "dat hielp eerder",
        "review_on": "2026-06-01",
    }
    private = region.said(region.client, region.trajectory, "score-wellbeing", score=6)["entries"]
    before = said("record-decision", **choice, covers=called, occurred_on="2026-03-02")
    answer = region.say(region.coach, "record-decision", **choice, covers=called + private)
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, "covers")
    after = said("record-decision", **choice, covers=called)
    assert named(region, region.coach, "chosen_first") == [
        (True, before + called),
        (False, after + called),
    ]
    closed = said("close-trajectory", reason="client_wish")
    assert named(region, region.coach, "closed_as_listed") == [(True, closed)]
    entries = {each["id"]: each["fields"] for each in region.entries(region.coach)}
    assert entries[after[0]]["covers"] == called, "what a reader does not see is not named"
    made = region.see(region.coach, "/trust-decisions").json()["decisions"]
    assert [each["fields"]["covers"] for each in made] == [called, called]
