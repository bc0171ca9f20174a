"""What the team promised stands on a list of who can keep it: answers, looking back, watching."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import uuid4

import pytest

from domain.roles import Role
from domain.rules.people import EndRole, GiveRole, RegisterOrganisation
from eventlog.entry import Actor
from tests.api.test_help import outside

CHOICE = {
    "question": "Wachten we met zoeken?",
    "client_want": "meteen beginnen",
    "choice": "drie maanden wachten",
    "rationale": "eerst rust",
    "review_on": "2026-03-12",
}
PROMISED = "Wij beloofden op 12 maart 2026 samen terug te kijken op een keuze"


def on(region, monkeypatch, day):
    moment = datetime(2026, 3, day, 9, tzinfo=UTC)
    monkeypatch.setattr(region.services.handler, "now", lambda: moment)


def due(region, who):
    found = region.get(who, "today").json()["due"]
    return [each for each in found if each["trajectory"] == str(region.trajectory)]


def case(region, who):
    found = region.get(who, "caseload").json()["cases"]
    return next(each for each in found if each["trajectory"] == str(region.trajectory))


def test_a_choice_to_look_back_on_is_on_the_teams_lists_until_they_did(own_region, monkeypatch):
    region, decision = own_region, uuid4()
    made = region.say(region.coach, "record-decision", **CHOICE, decision=decision)
    assert made.status_code == 201, made.text
    on(region, monkeypatch, 11)
    assert due(region, region.coach) == []
    assert region.see(region.coach, "/support").json()["reviews"] == []
    on(region, monkeypatch, 14)
    told = [{"decision": str(decision), "on": "2026-03-12", "why": PROMISED}]
    for who in (region.coach, region.carer):
        (line,) = due(region, who)
        assert line["reviews"] == told
        assert region.see(who, "/support").json()["reviews"] == told
        assert case(region, who)["reviews"] == told
    lead = region.somebody("Lia", "Bos", Role.TEAM_LEAD)
    assert "reviews" not in case(region, lead), "choices are not in a team lead's column"
    region.say(region.client, "leave-in-peace", until="2026-03-20")
    assert due(region, region.coach) == []
    assert "reviews" not in case(region, region.coach)
    region.say(region.client, "welcome-contact")
    assert len(due(region, region.coach)) == 1
    region.say(region.coach, "review-decision", decision=decision, outcome="kept")
    assert due(region, region.coach) == []


def test_nobody_is_asked_to_try_again_in_a_pause_without_talks(own_region, monkeypatch):
    region = own_region
    region.say(region.coach, "log-contact", mode="phone", worked_out=False)
    on(region, monkeypatch, 28)
    (line,) = due(region, region.coach)
    assert line["next"]["why"].endswith("Geen gehoor: nog hoogstens twee keer proberen")
    paused = region.say(region.client, "pause", wish="client", per_month=0)
    assert paused.status_code == 201, paused.text
    assert due(region, region.coach) == []
    missed = region.say(region.coach, "log-contact", mode="phone", worked_out=False)
    assert missed.status_code == 201, missed.text
    on(region, monkeypatch, 31)
    assert due(region, region.coach) == []
    assert case(region, region.coach)["next"] is None


def test_the_count_of_a_caseload_leaves_out_whose_door_stays_open_and_who_is_closed(own_region):
    region = own_region

    def count(who=region.coach):
        found = region.get(who, "caseload").json()
        return found["count"], len(found["cases"])

    before, listed = count()
    assert before == listed > 0
    region.said(region.coach, region.trajectory, "leave-door-open")
    assert count() == (before - 1, listed)
    region.said(region.client, region.trajectory, "re-enter", channel="self")
    assert count() == (before, listed)
    region.said(region.coach, region.trajectory, "close-trajectory", reason="client_wish")
    assert count() == (before - 1, listed)


def test_a_signal_prompts_who_may_answer_it_though_the_rest_is_not_theirs(own_region, monkeypatch):
    region = own_region
    outside(region)
    region.say(region.client, "signal-setback", setback=uuid4(), words="het is te veel")
    on(region, monkeypatch, 10)
    assert region.see(region.carer, "/support").status_code == 404, "E, F and H ask a permission"
    on(region, monkeypatch, 11)
    (line,) = due(region, region.carer)
    assert line["next"]["why"].startswith("Even niet goed: wij beloofden een reactie")
    assert line["next"]["on"] == "2026-03-11"
    assert not {"silence_days", "last_contact_on", "next_employer", "quiet"} & line.keys()
    assert case(region, region.carer)["next"] == line["next"]
    region.say(region.carer, "answer-setback", setback=setback_of(region))
    assert due(region, region.carer) == []
    assert "next" not in case(region, region.carer)


def setback_of(region):
    found = [e for e in region.entries(region.carer) if e["type"] == "setback.signalled.v1"]
    return found[0]["fields"]["setback"]


@pytest.fixture
def watched(own_region):
    for score in (8, 6, 4):
        own_region.say(own_region.client, "score-wellbeing", score=score)
    return own_region


def permit(region, who):
    given = region.say(
        region.client,
        "grant-permission",
        recipient=who.person,
        recipient_kind="person",
        purpose="care",
        categories=["I"],
        legal_basis="consent",
    )
    assert given.status_code == 201, given.text


def test_who_asks_to_watch_hears_who_can(watched):
    region = watched
    asked = region.say(region.client, "ask-to-watch")
    assert asked.status_code == 201, asked.text
    assert asked.json()["watch"]["told"].startswith("Nog niemand van je team kan je cijfers lezen.")
    assert "Geef daarvoor toestemming" in region.see(region.client, "/wellbeing").json()["read_by"]
    permit(region, region.friend)
    told = region.see(region.client, "/wellbeing").json()["read_by"]
    assert "Nog niemand van je team" in told
    permit(region, region.coach)
    again = region.say(region.client, "ask-to-watch")
    assert again.status_code == 200
    assert again.json()["watch"]["told"].startswith("Dit kan je cijfers lezen: Sam de Wit")
    assert "Nog niemand" not in again.json()["watch"]["told"]
    assert "read_by" not in region.see(region.coach, "/wellbeing").json()


def test_a_falling_line_is_a_signal_to_who_may_read_it_while_it_is_watched(watched):
    region = watched

    def falling(who):
        return region.see(who, "/support").json()["falling"]

    permit(region, region.coach)
    assert falling(region.coach) is None, "nobody asked to watch"
    region.say(region.client, "ask-to-watch")
    assert falling(region.coach) == "Een dalende lijn: -2,0 per keer"
    assert falling(region.carer) is None, "no permission"
    region.say(region.client, "stop-watching")
    assert falling(region.coach) is None


def test_the_client_is_asked_how_things_are_as_often_as_they_chose(own_region, monkeypatch):
    region = own_region

    def asked(who=region.client, language="nl"):
        path = f"trajectories/{region.trajectory}/wellbeing"
        found = region.get(who, path, {"Accept-Language": language}).json()
        return found["next_question_on"], found["question"]

    assert asked() == (None, None), "whether we ask is theirs to choose"
    chosen = region.say(region.client, "choose-wellbeing-rhythm", every_weeks=2)
    assert chosen.status_code == 201, chosen.text
    on_that_day, question = asked()
    assert (on_that_day, "gelukkig mens" in question) == ("2026-03-10", True)
    assert "happy person" in asked(language="en")[1]
    region.say(region.client, "score-wellbeing", score=6)
    assert asked() == ("2026-03-24", None)
    on(region, monkeypatch, 24)
    assert asked() == ("2026-03-24", question)
    permit(region, region.coach)
    assert "next_question_on" not in region.see(region.coach, "/wellbeing").json()
    region.say(region.client, "stop-wellbeing-question")
    assert asked() == (None, None)


def test_a_rising_line_raises_nothing(own_region):
    region = own_region
    for score in (4, 6, 8):
        region.say(region.client, "score-wellbeing", score=score)
    region.say(region.client, "ask-to-watch")
    permit(region, region.coach)
    assert region.see(region.coach, "/wellbeing").json()["slope"] == 2.0
    assert region.see(region.coach, "/support").json()["falling"] is None


def test_what_is_of_a_former_employer_does_not_end_the_list(own_region, monkeypatch):
    """A place stands until the team ends it: a page that it fills is not the last one."""
    region, there, second = own_region, uuid4(), uuid4()
    before = region.world.organisation
    region.world.operator(there, RegisterOrganisation(name="GGZ Zuid", kind="care"))
    coach = Actor(region.coach.person, Role.JOB_COACH, there)
    region.world.operator(coach.person, GiveRole(role=coach.role, organisation=there))
    client = region.person("Anna", "Smit")
    region.said(coach, second, "refer", client=client, channel="self", organisation=str(there))
    signal = region.say(region.client, "signal-setback")  # so that the other is due first
    assert signal.status_code == 201, signal.text
    on(region, monkeypatch, 28)

    def first():
        region.projector.catch_up()
        return [each["trajectory"] for each in region.get(coach, "today", limit=1).json()["due"]]

    assert first() == [str(region.trajectory)]
    region.world.operator(coach.person, EndRole(role=coach.role, organisation=before))
    assert first() == [str(second)]
