"""Break-glass over HTTP: who opens it, what it gives, until when, who is told, who looks back."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import psycopg
import pytest

from domain.events.people import OrganisationKind
from domain.roles import Role
from domain.rules.people import GiveRole, RegisterOrganisation
from eventlog.entry import Actor

WHY = "Buiten bewustzijn binnengebracht; welke medicijnen?"


def opened(region, who, trajectory=None, **body):
    path = f"trajectories/{trajectory or region.trajectory}/open-emergency-access"
    return region.post(who, path, {"reason": WHY, **body})


def reviewed(region, who, emergency, verdict="right"):
    return region.say(
        who, "review-emergency-access", emergency=emergency, verdict=verdict, words="Nagevraagd."
    )


def waiting(region, who):
    return region.get(who, "emergencies").json()["emergencies"]


def lines(region):
    with psycopg.connect(region.database("samenspoor_owner")) as connection:
        return connection.execute(
            "SELECT view, person, basis, emergency, reason, permissions FROM log.access"
            " WHERE trajectory = %s ORDER BY id",
            (region.trajectory,),
        ).fetchall()


def at(region, *, hours=0, minutes=0):
    region.services.handler.now.at += timedelta(hours=hours, minutes=minutes)


def organisation(region, name="Crisisdienst Noord"):
    found = uuid4()
    region.world.operator(found, RegisterOrganisation(name=name, kind=OrganisationKind.CARE))
    return found


def working(region, given, family, role, where):
    person = region.person(given, family)
    region.world.operator(person, GiveRole(role=role, organisation=where))
    return Actor(person, role, where)


@pytest.fixture
def night(own_region):
    """A region with a crisis service: a care worker, a team lead and a privacy officer of it."""
    region = own_region
    region.services.handler.now.at = datetime(2026, 3, 10, 9, tzinfo=UTC)
    region.crisis = organisation(region)
    region.doctor = working(region, "Fay", "Blom", Role.CARE_WORKER, region.crisis)
    region.lead = working(region, "Gijs", "Dijk", Role.TEAM_LEAD, region.crisis)
    region.officer = working(region, "Pia", "Maas", Role.PRIVACY_OFFICER, region.crisis)
    region.projector.catch_up()
    return region


def test_it_gives_a_day_of_reading_as_a_care_worker_of_the_team(night):
    region = night
    region.said(region.client, region.trajectory, "score-wellbeing", score=4)
    assert region.see(region.doctor).status_code == 404
    assert region.get(region.doctor, f"directory/{region.client.person}").status_code == 404
    answer = opened(region, region.doctor)
    assert answer.status_code == 201, answer.text
    found = region.see(region.doctor)
    assert found.status_code == 200
    assert found.json()["client"]["name"] == "Noor van den Berg"
    assert found.json()["emergency"]["until"].startswith("2026-03-11T09:00")
    assert region.get(region.doctor, "me").json()["trajectories"] == [str(region.trajectory)]
    for what in ("/timeline", "/audit-trail"):
        assert region.see(region.doctor, what).status_code == 200
    assert region.get(region.doctor, f"directory/{region.client.person}").status_code == 200
    assert lines(region)[-1][:3] == ("people", region.doctor.person, "emergency")
    assert "I" not in {each["category"] for each in region.entries(region.doctor)}
    assert "emergency" not in region.see(region.carer).json()


def test_it_ends_by_the_clock_and_by_no_job(night):
    region = night
    opened(region, region.doctor)
    at(region, hours=23, minutes=59)
    assert region.see(region.doctor, "/timeline").status_code == 200
    at(region, minutes=1)
    for what in ("", "/timeline", "/audit-trail", "/access"):
        assert region.see(region.doctor, what).status_code == 404, what
    assert region.get(region.doctor, "me").json()["trajectories"] == []
    assert opened(region, region.doctor).status_code == 201
    assert region.see(region.doctor, "/timeline").status_code == 200


def test_it_records_nothing(night):
    region = night
    opened(region, region.doctor)
    before = region.count()
    for command, body in (
        ("log-contact", {"mode": "phone", "with_whom": "client", "worked_out": True}),
        ("add-team-member", {"person": region.doctor.person, "role": "care_worker"}),
        ("answer-setback", {"setback": uuid4()}),
        ("form-team", {}),
    ):
        assert region.say(region.doctor, command, **body).status_code == 403, command
    assert opened(region, region.doctor).status_code == 200, "asked again: nothing more"
    assert region.count() == before


def test_nobody_else_opens_it_and_to_them_it_is_not_there(night):
    region = night
    liar = Actor(region.person("Ko", "Valk"), Role.CARE_WORKER, region.crisis)
    elsewhere = Actor(region.doctor.person, Role.CARE_WORKER, region.world.organisation)
    nowhere = Actor(region.doctor.person, Role.CARE_WORKER)
    before = region.count()
    for who in (region.stranger, region.lead, region.officer, liar, elsewhere, nowhere):
        refused, absent = opened(region, who), opened(region, who, uuid4())
        assert refused.status_code == 404
        assert (refused.content, refused.headers.keys()) == (absent.content, absent.headers.keys())
        assert region.see(who).status_code == 404
    for who in (region.client, region.coach, region.friend):
        assert opened(region, who).status_code == 403
    assert region.count() == before


def test_what_is_no_file_is_not_opened(night):
    region = night
    before = region.count()
    for stream in (uuid4(), region.client.person, region.bakery):
        assert opened(region, region.doctor, stream).status_code == 404
    assert region.count() == before
    assert opened(region, region.doctor, reason=" ").status_code == 422
    assert opened(region, region.carer).status_code == 422, "who is on the team reads already"
    region.post(
        region.client,
        f"trajectories/{region.trajectory}/invite-network-member",
        {"person": region.doctor.person},
    )
    assert opened(region, region.doctor).status_code == 422


def test_the_client_is_told_and_the_team_is_not(night):
    region = night
    opened(region, region.doctor)
    (told,) = [each for each in region.entries(region.client) if each["category"] == "R"]
    assert told["sentence"] == (
        "In een noodgeval leest een behandelaar van Crisisdienst Noord mee, "
        "tot 11 maart 2026 om 10:00 uur"
    )
    assert told["by"]["name"] == "Fay Blom"
    assert told["text"] == {"reason": WHY}
    for who in (region.coach, region.carer, region.friend, region.doctor):
        answer = region.see(who, "/timeline")
        assert WHY not in answer.text
        assert "noodgeval" not in answer.text
        assert "emergency" not in answer.text


def test_looks_in_an_emergency_are_marked_and_come_first(night):
    region = night
    region.see(region.coach, "/timeline")
    emergency = str(uuid4())
    opened(region, region.doctor, emergency=emergency)
    region.see(region.doctor, "/timeline")
    region.see(region.doctor)
    marked = [(each[0], each[2], str(each[4])) for each in lines(region) if each[3]]
    assert marked == [
        ("timeline", "emergency", emergency),
        ("state", "emergency", emergency),
    ]
    found = region.see(region.client, "/access").json()
    assert found["summary"] == "In een noodgeval: 2 keer. Je eigen team: 1 keer. Niemand anders."
    (told,) = found["emergencies"]
    assert (told["who"], told["organisation"]) == ("Fay Blom", "Crisisdienst Noord")
    assert (told["reason"], told["times"], told["review"]) == (WHY, 2, None)
    assert told["views"] == ["hoe het er nu voor staat", "de tijdlijn"]
    ((first, second),) = [day["looks"] for day in found["days"]]
    assert (first["emergency"], first["basis"]) == (emergency, "emergency")
    assert (second["emergency"], second["basis"]) == (None, "team")
    assert region.see(region.client, "/access", until="2026-03-09").json()["emergencies"] == []


def test_a_second_person_looks_back_and_then_it_is_closed(night):
    region = night
    emergency = str(uuid4())
    opened(region, region.doctor, emergency=emergency)
    region.see(region.doctor)
    for who in (region.lead, region.officer):
        (found,) = waiting(region, who)
        assert (found["emergency"], found["who"], found["times"]) == (emergency, "Fay Blom", 1)
        assert found["reason"] == WHY
        assert "van den Berg" not in str(found)
        assert lines(region)[-1][:3] == ("emergencies", who.person, "role")
    assert region.see(region.lead).status_code == 404, "of the file nothing else is shown"
    assert reviewed(region, region.lead, emergency, "learn").status_code == 201
    assert waiting(region, region.lead) == []
    assert region.see(region.doctor).status_code == 404, "closed before its time"
    assert reviewed(region, region.lead, emergency, "learn").status_code == 200
    assert reviewed(region, region.officer, emergency, "right").status_code == 422
    (told,) = region.see(region.client, "/access").json()["emergencies"]
    assert (told["review"]["verdict"], told["review"]["words"]) == ("learn", "Nagevraagd.")
    sentences = [e["sentence"] for e in region.entries(region.client) if e["category"] == "R"]
    assert sentences[0].endswith("keek na of meelezen in een noodgeval nodig was: om van te leren")


def test_nobody_looks_back_at_themselves_nor_elsewhere(night):
    region = night
    emergency = str(uuid4())
    opened(region, region.doctor, emergency=emergency)
    region.world.operator(
        region.doctor.person, GiveRole(role=Role.TEAM_LEAD, organisation=region.crisis)
    )
    same = Actor(region.doctor.person, Role.TEAM_LEAD, region.crisis)
    (found,) = waiting(region, same)
    assert found["own"] is True
    assert reviewed(region, same, emergency).status_code == 422
    strange = working(region, "Lot", "Kok", Role.TEAM_LEAD, region.world.organisation)
    claimed = Actor(strange.person, Role.TEAM_LEAD, region.crisis)
    for who in (strange, claimed, region.stranger, region.doctor):
        assert waiting(region, who) == []
        assert reviewed(region, who, emergency).status_code in {403, 404}
    assert reviewed(region, region.lead, str(uuid4())).status_code == 422


def test_the_privacy_officer_reads_who_looked_by_name_and_all_else_without(night):
    region = night
    officer = working(region, "Ine", "Prins", Role.PRIVACY_OFFICER, region.world.organisation)
    region.projector.catch_up()
    opened(region, region.doctor)
    region.see(region.doctor)
    region.see(region.client)
    region.see(region.coach, "/timeline")
    answer = region.see(officer, "/access")
    assert answer.status_code == 200, answer.text
    (day,) = answer.json()["days"]
    assert {each["who"] for each in day["looks"]} == {
        *("Fay Blom", "Sam de Wit", "Ine Prins"),
        None,  # the client
    }
    assert "van den Berg" not in answer.text
    assert lines(region)[-1][:3] == ("access", officer.person, "role")
    for what in ("", "/timeline"):
        seen = region.see(officer, what)
        assert seen.status_code == 200
        for name in ("van den Berg", "de Wit", "Jansen"):
            assert name not in seen.text
        assert "Fay Blom" in seen.text, "who looked in an emergency is named (R)"
    strange = working(region, "Udo", "Bos", Role.PRIVACY_OFFICER, organisation(region, "Ver weg"))
    for who in (strange, Actor(officer.person, Role.PRIVACY_OFFICER, region.crisis)):
        before = len(lines(region))
        assert region.see(who, "/access").status_code == 404
        assert len(lines(region)) == before


def test_an_auditor_reads_the_looks_of_the_own_organisation_without_names(night):
    region = night
    assert region.see(region.auditor, "/access").status_code == 404, "not in the sample"
    region.sampled(region.trajectory)
    opened(region, region.doctor)
    region.see(region.doctor)
    region.see(region.coach, "/timeline")
    answer = region.see(region.auditor, "/access")
    assert answer.status_code == 200, answer.text
    (day,) = answer.json()["days"]
    assert {each["role"] for each in day["looks"]} == {"job_coach", "auditor"}
    assert answer.json()["emergencies"] == [], "of another organisation"
    for name in ("Wit", "Jansen", "Blom", "Crisisdienst", str(region.coach.person)):
        assert name not in answer.text
    auditor = region.auditor.person
    for where, found in ((region.crisis, 404), (None, 404)):
        claimed = Actor(auditor, Role.AUDITOR, where)
        assert region.see(claimed, "/access").status_code == found
    region.world.operator(auditor, GiveRole(role=Role.AUDITOR, organisation=region.crisis))
    theirs = region.see(Actor(auditor, Role.AUDITOR, region.crisis), "/access").json()
    (told,) = theirs["emergencies"]
    assert told["reason"] == WHY
    assert told["who"].startswith("behandelaar ")
    assert {each["role"] for day in theirs["days"] for each in day["looks"]} == {
        *("care_worker", "auditor")
    }


def test_a_permission_that_widened_a_look_stands_in_its_line(night):
    region = night
    permission = uuid4()
    region.said(
        region.client,
        region.trajectory,
        "grant-permission",
        permission=permission,
        recipient=region.carer.person,
        recipient_kind="person",
        purpose="care",
        categories=["I"],
        legal_basis="treatment",
    )
    region.see(region.carer)
    region.see(region.coach)
    assert [each[5] for each in lines(region)[-2:]] == [[permission], []]
    found = region.see(region.client, "/access").json()["days"][0]["looks"]
    assert {tuple(each["permissions"]) for each in found} == {(str(permission),), ()}


def test_an_emergency_asked_with_a_key_is_opened_once(night):
    region = night
    path = f"trajectories/{region.trajectory}/open-emergency-access"
    key = {"Idempotency-Key": "night-1"}
    first, again = (region.post(region.doctor, path, {"reason": WHY}, key) for _ in range(2))
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.json()["entries"] == again.json()["entries"]


def test_looking_back_has_a_day_that_was_promised_told_to_the_reviewers_alone(night):
    region = night
    opened(region, region.doctor)
    for who in (region.lead, region.officer):
        (found,) = waiting(region, who)
        assert found["due"] == {
            "on": "2026-03-17",
            "overdue": False,
            "sentence": "Een tweede kijkt dit na, uiterlijk 17 maart 2026: dat beloofden wij.",
        }
    at(region, hours=8 * 24)
    (late,) = waiting(region, region.lead)
    assert late["due"]["overdue"] is True
    assert late["due"]["sentence"].startswith("Wij beloofden dit uiterlijk 17 maart 2026")
    for what in ("/access", "/timeline", "/audit-trail", ""):
        answer = region.see(region.client, what)
        assert answer.status_code == 200
        assert '"due"' not in answer.text
        assert "overdue" not in answer.text
        assert "beloofden" not in answer.text
