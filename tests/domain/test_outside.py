"""Streams beside the trajectory: people, organisations, employers, programmes."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from domain.events.base import GrantEnd, GrantKind
from domain.events.employer import (
    EmployerContactPersonAdded,
    EmployerContactPersonLeft,
    EmployerDetailsChanged,
    EmployerRegistered,
)
from domain.events.people import (
    ContactDetailsChanged,
    OrganisationKind,
    OrganisationRegistered,
    PersonRegistered,
    RoleEnded,
    RoleGiven,
)
from domain.events.programme import AuditSampleDrawn, ProgrammeFounded
from domain.roles import Role
from domain.rules.employer import (
    AddContactPerson,
    ChangeEmployerDetails,
    RegisterEmployer,
    RemoveContactPerson,
)
from domain.rules.people import (
    ChangeContactDetails,
    EndRole,
    GiveRole,
    RegisterOrganisation,
    RegisterPerson,
)
from domain.rules.programme import DrawSample, FoundProgramme
from tests.domain.histories import YESTERDAY
from tests.spec import COACH, TODAY, an_id, given

STREAM, CARE, KIM = an_id("stream"), an_id("care"), an_id("Kim")
TOM = PersonRegistered(occurred_on=TODAY, given_name="Tom", family_name="de Wit", birth_year=1998)
ROLE = RoleGiven(occurred_on=TODAY, role=Role.JOB_COACH, organisation=CARE)
ORGANISATION = OrganisationRegistered(
    occurred_on=TODAY, name="Zorg Noord", kind=OrganisationKind.CARE
)
COURIERS = EmployerRegistered(occurred_on=TODAY, name="Fietskoeriers Noord", place="Haren")
CONTACT = EmployerContactPersonAdded(occurred_on=TODAY, person=KIM, function="planner")
PROGRAMME = ProgrammeFounded(occurred_on=TODAY, name="Werk en zorg Noord", organisation=CARE)


def test_a_person_is_registered_once():
    asked = RegisterPerson(given_name=" Tom ", family_name="de Wit", birth_year=1998)
    given().when(asked).then(TOM)
    given(TOM).when(asked).refused("Neem een nieuw nummer")
    unborn = asked.model_copy(update={"birth_year": 2027})
    given().when(unborn).refused("moet nog komen", at="birth_year")


@pytest.mark.parametrize("name", ["", "   ", "a\x00b", "\ud800", "x" * 201])
def test_a_name_can_be_stored_and_read(name):
    with pytest.raises(ValidationError):
        RegisterPerson(given_name=name)


def test_contact_details_change():
    asked = ChangeContactDetails(phone="06 12345678")
    event = ContactDetailsChanged(occurred_on=TODAY, note=asked.note, phone="06 12345678")
    given(TOM).when(asked).then(event)
    given(TOM, event).when(asked).nothing()
    given().when(asked).refused("Schrijf de persoon eerst in")


def test_a_role_is_given_and_ends():
    asked = GiveRole(role=Role.JOB_COACH, organisation=CARE)
    given(TOM).when(asked).then(ROLE)
    given(TOM, ROLE).when(asked).nothing()
    given().when(asked).refused("Schrijf de persoon eerst in")
    client = GiveRole(role=Role.CLIENT, organisation=CARE)
    given(TOM).when(client).refused("volgt uit een traject", at="role")
    end = EndRole(role=Role.JOB_COACH, organisation=CARE)
    ended = RoleEnded(occurred_on=TODAY, role=Role.JOB_COACH, organisation=CARE)
    given(TOM, ROLE).when(end).then(ended)
    given(TOM, ROLE, ended).when(end).nothing()
    given().when(end).refused("Schrijf de persoon eerst in")
    (grant,) = ROLE.grants(STREAM)
    assert (grant.kind, grant.holder, grant.organisation) == (GrantKind.ROLE, STREAM, CARE)
    assert ended.grants(STREAM) == (GrantEnd(STREAM, grant.key),)


def test_an_organisation_is_registered_once():
    asked = RegisterOrganisation(name="Zorg Noord", kind=OrganisationKind.CARE)
    given().when(asked).then(ORGANISATION)
    given(ORGANISATION).when(asked).refused("Neem een nieuw nummer")


def test_an_employer_is_registered_and_changes():
    asked = RegisterEmployer(name="Fietskoeriers Noord", place="Haren")
    given().when(asked).then(COURIERS)
    given(COURIERS).when(asked).nothing()
    other = RegisterEmployer(name="Iets anders")
    given(COURIERS).when(other).refused("Wijzig de gegevens")
    change = ChangeEmployerDetails(name="Fietskoeriers Noord", place="Assen")
    changed = EmployerDetailsChanged(occurred_on=TODAY, **change.said())
    given(COURIERS).when(change).then(changed)
    given(COURIERS, changed).when(change).nothing()
    given().when(change).refused("Schrijf de werkgever eerst in")


def test_a_contact_person_reads_for_the_employer_as_long_as_they_are_one():
    asked = AddContactPerson(person=KIM, function="planner")
    given(COURIERS).when(asked).then(CONTACT)
    given(COURIERS, CONTACT).when(asked).nothing()
    given(COURIERS, CONTACT).when(AddContactPerson(person=KIM)).nothing()
    chief = AddContactPerson(person=KIM, function="directeur")
    given(COURIERS, CONTACT).when(chief).then(CONTACT.model_copy(update={"function": "directeur"}))
    given().when(asked).refused("Schrijf de werkgever eerst in")
    own = AddContactPerson(person=COACH)
    given(COURIERS).when(own).refused("Je maakt jezelf geen contactpersoon", at="person")
    remove = RemoveContactPerson(person=KIM)
    left = EmployerContactPersonLeft(occurred_on=TODAY, person=KIM)
    given(COURIERS, CONTACT).when(remove).then(left)
    given(COURIERS, CONTACT, left).when(remove).nothing()
    given().when(remove).refused("Schrijf de werkgever eerst in")
    (grant,) = CONTACT.grants(STREAM)
    assert (grant.kind, grant.holder) == (GrantKind.CONTACT, KIM)
    assert left.grants(STREAM) == (GrantEnd(STREAM, grant.key),)


def test_a_programme_is_founded_once():
    asked = FoundProgramme(name="Werk en zorg Noord", organisation=CARE)
    given().when(asked).then(PROGRAMME)
    given(PROGRAMME).when(asked).nothing()
    other = FoundProgramme(name="Anders", organisation=CARE)
    given(PROGRAMME).when(other).refused("Begin een nieuw programma")
    (grant,) = PROGRAMME.grants(STREAM)
    assert (grant.kind, grant.holder) == (GrantKind.PROGRAMME, CARE)
    older = ProgrammeFounded(occurred_on=TODAY, name="Werk en zorg Noord")
    assert older.grants(STREAM) == ()


def test_an_auditor_gets_a_sample_that_can_be_drawn_again():
    tracks = (an_id("one"), an_id("two"))
    asked = DrawSample(auditor=KIM, seed=42, trajectories=tracks)
    event = AuditSampleDrawn(occurred_on=TODAY, **asked.said())
    given(PROGRAMME).when(asked).then(event)
    given(PROGRAMME, event).when(asked).nothing()
    given().when(asked).refused("Begin het eerst")
    inside = given(PROGRAMME).when(asked).of_teams(one=CARE, two=CARE)
    inside.then(event)
    own = asked.model_copy(update={"sample": an_id("own"), "auditor": COACH})
    given(PROGRAMME).when(own).refused("Kies een andere auditor", at="auditor")
    for command in (asked, own):
        drawn = given(PROGRAMME).when(command)
        drawn.of_teams(one=CARE, two=KIM).refused("niet van de organisatie", "trajectories.1")
        drawn.of_teams(one=CARE).refused("niet van de organisatie", "trajectories.1")
        drawn.of_teams(two=CARE).refused("niet van de organisatie", "trajectories.0")
    given(PROGRAMME, event).when(asked).of_teams().nothing()
    keys = {grant.key for grant in (*event.grants(STREAM), *event.grants(CARE))}
    assert len(keys) == 2, "another programme never replaces this sample"
    over = asked.model_copy(update={"until": YESTERDAY})
    given(PROGRAMME).when(over).refused("al voorbij", at="until")
    assert [(grant.stream, grant.holder) for grant in event.grants(STREAM)] == [
        (track, KIM) for track in tracks
    ]
