"""Eigen Kracht, told whole: her order, her circle, a plan that is theirs, and what came of it."""

from __future__ import annotations

from typing import NamedTuple
from uuid import UUID, uuid4

import pytest

from domain.roles import Role
from eventlog.entry import Actor
from tests.api.region import Region

QUESTION = "Hoe vind ik werk dat bij mij past?"
CONNECTION = "Hoe kom ik weer onder de mensen?"
FREE_TIME = "Wat doe ik met mijn vrije tijd?"
DEBTS = "Hoe komen de schulden op orde?"
OWED = "drie deurwaarders en een huurachterstand"
CONFIDED = "zeg dat je namens mij belt"
MET, CALLED = "2026-02-10", "2026-03-10"


class Circle(NamedTuple):
    """Everybody around Noor, and the plan they made."""

    region: Region
    coordinator: Actor
    nephew: Actor
    neighbour: Actor
    friend: Actor
    plan: UUID

    def read(self, who: Actor):
        answer = self.region.see(who, "/eigen-kracht")
        assert answer.status_code == 200, answer.text
        return answer.json()

    def said(self, who: Actor, command: str, **body):
        return self.region.said(who, self.region.trajectory, command, **body)

    def share(self, number):
        """Share this many actions out, in turn; gives each with whose it is."""
        owners = (self.nephew, self.neighbour, self.region.friend, self.friend, self.region.client)
        actions = {uuid4(): owners[at % len(owners)] for at in range(number)}
        for at, (action, owner) in enumerate(actions.items()):
            added = {"action": action, "plan": self.plan, "person": owner.person}
            self.said(self.coordinator, "add-action", occurred_on=MET, what=f"actie {at}", **added)
        return actions


def close(region, given, family, relation):
    """Somebody whom Noor invites herself."""
    person = region.person(given, family)
    invited = {"person": person, "relation": relation}
    region.said(region.client, region.trajectory, "invite-network-member", **invited)
    return Actor(person, Role.NETWORK_MEMBER)


def ask(region):
    """Noor asks, orders her questions with the debts first, and tells nobody but her team more."""
    track, noor = region.trajectory, region.client
    region.said(noor, track, "request-eigen-kracht", proposed_by="labour_expert")
    region.said(noor, track, "set-main-question", question=QUESTION)
    for place, question in ((3, FREE_TIME), (1, DEBTS), (2, CONNECTION)):
        region.said(noor, track, "set-sub-question", place=place, question=question)
    issue = uuid4()
    region.said(noor, track, "raise-issue", issue=issue, kind="debt", words=OWED)
    region.said(noor, track, "order-issues", order=[issue])
    region.said(region.coach, track, "plan-issue", issue=issue, plan=f"eerst {OWED}")


@pytest.fixture
def circle(own_region):
    """The circle met and adopted a plan; it holds no actions yet."""
    region = own_region
    ask(region)
    nephew = close(region, "Daan", "van den Berg", "family")
    neighbour = close(region, "Ria", "Postma", "neighbour")
    friend = close(region, "Mila", "Kaya", "friend")
    mo = region.somebody("Mo", "Yildiz", Role.EK_COORDINATOR)
    track, plan = region.trajectory, uuid4()
    region.said(region.client, track, "appoint-coordinator", person=mo.person)
    region.said(mo, track, "log-conference", occurred_on=MET)
    adopt = {"plan": plan, "text": "Eerst de post, dan werk", "occurred_on": MET}
    look_back = {"evaluate_on": "2026-06-01", "if_otherwise": "Daan belt iedereen"}
    region.said(mo, track, "adopt-plan", **adopt, **look_back)
    return Circle(region, mo, nephew, neighbour, friend, plan)


def own_part(circle, who):
    """What somebody sees who sees of the plan only what they took on: how many actions."""
    seen = circle.read(who)
    assert seen["main_question"] is None
    assert seen["sub_questions"] == []
    assert "completion" not in seen
    (plan,) = seen["plans"]
    assert plan["adopted"] is None
    assert "completion" not in plan
    owners = {each["entry"]["fields"]["person"] for each in plan["actions"]}
    assert owners == {str(who.person)}
    return len(plan["actions"])


