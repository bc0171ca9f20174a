"""'Wie mag wat zien': every sharing in a plain sentence, with what stops it."""

from __future__ import annotations

import re
from uuid import uuid4

import pytest

from domain.roles import Role
from domain.rules.people import GiveRole, RegisterOrganisation


@pytest.fixture
def shared(own_region):
    """One sharing of each kind."""
    region = own_region
    joins = {"person": region.friend.person}
    region.said(region.friend, region.trajectory, "join-network", **joins)
    job = uuid4()
    region.said(
        region.coach,
        region.trajectory,
        "log-placement",
        placement=job,
        kind="job",
        employer=region.bakery,
        title="bakker",
        starts_on="2026-03-02",
        contract="fixed",
    )
    region.said(
        region.client,
        region.trajectory,
        "grant-permission",
        recipient=region.friend.person,
        recipient_kind="person",
        purpose="close_by",
        categories=["B", "I"],
        legal_basis="consent",
        until="2026-06-01",
    )
    region.said(
        region.client,
        region.trajectory,
        "agree-disclosure",
        employer=region.bakery,
        told_by="together",
        topics=["job_coach", "needed_at_work"],
        wording="Ik werk graag rustig.",
    )
    region.said(
        region.client,
        region.trajectory,
        "note-mandate",
        person=region.person("Truus", "Bakker"),
        kind="power_of_attorney",
        categories=["M"],
    )
    region.sampled(region.trajectory)
    return region


def lines(region, who=None):
    answer = region.see(who or region.client, "/sharing")
    assert answer.status_code == 200, answer.text
    return answer.json()["sharing"]


def of(region, kind):
    return [each for each in lines(region) if each["kind"] == kind]


def test_every_kind_of_sharing_is_listed(shared):
    kinds = {each["kind"] for each in lines(shared)}
    assert kinds == {
        *("team", "network", "permission", "disclosure", "mandate"),
        *("employer", "role", "sample"),
    }


WHY = {
    "job_coach": ("werk vinden en houden", "het hoort bij de behandeling (behandelovereenkomst)"),
    "care_worker": ("zorg", "het hoort bij de behandeling (behandelovereenkomst)"),
    "network_member": ("steun van dichtbij", "toestemming"),
    "legal_representative": ("jou vertegenwoordigen", "toestemming"),
    "team_lead": (
        "het werk van het team begeleiden",
        "het hoort bij de behandeling (behandelovereenkomst)",
    ),
    "privacy_officer": ("bewaken wie wat leest", "het moet van de wet (wettelijke plicht)"),
    "auditor": ("terugkijken door een auditor", "het moet van de wet (wettelijke plicht)"),
}
WHY_WITHOUT_A_ROLE = {
    "permission": ("steun van dichtbij", "toestemming"),
    "disclosure": ("werk houden", "toestemming"),
    "employer": ("werk houden", "het hoort bij wat is afgesproken (overeenkomst)"),
}


def test_every_sharing_tells_its_purpose_and_its_ground_in_law(shared):
    stands_in = shared.somebody("Jo", "Aarts", Role.JOB_COACH)
    shared.said(
        shared.coach,
        shared.trajectory,
        "arrange-cover",
        coach=shared.coach.person,
        person=stands_in.person,
        organisation=stands_in.organisation,
        starts_on=shared.services.today().isoformat(),
        ends_on="2026-03-31",
    )
    found = {
        (each["kind"], each["role"]): (each["purpose"], each["legal_basis"])
        for each in lines(shared)
    }
    assert {role or kind for kind, role in found} == WHY.keys() | WHY_WITHOUT_A_ROLE.keys()
    assert ("cover", "job_coach") in found
    for (kind, role), why in found.items():
        assert why == (WHY[role] if role else WHY_WITHOUT_A_ROLE[kind]), (kind, role)
    for each in lines(shared):
        said = f"Doel: {each['purpose']}. Grond: {each['legal_basis']}."
        assert said in each["sentence"]


def client_manager(region, sort):
    """Put a client manager of such an organisation on the team."""
    at, ank = uuid4(), region.person("Ank", "Bos")
    there = {"role": "client_manager", "organisation": str(at)}
    region.world.operator(at, RegisterOrganisation(name="Haren", kind=sort))
    region.world.operator(ank, GiveRole(**there))
    region.said(region.coach, region.trajectory, "add-team-member", person=ank, **there)
    return ank


