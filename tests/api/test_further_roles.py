"""Over HTTP: the further roles, what a mandate opens, and how much is shared with who is close."""

from __future__ import annotations

from uuid import uuid4

import pytest

from domain.roles import Role
from domain.rules.people import EndRole, GiveRole, RegisterOrganisation
from domain.rules.team import AddTeamMember
from eventlog.entry import Actor

SECRET = "over zijn zus"


@pytest.fixture
def told(own_region):
    """A contact, a score and a worry, each with words."""
    region = own_region
    region.said(region.coach, region.trajectory, "log-contact", mode="phone", text=SECRET)
    region.said(region.client, region.trajectory, "score-wellbeing", score=4, words=SECRET)
    region.said(region.client, region.trajectory, "signal-setback", words=SECRET)
    return region


def member(region, role, given="Bram", **at):
    """Let the coach add somebody to the team in this role."""
    who = region.somebody(given, "Kuiper", role)
    region.said(
        region.coach,
        region.trajectory,
        "add-team-member",
        person=who.person,
        role=role.value,
        organisation=region.world.organisation,
        **at,
    )
    return who


def categories(region, who):
    return {each["category"] for each in region.entries(who)}


def test_a_team_lead_reads_what_a_caseload_is_made_of_and_no_words(told):
    lead = told.somebody("Leonie", "Vos", Role.TEAM_LEAD)
    assert categories(told, lead) == {"A", "B", "H"}
    assert SECRET not in told.see(lead, "/timeline").text
    (case,) = [
        each
        for each in told.get(lead, "caseload").json()["cases"]
        if each["trajectory"] == str(told.trajectory)
    ]
    assert case["name"] == "Noor van den Berg"
    assert "open_setbacks" not in case
    assert told.see(lead, "/support").status_code == 404


def test_a_team_lead_elsewhere_hears_of_nothing(told):
    elsewhere = uuid4()
    told.world.operator(elsewhere, RegisterOrganisation(name="GGZ Zuid", kind="care"))
    lead = Actor(told.person("Ad", "Vos"), Role.TEAM_LEAD, elsewhere)
    told.world.operator(lead.person, GiveRole(role=Role.TEAM_LEAD, organisation=elsewhere))
    assert told.see(lead).status_code == 404
    assert told.get(lead, "caseload").json()["cases"] == []


def test_the_file_of_a_coach_who_left_asks_for_somebody_until_a_colleague_goes_on(told):
    lead = told.somebody("Leonie", "Vos", Role.TEAM_LEAD)

    def asked(who):
        (case,) = [
            each
            for each in told.get(who, "caseload").json()["cases"]
            if each["trajectory"] == str(told.trajectory)
        ]
        return case.get("needs_somebody")

    assert (asked(lead), asked(told.carer)) == (None, None)
    where = told.world.organisation
    told.world.operator(told.coach.person, EndRole(role=Role.JOB_COACH, organisation=where))
    told.projector.catch_up()
    assert asked(lead) == "De jobcoach werkt hier niet meer. Wie gaat er verder?"
    assert asked(told.carer) == asked(lead)
    english = told.get(lead, "caseload", {"Accept-Language": "en"}).text
    assert "The job coach no longer works here. Who goes on?" in english
    assert "werkt hier niet meer" not in told.see(told.client).text
    goes_on = AddTeamMember(person=told.stranger.person, role=Role.JOB_COACH, organisation=where)
    told.world.operator(told.trajectory, goes_on)
    told.projector.catch_up()
    assert (asked(lead), asked(told.stranger)) == (None, None)


def test_a_privacy_officer_reads_permissions_by_name_and_all_else_without(told):
    officer = told.somebody("Guus", "Blom", Role.PRIVACY_OFFICER)
    told.said(told.friend, told.trajectory, "join-network", person=told.friend.person)
    told.said(
        told.client,
        told.trajectory,
        "grant-permission",
        recipient=told.friend.person,
        recipient_kind="person",
        purpose="close_by",
        categories=["B"],
        legal_basis="consent",
        words="omdat zij mij kent",
    )
    entries = told.entries(officer)
    (permitted,) = [each for each in entries if each["category"] == "C"]
    assert "Els Smit mag lezen" in permitted["sentence"]
    assert permitted["by"]["name"] == "Noor van den Berg"
    assert permitted["text"] == {"words": "omdat zij mij kent"}
    others = [each for each in entries if each["category"] != "C"]
    for each in others:
        assert not any(name in str(each) for name in ("Noor", "Sam", "Els Smit", SECRET))
        assert str(told.client.person) not in str(each)
    assert told.say(officer, "log-contact", mode="phone").status_code == 403


