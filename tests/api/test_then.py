"""Support and choices as they were known on a day: facts as of then, rights as of now."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import uuid4

import pytest

from projections.audit_trail import AuditTrailModel
from projections.models import BY_NAME, NAMES
from projections.projector import Projector
from tests.api.test_bad_input import is_problem
from tests.eventlog.world import MASTER

FIRST = datetime(2026, 3, 10, 12, tzinfo=UTC)
LATER = datetime(2026, 3, 20, 12, tzinfo=UTC)
LAST = datetime(2026, 4, 20, 12, tzinfo=UTC)
THEN = "2026-03-12T12:00:00+01:00"


def decided(region, question, **more):
    decision = uuid4()
    region.said(
        region.coach,
        region.trajectory,
        "record-decision",
        decision=decision,
        question=question,
        client_want="rustig aan",
        choice="rustig aan",
        rationale="het is haar tempo",
        **{"review_on": "2026-04-01", **more},
    )
    return decision


@pytest.fixture
def told(own_region, monkeypatch):
    """A contact and a choice on the 10th; another of each, and a look back, on the 20th."""
    region = own_region

    def at(moment):
        monkeypatch.setattr(region.services.handler, "now", lambda: moment)

    at(FIRST)
    region.said(region.coach, region.trajectory, "agree-rhythm", choice="client", per_month=2)
    region.said(region.coach, region.trajectory, "log-contact", mode="phone", text="eerst")
    region.first = decided(region, "de eerste")
    at(LATER)
    region.said(region.coach, region.trajectory, "log-contact", mode="phone", text="later")
    region.second = decided(region, "de tweede", occurred_on="2026-03-15")
    region.said(
        region.coach,
        region.trajectory,
        "review-decision",
        decision=region.first,
        outcome="kept",
        occurred_on="2026-03-20",
    )
    at(LAST)
    return region


def test_support_is_told_as_it_was_known_and_as_it_had_happened(told):
    now = told.see(told.coach, "/support").json()
    assert now["last_contact_on"] == "2026-03-20"
    then = told.see(told.coach, "/support", known_at=THEN).json()
    assert then["last_contact_on"] == "2026-03-10"
    assert then["silence_days"] == 2, "counted on the day of then"
    assert then["agreed"]["per_month"] == 2
    until = told.see(told.coach, "/support", happened_until="2026-03-15").json()
    assert (until["last_contact_on"], until["silence_days"]) == ("2026-03-10", 5)
    before = told.see(told.coach, "/support", known_at="2026-03-01T12:00:00Z").json()
    assert before["last_contact_on"] is None
    assert told.see(told.coach, "/support", known_at="2027-01-01T12:00:00Z").json() == now


def test_stages_are_those_of_the_day_that_is_asked_for(told, monkeypatch):
    """A job that was agreed on the 10th and began on the 1st of April, asked for on the 20th."""
    monkeypatch.setattr(told.services.handler, "now", lambda: FIRST)
    told.said(
        told.coach,
        told.trajectory,
        "log-placement",
        kind="job",
        employer=told.bakery,
        title="bakker",
        contract="fixed",
        starts_on="2026-04-01",
        occurred_on="2026-03-10",
    )
    monkeypatch.setattr(told.services.handler, "now", lambda: LAST)

    def stages(who, **then):
        return [each["stage"] for each in told.see(who, **then).json()["stages"]]

    for who in (told.coach, told.client, told.carer):
        assert stages(who) == ["employed"], who.role
        for then in (
            {"happened_until": "2026-03-31"},
            {"known_at": "2026-03-31T23:59:00+02:00"},
            {"known_at": "2026-04-19T12:00:00Z", "happened_until": "2026-03-20"},
        ):
            assert stages(who, **then) == ["referred"], (who.role, then)
        assert stages(who, happened_until="2026-04-01") == ["employed"], who.role
        assert stages(who, known_at="2026-04-01T00:30:00+02:00") == ["employed"], who.role


def test_a_corrected_day_of_a_contact_changes_what_is_due_and_not_what_was_known(own_region):
    region = own_region
    begun = {"kind": "job", "employer": region.bakery, "title": "bakker", "contract": "fixed"}
    region.said(
        region.coach, region.trajectory, "log-placement", starts_on="2026-03-04", **begun
    )  # so a contact is due by the 7th, and one with the employer by the 11th
    noted = region.said(
        region.coach, region.trajectory, "log-contact", mode="phone", occurred_on="2026-03-05"
    )

    def told():
        due = region.get(region.coach, "today").json()["due"]
        mine = [each for each in due if each["trajectory"] == str(region.trajectory)]
        support = region.see(region.coach, "/support").json()
        on = support["next"]["on"]
        assert [each["next"]["on"] for each in mine] in ([], [on])
        return support["last_contact_on"], on, bool(mine)

    def correct(day):
        (entry,) = noted["entries"]
        (found,) = (each for each in region.entries(region.coach) if each["id"] == entry)
        said = {"entry": entry, "reason": "dag", "body": {**found["fields"], "occurred_on": day}}
        region.said(region.coach, region.trajectory, "correct-entry", **said)

    assert told() == ("2026-03-05", "2026-03-17", False)
    then = region.services.now().isoformat()
    correct("2026-03-02")
    assert told() == ("2026-03-02", "2026-03-07", True), "before the first day at work"
    travelled = region.see(region.coach, "/support", known_at=then).json()
    assert travelled["last_contact_on"] == "2026-03-05"
    correct("2026-03-06")
    assert told() == ("2026-03-06", "2026-03-17", False)


def test_choices_are_listed_the_last_first_with_how_each_stands(told):
    found = told.see(told.coach, "/trust-decisions").json()["decisions"]
    assert [each["text"]["question"] for each in found] == ["de tweede", "de eerste"]
    assert [each["state"] for each in found] == ["due", "reviewed"]
    assert found[1]["outcome"] == "kept"
    assert found[1]["label"] == "teruggekeken"


def test_choices_as_they_were_known_then_are_without_what_came_later(told):
    (first,) = told.see(told.coach, "/trust-decisions", known_at=THEN).json()["decisions"]
    assert first["text"]["question"] == "de eerste"
    assert (first["state"], first["outcome"]) == ("recorded", None)
    until = told.see(told.coach, "/trust-decisions", happened_until="2026-03-16").json()
    assert [(each["text"]["question"], each["state"]) for each in until["decisions"]] == [
        ("de tweede", "recorded"),
        ("de eerste", "recorded"),
    ]


def test_rights_are_those_of_now_for_then_too(told):
    told.said(told.coach, told.trajectory, "remove-team-member", person=told.carer.person)
    for what in ("/support", "/trust-decisions"):
        gone = told.see(told.carer, what, known_at=THEN)
        nothing = told.see(told.stranger, what, known_at=THEN)
        assert (gone.status_code, gone.content) == (404, nothing.content)


def test_an_auditor_hears_of_the_choice_and_not_how_it_went(told):
    told.sampled(told.trajectory)
    found = told.see(told.auditor, "/trust-decisions").json()["decisions"]
    assert len(found) == 2
    assert not any({"state", "outcome", "dissents"} & each.keys() for each in found)


def test_a_moment_that_is_none_is_told_so(told):
    for what in ("/support", "/trust-decisions"):
        for wrong in ({"known_at": "gisteren"}, {"happened_until": "31-03-2026"}):
            answer = told.see(told.coach, what, **wrong)
            assert answer.status_code == 422
            assert [each["field"] for each in answer.json()["errors"]] == list(wrong)


@pytest.mark.parametrize("moment", ["9999-12-31T23:59:59Z", "9999-12-31T22:30:00-01:00"])
def test_after_the_last_day_of_the_calendar_there_is_no_moment(told, moment):
    for what in ("", "/timeline", "/support", "/trust-decisions"):
        assert told.see(told.friend, what, known_at=moment).status_code in {404, 422}
        assert told.see(told.coach, what, known_at=moment).status_code == 422
    last = "9999-12-31T22:59:59Z"
    assert told.see(told.coach, "/timeline", known_at=last).status_code == 200
    assert told.see(told.client, "/access").status_code == 200


def test_looking_at_the_choices_is_a_look(told):
    told.see(told.coach, "/trust-decisions")
    (look,) = told.see(told.client, "/access").json()["days"][0]["looks"]
    assert "de keuzes uit vertrouwen" in look["views"]


class Stumbling(AuditTrailModel):
    """An audit trail with a fault in its own code, at any contact of thirteen minutes."""

    def changes(self, batch):
        if any(item.body.__dict__.get("minutes") == 13 for item in batch.items):
            raise ZeroDivisionError
        return super().changes(batch)


def test_what_the_audit_trail_could_not_take_in_is_not_left_out_of_what_was_known(lone_region):
    region = lone_region
    models = [Stumbling() if name == "audit_trail" else BY_NAME[name] for name in NAMES]
    region.projector.close()
    region.projector = Projector(region.database("samenspoor_projector"), MASTER, models=models)
    region.said(region.coach, region.trajectory, "log-contact", mode="phone", minutes=13)
    region.said(region.coach, region.trajectory, "log-contact", mode="phone", minutes=5)
    then = {"known_at": region.services.now().isoformat()}
    for what in ("", "/timeline", "/support"):
        assert region.see(region.coach, what).status_code == 200
    for what in ("", "/timeline", "/support", "/trust-decisions"):
        is_problem(region.see(region.coach, what, **then), 503)
        is_problem(region.see(region.stranger, what, **then), 404)
