"""From wish to a day along over HTTP: each who helps looking reads what is theirs, no more."""

from __future__ import annotations

import json
from uuid import uuid4

import pytest

from domain.roles import Role

CONFIDED = "vraag naar mijn neef, die is net gescheiden"


@pytest.fixture
def looking(own_region):
    """A client who looks for work with a coach, a job broker and a friend."""
    region = own_region
    broker = region.somebody("Jo", "Prins", Role.JOB_BROKER)
    organisation = region.world.organisation
    member = {"person": broker.person, "role": "job_broker", "organisation": organisation}
    said = [
        (region.coach, "add-team-member", member),
        (region.coach, "write-profile", {"skills": ["bakken"], "circumstances": "slaapt slecht"}),
        (region.client, "state-preferences", {"job_types": ["bakker"], "no_go": ["nachtwerk"]}),
        (region.client, "agree-search-plan", {"goals": "werk in de buurt"}),
    ]
    for who, command, body in said:
        region.said(who, region.trajectory, command, **body)
    return region, broker


def kinds(entries):
    return [each["type"] for each in entries]


def test_a_broker_reads_and_answers_what_they_were_asked(looking):
    region, broker = looking
    request = uuid4()
    ask = {"request": request, "broker": broker.person, "job_types": ["bakker"]}
    region.said(region.coach, region.trajectory, "ask-broker", **ask)
    assert kinds(region.entries(broker)) == ["broker.asked.v1"]
    answer = {"request": request, "employer": region.bakery}
    region.said(broker, region.trajectory, "answer-broker-request", **answer)
    assert kinds(region.entries(broker)) == ["broker.answered.v1", "broker.asked.v1"]
    stranger = region.somebody("Mia", "Vos", Role.JOB_BROKER)
    assert region.say(stranger, "answer-broker-request", **answer).status_code == 404
    told = region.entries(region.client)
    assert told[0]["sentence"] == "De werkmakelaar heeft geantwoord: Bakkerij De Gouden Korst"


def test_a_lead_of_a_friend_leads_to_an_employer_contact(looking):
    region, _ = looking
    lead = uuid4()
    offer = {"lead": lead, "place": "de bakkerij op de hoek", "ask_for": CONFIDED}
    region.said(region.friend, region.trajectory, "offer-lead", **offer)
    contact = {"employer": region.bakery, "mode": "on_site", "lead": lead}
    region.said(region.coach, region.trajectory, "log-employer-contact", **contact)
    assert region.entries(region.coach)[0]["fields"]["lead"] == str(lead)
    assert CONFIDED in json.dumps(region.entries(region.coach))
    assert CONFIDED not in json.dumps(region.entries(region.client))
    assert "lead.offered.v1" in kinds(region.entries(region.client))
    assert "lead.offered.v1" not in kinds(region.entries(region.friend))


def test_what_family_or_an_employer_told_in_confidence_is_for_professionals(looking):
    """7.5: the client reads everything but a third party's confidential words."""
    region, _ = looking
    said = {"in_confidence": CONFIDED}
    family = {"with_whom": "family", "mode": "phone", "text": "haar moeder belde", **said}
    region.said(region.coach, region.trajectory, "log-contact", **family)
    region.said(region.coach, region.trajectory, "log-contact", worked_out=False, **family)
    asked = {"employer": region.bakery, "question": "mag zij eerder beginnen?", **said}
    region.said(region.coach, region.trajectory, "support-employer", **asked)
    setback = uuid4()
    region.said(region.client, region.trajectory, "signal-setback", setback=setback)
    answer = {"setback": setback, "agreed_help": "haar moeder belt", **said}
    region.said(region.coach, region.trajectory, "answer-setback", **answer)
    read = [each for each in region.entries(region.coach) if CONFIDED in json.dumps(each)]
    assert kinds(read) == [
        *("setback.answered.v1", "employer.supported.v1"),
        *("outreach.attempted.v1", "support.contact.v1"),
    ]
    told = {each["id"]: each for each in region.entries(region.client)}
    assert {each["id"] for each in read} <= set(told), "that it was said, the client does read"
    assert told[read[-1]["id"]]["text"]["text"] == "haar moeder belde"
    for who in (region.client, region.friend):
        for what in ("", "/timeline", "/support"):
            assert CONFIDED not in region.see(who, what).text, (who.role, what)
    read_by_care = [e for e in region.entries(region.carer) if CONFIDED in json.dumps(e)]
    seen = ["setback.answered.v1", "employer.supported.v1"]
    assert kinds(read_by_care) == seen, "words of contacts ask a permission"


def test_a_day_along_is_told_by_the_client_and_not_to_the_employer(looking):
    region, _ = looking
    tryout = uuid4()
    arrange = {"tryout": tryout, "employer": region.bakery, "planned_on": "2026-03-10"}
    region.said(region.coach, region.trajectory, "arrange-try-out", **arrange)
    stages = region.see(region.client).json()["stages"]
    assert {"profiling", "searching", "trying_out"} >= {each["stage"] for each in stages}
    assert stages[-1]["label"] == "uitproberend"
    region.said(region.client, region.trajectory, "log-try-out", tryout=tryout, verdict="fijn")
    assert region.entries(region.coach)[0]["text"]["verdict"] == "fijn"
    assert region.see(region.boss, "/timeline").status_code == 404