def test_a_benefits_adviser_has_the_advice_and_when_somebody_came(told):
    adviser = member(told, Role.BENEFITS_ADVISER)
    assert categories(told, adviser) == {"B"}
    told.said(
        adviser,
        told.trajectory,
        "note-counselling",
        given_by="adviser",
        qualified=True,
        words="let op",
    )
    assert categories(told, adviser) == {"B", "M"}
    assert "Noor" not in told.see(adviser, "/timeline").text


def test_a_labour_expert_is_let_in_as_a_client_manager_is(told):
    expert = member(told, Role.LABOUR_EXPERT, "Wil")
    assert categories(told, expert) == {"A", "B"}
    assert told.say(expert, "log-contact", mode="phone").status_code == 403
    said = told.say(expert, "give-experience", about="ek_plan", heard="yes")
    assert said.status_code == 201, said.text


def test_a_peer_worker_reads_support_when_the_client_lets_them(told):
    worker = member(told, Role.PEER_WORKER, "Floor")
    assert categories(told, worker) == {"A"}
    told.said(
        told.client,
        told.trajectory,
        "grant-permission",
        recipient=worker.person,
        recipient_kind="person",
        purpose="keep_work",
        categories=["H"],
        legal_basis="consent",
    )
    found = {each["type"]: each for each in told.entries(worker)}
    assert found["support.contact.v1"]["text"]["text"] == SECRET
    assert told.say(worker, "log-contact", mode="phone").status_code == 201


@pytest.fixture
def mandated(told):
    """Somebody who represents the client in what is about work and support."""
    truus = Actor(told.person("Truus", "Bakker"), Role.LEGAL_REPRESENTATIVE)
    mandate = uuid4()
    told.said(
        told.coach,
        told.trajectory,
        "note-mandate",
        mandate=mandate,
        person=truus.person,
        kind="mentorship",
        categories=["D", "H"],
        decided_on="2026-01-05",
    )
    return told, truus, mandate


def test_who_represents_the_client_reads_and_records_what_the_mandate_names(mandated):
    region, truus, mandate = mandated
    assert categories(region, truus) == {"C", "H"}
    assert SECRET in region.see(truus, "/timeline").text
    wish = region.say(truus, "express-work-wish", words="met dieren", wants=["paid"])
    assert wish.status_code == 201, wish.text
    assert region.say(truus, "score-wellbeing", score=5).status_code == 403
    assert region.say(truus, "pause", words="rust").status_code == 403
    assert str(region.trajectory) in region.get(truus, "me").json()["trajectories"]
    region.said(region.coach, region.trajectory, "end-mandate", mandate=mandate)
    assert region.see(truus).status_code == 404
    assert region.say(truus, "express-work-wish", words="x", wants=["paid"]).status_code == 404


def test_a_look_by_mandate_is_told_to_the_client_by_name(mandated):
    region, truus, _ = mandated
    region.see(truus, "/timeline")
    ((told,),) = [
        [each for each in day["looks"] if each["role"] == "legal_representative"]
        for day in region.see(region.client, "/access").json()["days"]
    ]
    assert (told["who"], told["basis"]) == ("Truus Bakker", "mandate")


def test_the_client_chooses_how_much_somebody_close_sees_and_notes(told):
    friend = told.friend
    told.said(
        told.client,
        told.trajectory,
        "grant-permission",
        recipient=friend.person,
        recipient_kind="person",
        purpose="close_by",
        categories=["B"],
        legal_basis="consent",
    )
    worry = {"words": "ik maak me zorgen"}
    assert "B" in categories(told, friend)
    assert told.say(friend, "signal-setback", **worry).status_code == 201
    for share, sees, notes in (
        ("reads_along", True, 403),
        ("own_actions", False, 403),
        ("may_note", True, 201),
    ):
        told.said(
            told.client,
            told.trajectory,
            "choose-network-share",
            person=friend.person,
            share=share,
        )
        assert ("B" in categories(told, friend)) == sees
        assert told.say(friend, "signal-setback", **worry).status_code == notes
    refused = told.say(friend, "choose-network-share", person=friend.person, share="may_note")
    assert refused.status_code == 403
    told.said(told.client, told.trajectory, "remove-network-member", person=friend.person)
    assert told.see(friend).status_code == 404