@pytest.mark.parametrize(
    ("sort", "basis"),
    [
        ("municipality", "een taak die in de wet staat (publieke taak)"),
        ("uwv", "een taak die in de wet staat (publieke taak)"),
        ("social_firm", "een taak die in de wet staat (publieke taak)"),
        ("reintegration", "een taak die in de wet staat (publieke taak)"),
        ("care", "het hoort bij de behandeling (behandelovereenkomst)"),
        ("other", "toestemming"),
    ],
)
def test_the_ground_goes_by_the_sort_of_organisation(own_region, sort, basis):
    region = own_region
    client_manager(region, sort)
    (line,) = (each for each in of(region, "team") if each["role"] == "client_manager")
    assert (line["purpose"], line["legal_basis"]) == ("inkomen regelen", basis)


@pytest.mark.parametrize("sort", ["municipality", "uwv"])
def test_what_the_client_sends_rests_on_that_act_and_on_no_task_of_the_reader(own_region, sort):
    region = own_region
    ank = client_manager(region, sort)
    contact = {"mode": "walk", "text": "langs de haven"}
    (entry,) = region.said(region.coach, region.trajectory, "log-contact", **contact)["entries"]
    one, other = uuid4(), uuid4()
    region.said(
        region.client, region.trajectory, "send-entry", sending=one, entry=entry, recipient=ank
    )
    (line,) = of(region, "sent")
    assert line["sentence"].startswith(
        "Je stuurde Ank Bos één notitie. Die ziet Ank Bos, en verder niets van die soort. "
        "Doel: wat je zelf wilt laten weten. Grond: toestemming. Vanaf 10 maart 2026."
    )
    assert "een taak die in de wet staat (publieke taak)" not in line["sentence"]
    assert "meteen niet meer" in line["stop"]["told"]
    (team,) = (each for each in of(region, "team") if each["role"] == "client_manager")
    assert team["legal_basis"] == "een taak die in de wet staat (publieke taak)", (
        "of the rest it stays that"
    )
    region.said(region.client, region.trajectory, "stop-sending-entry", sending=one)
    assert of(region, "sent") == []
    asked = {"sending": other, "entry": entry, "recipient": ank, "purpose": "income"}
    region.said(region.client, region.trajectory, "send-entry", **asked)
    (line,) = of(region, "sent")
    assert (line["purpose"], line["legal_basis"]) == ("inkomen regelen", "toestemming")


def test_a_permission_is_told_with_purpose_ground_days_and_how_to_stop_it(shared):
    (line,) = of(shared, "permission")
    assert line["sentence"] == (
        "Je geeft Els Smit toestemming. Het gaat over: aanmelding en verloop, hoe het gaat. "
        "Doel: steun van dichtbij. Grond: toestemming. Vanaf 10 maart 2026. "
        "Tot en met 1 juni 2026."
    )
    assert (line["since"], line["until"]) == ("2026-03-10", "2026-06-01")
    assert line["stop"]["told"].startswith("Je kunt dit elke dag stoppen.")
    stopped = shared.say(shared.client, line["stop"]["command"], **line["stop"]["body"])
    assert stopped.status_code == 201
    assert of(shared, "permission") == []


def test_who_is_close_sees_what_the_gate_lets_them(shared):
    (line,) = of(shared, "network")
    assert line["sentence"].startswith(
        "Je vroeg Els Smit om mee te doen: leest mee en mag iets noteren."
    )
    assert line["sees"] == ["aanmelding en verloop", "hoe het gaat"]
    shared.said(
        shared.client,
        shared.trajectory,
        "choose-network-share",
        person=shared.friend.person,
        share="own_actions",
    )
    (line,) = of(shared, "network")
    assert "ziet alleen de eigen acties" in line["sentence"]
    assert line["sees"] == []
    assert (line["purpose"], line["legal_basis"]) == ("steun van dichtbij", "toestemming")
    stopped = shared.say(shared.client, line["stop"]["command"], **line["stop"]["body"])
    assert stopped.status_code == 201
    assert of(shared, "network") == []


def test_the_team_is_listed_with_what_each_sees_by_the_matrix(shared):
    told = {each["role"]: each for each in of(shared, "team")}
    assert set(told) == {Role.JOB_COACH, Role.CARE_WORKER}
    assert told["care_worker"]["who"] == "Bo Öztürk"
    assert "zorg" in told["care_worker"]["sees"]
    assert "hoe het gaat" not in told["care_worker"]["sees"]
    assert told["care_worker"]["stop"]["command"] is None