def test_her_order_stands_and_private_time_leaves_no_entry(own_region):
    region = own_region
    ask(region)
    seen = region.see(region.client, "/eigen-kracht").json()
    assert seen["main_question"]["text"] == {"question": QUESTION}
    asked = [each["text"]["question"] for each in seen["sub_questions"]]
    assert asked == [DEBTS, CONNECTION, FREE_TIME]
    assert seen["completion"] == {"done": 0, "of": 0, "percent": None}

    mo = region.somebody("Mo", "Yildiz", Role.EK_COORDINATOR)
    track, plan = region.trajectory, uuid4()
    region.said(region.client, track, "appoint-coordinator", person=mo.person)
    before = region.count()
    conference = {"conference": uuid4(), "occurred_on": MET}
    for words in ("text", "words", "late_reason", "private_time"):
        answer = region.say(mo, "log-conference", **conference, **{words: "zij huilde"})
        assert answer.status_code == 422, words
    assert region.count() == before
    region.said(mo, track, "log-conference", **conference)
    region.said(mo, track, "adopt-plan", plan=plan, conference=conference["conference"])
    assert region.count() == before + 2
    region.said(mo, track, "log-conference", **conference)
    assert region.count() == before + 2


def test_of_fifty_actions_thirty_nine_done_is_78_percent_and_dropping_changes_nothing(circle):
    actions = circle.share(50)
    shared = list(actions.items())
    for action, owner in shared[:39]:
        circle.said(owner, "finish-action", action=action)
    whole = {"done": 39, "of": 50, "percent": 78.0}
    assert circle.read(circle.region.client)["completion"] == whole
    for action, _ in shared[39:42]:
        circle.said(circle.coordinator, "drop-action", action=action, words="hoeft niet meer")
    seen = circle.read(circle.coordinator)
    assert seen["completion"] == whole
    (plan,) = seen["plans"]
    assert plan["completion"] == whole
    assert plan["adopted"]["text"]["if_otherwise"] == "Daan belt iedereen"
    stands = [each["status"] for each in plan["actions"]]
    assert [stands.count(each) for each in ("done", "dropped", "open")] == [39, 3, 8]
    assert {each["label"] for each in plan["actions"]} == {"gedaan", "gaat niet door", "staat open"}
    owners = [UUID(each["entry"]["fields"]["person"]) for each in plan["actions"]]
    assert owners == [each.person for each in actions.values()]


def test_of_a_plan_of_nine_seven_done_is_77_8_percent_also_beside_another(circle):
    circle.share(1)
    noor = circle.region.client
    circle.said(noor, "evaluate-plan", plan=circle.plan, new_conference=True, words="het hielp")
    second = uuid4()
    circle.said(noor, "adopt-plan", plan=second)
    for number in range(9):
        action = uuid4()
        mine = {"action": action, "plan": second, "person": noor.person, "what": "solliciteren"}
        circle.said(noor, "add-action", **mine)
        if number < 7:
            circle.said(noor, "finish-action", action=action)
    seen = circle.read(noor)
    assert [each["completion"]["percent"] for each in seen["plans"]] == [0.0, 77.8]
    assert seen["completion"] == {"done": 7, "of": 10, "percent": 70.0}


def test_the_nephew_sees_his_actions_and_with_her_permission_the_plan_but_no_debts(circle):
    region, nephew = circle.region, circle.nephew

    actions = circle.share(10)
    assert own_part(circle, nephew) == 2
    permission = uuid4()
    circle.said(
        region.client,
        "grant-permission",
        permission=permission,
        recipient=nephew.person,
        recipient_kind="person",
        purpose="close_by",
        categories=["N"],
        legal_basis="consent",
    )
    (plan,) = circle.read(nephew)["plans"]
    assert len(plan["actions"]) == 10
    assert plan["adopted"]["text"]["text"] == "Eerst de post, dan werk"
    assert plan["completion"] == {"done": 0, "of": 10, "percent": 0.0}
    assert OWED in region.see(region.client, "/timeline").text
    for what in ("", "/timeline", "/eigen-kracht"):
        assert OWED not in region.see(nephew, what).text
    others = next(action for action, owner in actions.items() if owner != nephew)
    assert region.say(nephew, "finish-action", action=others).status_code == 422
    circle.said(region.client, "withdraw-permission", permission=permission)
    assert own_part(circle, nephew) == 2


def test_who_has_no_part_in_it_finds_nothing_there(circle):
    region = circle.region
    region.sampled(region.trajectory)
    for who in (region.coach, region.carer, region.boss, region.stranger):
        hidden = region.see(who, "/eigen-kracht")
        missing = region.get(who, f"trajectories/{uuid4()}/eigen-kracht")
        assert hidden.status_code == 404, who.role
        assert hidden.content == missing.content


