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