def test_an_employer_a_disclosure_and_a_mandate_are_told_in_words_of_work(shared):
    (job,) = of(shared, "employer")
    assert job["sentence"].startswith(
        "Bakkerij De Gouden Korst ziet van je werk daar wat er is afgesproken"
    )
    (told,) = of(shared, "disclosure")
    assert told["purpose"] == "werk houden"
    assert told["legal_basis"] == "toestemming"
    assert "Het gaat over: dat er een jobcoach meedenkt, wat helpt op het werk." in told["sentence"]
    assert told["sees"] == [], "an employer is told, and reads nothing of it"
    (mandate,) = of(shared, "mandate")
    assert mandate["sentence"].startswith("Truus Bakker vertegenwoordigt je (volmacht).")
    for line in (told, mandate):
        stopped = shared.say(shared.client, line["stop"]["command"], **line["stop"]["body"])
        assert stopped.status_code == 201
    assert of(shared, "disclosure") == of(shared, "mandate") == []


def test_who_comes_in_by_their_work_is_told_by_organisation_and_role(shared):
    roles = {each["role"] for each in of(shared, "role")}
    assert roles == {"team_lead", "privacy_officer"}
    (sample,) = of(shared, "sample")
    assert sample["who"] is None
    assert "zonder je naam" in sample["sentence"]
    assert "leest die alleen als jij dat goedvindt" in sample["sentence"]
    assert "Jansen" not in shared.see(shared.client, "/sharing").text


def permitted(region, recipient, *categories):
    return region.say(
        region.client,
        "grant-permission",
        recipient=recipient,
        recipient_kind="person",
        purpose="income",
        categories=categories,
        legal_basis="consent",
    )


def test_what_no_permission_opens_is_refused_and_told_as_closed(own_region):
    """Nothing of E and H for the municipality, also not by permission (reference 0.1)."""
    region = own_region
    ank = region.person("Ank", "Bos")
    assert permitted(region, ank, "F", "H").status_code == 201, "in which role is not known yet"
    (line,) = of(region, "permission")
    assert line["sees"] == ["werk en uren", "steuncontacten"]
    town = {"role": "client_manager", "organisation": str(region.world.organisation)}
    region.world.operator(ank, GiveRole(**town))
    region.said(region.coach, region.trajectory, "add-team-member", person=ank, **town)
    (line,) = of(region, "permission")
    assert line["sees"] == ["werk en uren"]
    assert "Het gaat over: werk en uren. Dicht blijft: steuncontacten." in line["sentence"]
    before = region.count()
    refused = permitted(region, ank, "F", "E", "H", "J")
    assert refused.status_code == 422
    assert "zoeken naar werk, steuncontacten, even niet goed." in refused.json()["detail"]
    assert [each["field"] for each in refused.json()["errors"]] == ["categories"]
    assert region.count() == before
    assert permitted(region, ank, "F", "M").status_code == 201


def test_in_english_as_well(shared):
    answer = shared.get(
        shared.client, f"trajectories/{shared.trajectory}/sharing", {"Accept-Language": "en"}
    ).json()["sharing"]
    (line,) = [each for each in answer if each["kind"] == "permission"]
    assert line["sentence"].startswith("You give Els Smit permission. It is about: referral")


def test_to_who_is_not_the_client_it_is_told_about_the_client(shared):
    def bare(found):
        but = {"sentence", "lead", "purpose", "stop"}
        return [{name: each[name] for name in each.keys() - but} for each in found]

    own, coachs = lines(shared), lines(shared, shared.coach)
    assert bare(coachs) == bare(own)
    assert [each["stop"]["command"] for each in coachs] == [e["stop"]["command"] for e in own]
    you = re.compile(r"\b(je|jij|jou|jouw|jullie|you|your)\b", re.IGNORECASE)
    for each in coachs:
        assert not you.search(f"{each['sentence']} {each['purpose']} {each['stop']['told']}"), each
    assert any(you.search(each["sentence"]) for each in own)


def test_who_does_not_see_all_permissions_finds_nothing(shared):
    for who in (shared.friend, shared.boss, shared.auditor, shared.stranger):
        assert shared.see(who, "/sharing").status_code == 404
