"""An entry shielded, taken back or asked to be erased, seen by everybody around, over HTTP."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest

from domain.roles import Role
from eventlog.entry import Actor
from eventlog.grants import astray

SECRET = "praat thuis liever niet over de schulden"
PUBLIC = "we spraken over de nieuwe baan"
VIEWS = ("", "/timeline", "/audit-trail", "/support", "/handover", "/checks")


def noted(region, who, command, **body):
    answer = region.say(who, command, **body)
    assert answer.status_code == 201, answer.text
    return answer.json()["entries"][0]


def told(region, who):
    """Everything that somebody can read of the file, with its tags."""
    found = [region.see(who, view) for view in VIEWS]
    found += [region.get(who, "caseload"), region.get(who, "today")]
    return [(each.status_code, each.headers.get("etag"), each.text) for each in found]


@pytest.fixture
def talked(own_region):
    region = own_region
    region.say(
        region.client,
        "grant-permission",
        permission=uuid4(),
        recipient=region.carer.person,
        recipient_kind="person",
        purpose="care",
        categories=["H", "I", "J"],
        legal_basis="consent",
    )
    noted(region, region.coach, "log-contact", mode="phone", text=PUBLIC, occurred_on="2026-03-03")
    return region


def test_a_shielded_entry_is_as_if_it_was_never_noted(talked):
    region = talked
    before = told(region, region.carer)
    entry = noted(region, region.coach, "log-contact", mode="walk", text=SECRET)
    assert told(region, region.carer) != before
    noted(region, region.coach, "shield-entry", entry=entry, reason="hoort hier niet")
    assert told(region, region.carer) == before
    for who in (region.client, region.coach):
        texts = [each["text"].get("text") for each in region.entries(who)]
        assert SECRET in texts
        assert "entry.shielded.v1" in {each["type"] for each in region.entries(who)}
    gone = region.see(region.carer, f"/entries/{entry}/consequences")
    never = region.see(region.carer, f"/entries/{uuid4()}/consequences")
    assert gone.status_code == never.status_code == 404
    assert len(gone.content) == len(never.content)
    refused = [
        region.say(region.carer, "shield-entry", entry=each).json()["detail"]
        for each in (entry, str(uuid4()))
    ]
    assert refused[0] == refused[1]


def test_what_was_shielded_is_answered_as_what_never_was(talked):
    region, choice, signal = talked, str(uuid4()), str(uuid4())
    why = {"question": "?", "client_want": "ja", "choice": "ja", "rationale": "zo"}
    recorded = noted(
        region, region.coach, "record-decision", decision=choice, review_on="2026-06-01", **why
    )
    signalled = noted(region, region.client, "signal-setback", setback=signal)
    noted(region, region.client, "note-recovery", setback=signal)
    asked = [
        ("record-dissent", {"text": "te vroeg"}, "decision", choice),
        ("answer-setback", {"agreed_help": "bellen"}, "setback", signal),
        ("note-recovery", {}, "setback", signal),
    ]
    for command, said, field, hidden in asked[:2]:
        noted(region, region.carer, command, **said, **{field: hidden})
    for entry in (recorded, signalled):
        noted(region, region.client, "shield-entry", entry=entry)
    for command, said, field, hidden in asked:
        told = [
            region.say(region.carer, command, **said, **{field: each})
            for each in (hidden, str(uuid4()))
        ]
        assert [each.status_code for each in told] == [422, 422], told[0].text
        assert told[0].json()["detail"] == told[1].json()["detail"]
    assert region.say(region.coach, "record-dissent", decision=choice, text="?").status_code == 201


def test_whoever_recorded_it_goes_on_with_it_after_it_was_shielded(talked):
    region, signal = talked, str(uuid4())
    said = {"mode": "walk", "with_whom": "client", "occurred_on": "2026-03-10"}
    entry = noted(region, region.coach, "log-contact", text=SECRET, note=uuid4(), **said)
    begun = noted(region, region.carer, "signal-setback", setback=signal, words="stil")
    noted(region, region.carer, "answer-setback", setback=signal, agreed_help="bellen")
    for each in (entry, begun):
        noted(region, region.client, "shield-entry", entry=each)
    assert region.say(region.carer, "note-recovery", setback=signal).status_code == 201
    (stored,) = [each for each in region.entries(region.coach) if each["id"] == entry]
    body = {"note": stored["fields"]["note"], "text": "gewandeld", **said}
    better = {"entry": entry, "reason": "korter", "body": body}
    assert region.say(region.carer, "correct-entry", **better).status_code == 422
    assert region.say(region.coach, "correct-entry", **better).status_code == 201


def test_in_a_list_too_what_was_shielded_is_as_what_never_was(talked):
    region, hidden, open_one = talked, str(uuid4()), str(uuid4())
    found = noted(region, region.client, "raise-issue", issue=hidden, kind="debt")
    noted(region, region.client, "raise-issue", issue=open_one, kind="housing")
    noted(region, region.client, "shield-entry", entry=found)
    truus = Actor(region.person("Truus", "Bos"), Role.LEGAL_REPRESENTATIVE)
    given = {"person": truus.person, "kind": "power_of_attorney", "categories": ["B", "L"]}
    noted(region, region.client, "note-mandate", **given)
    told = [
        region.say(truus, "order-issues", order=[open_one, each]) for each in (hidden, str(uuid4()))
    ]
    assert [each.status_code for each in told] == [422, 422], told[0].text
    assert told[0].json()["detail"] == told[1].json()["detail"]
    assert region.say(region.client, "order-issues", order=[open_one, hidden]).status_code == 201


def test_it_works_from_its_commit_before_any_read_model_knows(talked):
    region = talked
    entry = noted(region, region.coach, "log-contact", mode="walk", text=SECRET)
    assert SECRET in region.see(region.carer, "/timeline").text
    answer = region.http.post(
        f"/api/v1/trajectories/{region.trajectory}/shield-entry",
        json={"entry": entry},
        headers=region.headers(region.client),
    )
    assert answer.status_code == 201
    for view in VIEWS:
        assert SECRET not in region.see(region.carer, view).text
        assert entry not in region.see(region.carer, view).text
    last = region.see(region.carer, "/support").json()["last_contact_on"]
    assert last == "2026-03-03"
    assert region.see(region.coach, "/support").json()["last_contact_on"] == "2026-03-10"


def test_whoever_shielded_it_shows_it_again_and_nothing_tells_that_it_was(talked):
    region = talked
    entry = noted(region, region.coach, "log-contact", mode="walk", text=SECRET)
    noted(region, region.client, "shield-entry", entry=entry)
    refused = region.say(region.coach, "unshield-entry", entry=entry)
    assert refused.status_code == 422
    assert "Wie dit afschermde" in refused.json()["detail"]
    noted(region, region.client, "unshield-entry", entry=entry)
    assert region.say(region.client, "unshield-entry", entry=entry).status_code == 200
    seen = region.entries(region.carer)
    assert SECRET in [each["text"].get("text") for each in seen]
    assert not {"entry.shielded.v1", "entry.unshielded.v1"} & {each["type"] for each in seen}
    assert "afgeschermd" not in region.see(region.carer, "/audit-trail").text.lower()


def test_what_follows_on_a_shielded_signal_goes_with_it(talked):
    region = talked
    signal = uuid4()
    entry = noted(region, region.client, "signal-setback", setback=signal, words=SECRET)
    refused = region.say(region.client, "shield-entry", entry=entry)
    assert "wie dit niet ziet" in refused.json()["detail"]
    noted(region, region.coach, "answer-setback", setback=signal, agreed_help="even bellen")
    noted(region, region.client, "shield-entry", entry=entry)
    for view in VIEWS:
        assert str(signal) not in region.see(region.carer, view).text
    assert "even bellen" in region.see(region.coach, "/timeline").text
    assert SECRET not in region.see(region.coach, "/timeline").text


def test_a_statement_stands_beside_its_entry_and_shows_no_id_of_what_is_not_seen(talked):
    region = talked
    score = noted(region, region.client, "score-wellbeing", score=4, words="moe")
    entry = next(
        each["id"] for each in region.entries(region.coach) if each["text"].get("text") == PUBLIC
    )
    for about, text in ((score, "van die nacht"), (entry, "zo was het niet")):
        noted(region, region.client, "add-client-statement", about=about, text=text)
    assert score not in region.see(region.coach, "/timeline").text
    assert score not in region.see(region.coach, "/audit-trail").text
    (beside,) = [each for each in region.entries(region.coach) if each["id"] == entry]
    assert [each["text"] for each in beside["statements"]] == ["zo was het niet"]
    own = {each["id"]: each["statements"] for each in region.entries(region.client)}
    assert [each["text"] for each in own[score]] == ["van die nacht"]
    shown = {each["fields"].get("about") for each in region.entries(region.client)}
    assert {score, entry} <= shown
    page = region.http.get(f"/traject/{region.trajectory}", headers=region.headers(region.coach))
    assert page.text.count("zo was het niet") >= 2


def test_an_auditor_hears_of_no_view_on_a_choice_that_is_hidden_from_them(talked):
    region = talked
    region.sampled(region.trajectory)
    first, second = uuid4(), uuid4()
    why = {"question": "?", "client_want": "ja", "choice": "ja", "rationale": "zo"}
    later = {"review_on": "2026-06-01", **why}
    noted(region, region.coach, "record-decision", decision=first, **later)
    noted(region, region.coach, "revise-decision", decision=second, revises=first, **later)
    noted(region, region.carer, "record-dissent", decision=second, text="te vroeg")
    for view in ("", "/timeline", "/audit-trail"):
        found = region.see(region.auditor, view).text
        assert str(second) not in found
        assert "te vroeg" not in found
    noted(region, region.auditor, "write-judgement", decision=first, words="zorgvuldig")
    found = region.see(region.auditor, "/timeline").text
    assert str(second) in found
    assert "te vroeg" not in found, "said since, of a choice that is still to be judged"
    noted(region, region.auditor, "write-judgement", decision=second, words="ook zorgvuldig")
    assert "te vroeg" in region.see(region.auditor, "/timeline").text


def test_an_entry_is_taken_back_before_anybody_read_it(talked):
    region = talked
    before = told(region, region.carer)
    region.services.now.at += timedelta(seconds=1)
    entry = noted(region, region.coach, "log-contact", mode="walk", text=SECRET)
    noted(region, region.coach, "undo-entry", entry=entry)
    assert region.say(region.coach, "undo-entry", entry=entry).status_code == 200
    assert told(region, region.carer) == before
    for who in (region.client, region.coach):
        seen = region.entries(who)
        assert SECRET not in str(seen)
        assert "entry.undone.v1" in {each["type"] for each in seen}
        assert region.see(who, "/support").status_code in {200, 404}
        assert SECRET in region.see(who, "/audit-trail").text
    assert region.see(region.coach, "/support").json()["last_contact_on"] == "2026-03-03"


def test_what_was_read_is_not_taken_back_and_neither_is_what_is_older(talked):
    region = talked
    entry = noted(region, region.coach, "log-contact", mode="walk", text=SECRET)
    assert region.see(region.carer, "/timeline").status_code == 200
    refused = region.say(region.coach, "undo-entry", entry=entry)
    assert "al bekeken" in refused.json()["detail"]
    old = noted(region, region.coach, "log-contact", mode="walk", text=SECRET)
    region.services.now.at += timedelta(seconds=31)
    assert "halve minuut" in region.say(region.coach, "undo-entry", entry=old).json()["detail"]


def test_work_taken_back_gives_an_employer_nothing(talked):
    region = talked
    region.services.now.at += timedelta(minutes=1)
    entry = noted(
        region,
        region.coach,
        "log-placement",
        kind="job",
        employer=region.bakery,
        title="bakker",
        contract="fixed",
        hours_per_week=16,
        starts_on="2026-03-02",
        occurred_on="2026-03-02",
    )
    noted(region, region.coach, "undo-entry", entry=entry)
    assert region.see(region.boss, "").status_code == 404
    assert region.trajectory not in set(astray(region.services.log))


def test_what_follows_from_an_entry_is_shown_with_and_without_it(talked):
    region = talked
    entry = noted(region, region.coach, "log-contact", mode="walk", text="lang gesproken")
    noted(
        region,
        region.coach,
        "record-decision",
        decision=uuid4(),
        question="Wachten we?",
        client_want="ja",
        choice="ja",
        rationale="Noor kiest",
        review_on="2026-06-01",
        based_on=[entry],
    )
    noted(region, region.coach, "transfer", organisation=region.world.organisation)
    noted(region, region.coach, "receive-handover", words="gelezen")
    answer = region.see(region.coach, f"/entries/{entry}/consequences")
    assert answer.status_code == 200, answer.text
    found = answer.json()
    assert found["entry"]["id"] == entry
    figures = {each["name"]: (each["with"], each["without"]) for each in found["figures"]}
    assert figures["contacts"] == (2, 1)
    assert figures["last_contact_on"] == ("2026-03-10", "2026-03-03")
    reminders = {each["name"]: each for each in found["reminders"]}
    assert reminders["next"]["with"]["on"] > reminders["next"]["without"]["on"]
    assert [each["names_it"] for each in found["decisions"]] == [True]
    assert [each["type"] for each in found["handovers"]] == ["handover.received.v1"]
    assert "based_on" in {each["name"] for each in found["checks"]}
    friend = region.see(region.friend, f"/entries/{entry}/consequences")
    assert friend.status_code == 404
    score = noted(region, region.client, "score-wellbeing", score=4)
    assert region.see(region.stranger, f"/entries/{score}/consequences").status_code == 404


def test_what_an_entry_does_in_the_figures_of_the_programme_is_told_too(talked):
    region = talked
    late = {"late_reason": "vergeten"}

    def figures(who, entry):
        found = region.see(who, f"/entries/{entry}/consequences")
        assert found.status_code == 200, found.text
        return {each["name"]: (each["with"], each["without"]) for each in found.json()["figures"]}

    early = noted(
        region, region.coach, "log-contact", mode="walk", occurred_on="2026-02-03", **late
    )
    assert not [name for name in figures(region.coach, early) if name.startswith("programme_")]
    where = {"programme": region.sampled(region.trajectory), "occurred_on": "2026-01-05"}
    entered = noted(region, region.coach, "enter-programme", **where, **late)
    whole = figures(region.coach, entered)
    assert whole["programme_result"] == ("still_guided", None)
    assert whole["programme_promised"] == (2, 0), "February; January was not there from its first"
    assert figures(region.coach, early)["programme_held"] == (1, 0)
    once = {"per_month": 1, "choice": "client", "occurred_on": "2026-01-20"}
    agreed = noted(region, region.client, "agree-rhythm", **once, **late)
    by_rhythm = figures(region.coach, agreed)
    assert by_rhythm["promised_per_month"] == (1, 2)
    assert by_rhythm["programme_promised"] == (1, 2)
    helping = {"employer": region.bakery, "title": "koffie", "starts_on": "2026-03-02"}
    began = noted(region, region.coach, "log-placement", kind="volunteering", **helping)
    counted = figures(region.coach, began)
    assert counted["programme_result"] == ("volunteering", "still_guided")
    assert counted["programme_rungs"] == (["volunteering"], [])
    assert "programme_held" not in counted, "a month that still runs is not counted"
    assert not [name for name in figures(region.boss, began) if name.startswith("programme_")]
    noted(region, region.client, "shield-entry", entry=early)
    assert "programme_held" not in figures(region.client, early), "it counts for nobody any more"


def test_a_request_to_erase_is_answered_by_the_privacy_officer_of_each_organisation(talked):
    region = talked
    officer = region.somebody("Fay", "Kok", Role.PRIVACY_OFFICER)
    request = uuid4()
    checked = {"checked_by": officer.person, "checked_on": "2026-03-10"}
    answer = {"request": request, "record": "care_file", "outcome": "granted", **checked}
    nothing = region.say(officer, "decide-erasure", **answer)
    assert "Dit verzoek staat er niet" in nothing.text
    claimed = Actor(officer.person, officer.role, uuid4())
    assert region.say(claimed, "decide-erasure", **answer).status_code == 404
    score = noted(region, region.client, "score-wellbeing", score=4)
    which = {"request": request, "entries": [score], "words": "graag weg"}
    noted(region, region.client, "request-erasure", **which)
    seen = region.entries(officer)
    assert "erasure.requested.v1" in {each["type"] for each in seen}
    (asked,) = [each for each in seen if each["type"] == "erasure.requested.v1"]
    assert asked["text"] == {"words": "graag weg"}
    assert not any(each["text"] for each in seen if each["category"] != "C")
    assert PUBLIC not in str(seen)
    asked = {
        who.role: each["fields"]["entries"]
        for who in (officer, region.client, region.coach)
        for each in region.entries(who)
        if each["type"] == "erasure.requested.v1"
    }
    assert asked == {officer.role: [score], Role.CLIENT: [score], Role.JOB_COACH: []}
    unchecked = {name: each for name, each in answer.items() if name not in checked}
    refused = region.say(officer, "decide-erasure", **unchecked)
    assert {each["field"] for each in refused.json()["errors"]} == checked.keys()
    refused = region.say(officer, "decide-erasure", **{**answer, "outcome": "kept_by_law"})
    assert "Leg de cliënt uit" in refused.json()["detail"]
    noted(
        region,
        officer,
        "decide-erasure",
        request=request,
        record="care_file",
        outcome="kept_by_law",
        words="twintig jaar bewaren",
        **checked,
    )
    (told,) = [
        each for each in region.entries(region.client) if each["type"] == "erasure.decided.v1"
    ]
    assert told["text"]["words"] == "twintig jaar bewaren"
    coach = region.say(region.coach, "decide-erasure", **answer)
    assert coach.status_code == 403
