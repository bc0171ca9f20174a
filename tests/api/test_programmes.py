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


def test_a_mistyped_figure_is_corrected_by_who_noted_it(region, lead, other_lead, programme):
    for who in (region.coach.person, region.carer.person):
        set_ = {"coach": who, "fte": 0.8}
        region.post(lead, f"programmes/{programme}/set-coach-capacity", set_)
    review = {"scale": "IPS-25", "reviewers": "Leerwerkplaats", "score": 121}
    answer = region.post(lead, f"programmes/{programme}/log-fidelity-review", review)
    (entry,) = answer.json()["entries"]

    def noted(who):
        standing = region.get(who, f"directory/{programme}").json()["standing"]
        return next(each for each in standing if each["slot"] == "fidelity_review")

    told = noted(region.coach)
    assert (told["id"], told["fields"]["score"]) == (entry, 121)
    body = {**told["fields"], "score": 112}
    asked = {"entry": entry, "reason": "typefout", "body": body}
    path = f"programmes/{programme}/correct-programme-entry"
    mine = {**asked, "body": {**body, "score": 25}}
    assert region.post(region.coach, path, mine).status_code in {403, 422}
    hidden = region.post(other_lead, path, asked)
    nowhere = region.post(other_lead, f"programmes/{uuid4()}/correct-programme-entry", asked)
    assert (hidden.status_code, hidden.content) == (404, nowhere.content)
    assert noted(region.coach) == told
    tag = region.get(region.coach, f"directory/{programme}").headers["etag"]
    assert region.post(lead, path, asked).status_code == 201
    assert noted(region.coach)["fields"]["score"] == 112
    assert noted(region.coach)["id"] == entry
    assert region.get(region.coach, f"directory/{programme}").headers["etag"] != tag
    assert region.post(lead, path, asked).status_code == 200, "again adds nothing"
    for wrong in ({"score": 12}, {"coach": str(uuid4())}):
        refused = region.post(lead, path, {**asked, "body": {**body, **wrong}})
        assert refused.status_code == 422, refused.text


def test_who_coaches_no_more_by_a_correction_is_counted_no_more(region, lead):
    """The state is folded anew: with one coach left there is no figure (reference 0.1)."""
    made, entries = uuid4(), []
    founded = {"name": "IPS Zuidlaren", "organisation": lead.organisation}
    region.post(lead, f"programmes/{made}/found-programme", founded)
    for who in (region.coach.person, region.carer.person):
        answer = region.post(
            lead, f"programmes/{made}/set-coach-capacity", {"coach": who, "fte": 0.8}
        )
        entries += answer.json()["entries"]
    review = {"scale": "IPS-25", "reviewers": "Leerwerkplaats", "score": 121}
    region.post(lead, f"programmes/{made}/log-fidelity-review", review)

    def fields(slot):
        standing = region.get(lead, f"directory/{made}").json()["standing"]
        return next(each["fields"] for each in standing if each["slot"] == slot)

    assert fields("fidelity_review")["score"] == 121
    body = {**fields(f"capacity/{region.carer.person}"), "fte": 0}
    asked = {"entry": entries[1], "reason": "verkeerde persoon", "body": body}
    path = f"programmes/{made}/correct-programme-entry"
    assert region.post(lead, path, asked).status_code == 201
    assert fields(f"capacity/{region.carer.person}")["fte"] == 0
    assert "score" not in fields("fidelity_review")
    named = {**asked, "body": {**body, "coach": str(uuid4())}}
    assert region.post(lead, path, named).status_code == 422


def test_an_employer_is_called_rightly_wherever_it_is_named(region):
    made, known = uuid4(), {"name": "Houthandel Bergh", "place": "Haren"}
    answer = region.post(region.client, f"employers/{made}/register-employer", known)
    (entry,) = answer.json()["entries"]
    (told,) = region.get(region.client, f"directory/{made}").json()["standing"]
    right = {**told["fields"], "name": "Houthandel Berg"}
    asked = {"entry": entry, "reason": "typefout", "body": right}
    path = f"employers/{made}/correct-employer-entry"
    refused = region.post(region.coach, path, asked)
    assert refused.status_code == 422
    assert refused.json()["errors"][0]["field"] == "entry"
    assert region.post(region.client, path, asked).status_code == 201
    (told,) = region.get(region.coach, f"directory/{made}").json()["standing"]
    assert told["fields"]["name"] == "Houthandel Berg"
    found = region.get(region.coach, "directory/employers", name="houthandel berg").json()
    assert [each["name"] for each in found["employers"]] == ["Houthandel Berg"]
    old = region.get(region.coach, "directory/employers", name="houthandel bergh").json()
    assert old["employers"] == []