def test_an_auditor_is_told_how_much_is_done_and_nothing_of_what(circle):
    region = circle.region
    region.sampled(region.trajectory)
    told = region.see(region.auditor, "/eigen-kracht").json()
    assert told.keys() == {"trajectory", "completion"}
    assert told["completion"] == region.see(region.client, "/eigen-kracht").json()["completion"]


def test_a_read_of_the_plan_is_told_to_her(circle):
    region = circle.region
    circle.read(circle.neighbour)
    assert "het Eigen Kracht-plan" in region.see(region.client, "/access").text


def test_the_call_after_four_weeks_ends_what_the_coordinator_may_read(circle):
    region, mo = circle.region, circle.coordinator
    (action,) = circle.share(1)
    circle.read(mo)
    circle.said(mo, "log-four-week-call", words="Het loopt", occurred_on=CALLED)
    for what in ("", "/timeline", "/audit-trail", "/eigen-kracht"):
        assert region.see(mo, what).status_code == 404, what
    assert region.say(mo, "finish-action", action=action).status_code == 404
    assert circle.read(region.client)["completion"]["of"] == 1


def test_a_lead_of_the_circle_becomes_a_contact_and_then_a_job(circle):
    region, lead = circle.region, uuid4()
    offer = {"lead": lead, "employer": region.bakery, "ask_for": CONFIDED}
    circle.said(region.friend, "offer-lead", **offer)
    contact = {"employer": region.bakery, "mode": "on_site", "lead": lead}
    circle.said(region.coach, "log-employer-contact", **contact)
    circle.said(
        region.coach,
        "log-placement",
        kind="job",
        employer=region.bakery,
        title="broodbakker",
        starts_on="2026-03-09",
        hours_per_week=16,
        contract="fixed",
    )
    told = region.entries(region.client, categories="E,F")
    assert [each["type"] for each in told] == [
        *("employer.contacted.v1", "lead.offered.v1", "job.started.v1")
    ]
    assert told[0]["fields"]["lead"] == str(lead)
    assert CONFIDED in region.see(region.coach, "/timeline", categories="E").text
    assert CONFIDED not in region.see(region.client, "/timeline", categories="E").text
    assert "employed" in [each["stage"] for each in region.see(region.client).json()["stages"]]


def test_how_it_was_for_her_is_hers_to_say_and_to_show(circle):
    region = circle.region
    answers = {"about": "ek_plan", "heard": "yes", "understood": "yes", "helped": "partly"}
    circle.said(region.client, "give-experience", **answers)
    (told,) = region.entries(region.client, categories="I")
    assert {name: told["fields"][name] for name in answers} == answers
    for who in (region.coach, region.carer, circle.coordinator):
        assert "experience.given.v1" not in region.see(who, "/timeline").text
        assert region.say(who, "give-experience", **answers).status_code == 403, who.role


def test_the_labour_expert_says_so_too_about_the_plan_alone_and_she_reads_both(circle):
    region = circle.region
    wil = region.somebody("Wil", "Maas", Role.LABOUR_EXPERT)
    member = {"person": wil.person, "role": "labour_expert", "organisation": wil.organisation}
    circle.said(region.coach, "add-team-member", **member)
    hers = {"about": "ek_plan", "heard": "yes", "understood": "yes", "helped": "partly"}
    theirs = {"about": "ek_plan", "understood": "yes", "helped": "yes"}
    circle.said(region.client, "give-experience", **hers)
    circle.said(wil, "give-experience", **theirs)
    told = {each["by"]["name"]: each for each in region.entries(region.client, categories="I")}
    assert set(told) == {"Noor van den Berg", "Wil Maas"}
    assert told["Wil Maas"]["sentence"] == (
        "Vertelde hoe het was (het Eigen Kracht-plan); begrepen: ja; geholpen: ja"
    )
    assert hers.items() <= told["Noor van den Berg"]["fields"].items()
    assert theirs.items() <= told["Wil Maas"]["fields"].items()
    assert "experience.given.v1" not in region.see(wil, "/timeline").text, "hers is hers to show"
    about_her = region.say(wil, "give-experience", about="trajectory", heard="yes")
    assert about_her.status_code == 422
    assert "een arbeidsdeskundige alleen over een Eigen Kracht-plan" in about_her.text
