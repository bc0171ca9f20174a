"""A programme belongs to an organisation: to who works elsewhere it does not exist."""

from __future__ import annotations

from uuid import uuid4

import pytest

from domain.events.people import OrganisationKind
from domain.roles import Role
from domain.rules.people import GiveRole, RegisterOrganisation
from eventlog.entry import Actor


@pytest.fixture(scope="module")
def lead(region):
    return region.somebody("Leonie", "Vos", Role.TEAM_LEAD)


@pytest.fixture(scope="module")
def other_lead(region):
    """A lead of another organisation."""
    elsewhere, person = uuid4(), region.person("Ton", "Prins")
    registered = RegisterOrganisation(name="Elders", kind=OrganisationKind.CARE)
    region.world.operator(elsewhere, registered)
    region.world.operator(person, GiveRole(role=Role.TEAM_LEAD, organisation=elsewhere))
    return Actor(person, Role.TEAM_LEAD, elsewhere)


@pytest.fixture(scope="module")
def programme(region, lead):
    made = uuid4()
    founded = {"name": "IPS Haren", "organisation": lead.organisation}
    assert region.post(lead, f"programmes/{made}/found-programme", founded).status_code == 201
    return made


def asked(region):
    track = {"auditor": region.auditor.person, "seed": 1, "trajectories": [region.trajectory]}
    colleague = {"coach": region.coach.person, "supervisor": region.carer.person}
    return [
        ("set-coach-capacity", {"coach": region.coach.person, "fte": 0.8}),
        ("log-supervision", colleague),
        ("log-team-meeting", {"attendees": [region.coach.person]}),
        ("log-fidelity-review", {"scale": "IPS-25", "reviewers": "Leerwerkplaats"}),
        ("draw-sample", track),
    ]


def test_who_works_there_records_and_reads(region, lead, programme):
    for command, body in asked(region):
        answer = region.post(lead, f"programmes/{programme}/{command}", body)
        assert answer.status_code == 201, answer.text
    for who in (lead, region.coach):
        found = region.get(who, f"directory/{programme}").json()
        assert f"capacity/{region.coach.person}" in {each["slot"] for each in found["standing"]}


def test_to_who_works_elsewhere_it_does_not_exist(region, other_lead, programme):
    for command, body in asked(region):
        before = region.count()
        refused = region.post(other_lead, f"programmes/{programme}/{command}", body)
        nowhere = region.post(other_lead, f"programmes/{uuid4()}/{command}", body)
        assert refused.status_code == 404
        assert refused.content == nowhere.content
        assert region.count() == before
    read = region.get(other_lead, f"directory/{programme}")
    assert read.status_code == 404
    assert read.content == region.get(other_lead, f"directory/{uuid4()}").content


def test_a_lead_founds_for_the_own_organisation_only(region, lead, other_lead):
    founded = {"name": "Van een ander", "organisation": lead.organisation}
    answer = region.post(other_lead, f"programmes/{uuid4()}/found-programme", founded)
    assert answer.status_code == 404
    without = region.post(lead, f"programmes/{uuid4()}/found-programme", {"name": "Van niemand"})
    assert without.status_code == 422
    assert without.json()["errors"][0]["field"] == "organisation"


def test_a_sample_is_of_the_own_organisation_and_tells_of_no_file_elsewhere(region, other_lead):
    made, auditor = uuid4(), region.somebody("Pat", "Kok", Role.AUDITOR)
    founded = {"name": "Elders", "organisation": other_lead.organisation}
    assert region.post(other_lead, f"programmes/{made}/found-programme", founded).status_code == 201
    coach = Actor(region.person("An", "Smit"), Role.JOB_COACH, other_lead.organisation)
    works = GiveRole(role=Role.JOB_COACH, organisation=coach.organisation)
    region.world.operator(coach.person, works)
    own, client = uuid4(), region.person("Ab", "Kuiper")
    came = {"client": client, "channel": "self", "organisation": coach.organisation}
    region.said(coach, own, "refer", **came)

    def draw(*trajectories, auditor=auditor.person):
        body = {"auditor": auditor, "seed": 1, "trajectories": trajectories}
        return region.post(other_lead, f"programmes/{made}/draw-sample", body)

    before = region.count()
    for other in (other_lead.person, auditor.person):
        for elsewhere, unknown in (
            ([region.trajectory], [uuid4()]),
            ([own, region.trajectory], [own, uuid4()]),
            ([region.trajectory, uuid4()], [uuid4(), region.trajectory]),
            ([made], [uuid4()]),
        ):
            refused, nothing = draw(*elsewhere, auditor=other), draw(*unknown, auditor=other)
            assert refused.status_code == 422
            assert refused.content == nothing.content
            assert "niet van de organisatie van dit programma" in refused.json()["detail"]
    assert region.count() == before
    assert draw(own).status_code == 201
    told = region.get(auditor, f"trajectories/{own}")
    assert told.status_code == 200
    assert region.see(auditor).status_code == 404
    region.said(coach, own, "remove-team-member", person=coach.person)
    assert draw(own).status_code == 201, "without a coach it is still of that organisation"
