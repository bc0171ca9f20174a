"""given entries, the directory knows people (sealed), organisations, employers and roles."""

from __future__ import annotations

from uuid import uuid4

import pytest

from domain.events.employer import (
    EmployerContactPersonAdded,
    EmployerContactPersonLeft,
    EmployerDetailsChanged,
    EmployerRegistered,
)
from domain.events.people import OrganisationRegistered, RoleEnded, RoleGiven
from domain.events.programme import ProgrammeFounded
from domain.roles import Role
from projections.directory import normalised
from tests.projections.world import TODAY


def directory(world):
    world.projector.catch_up()
    return world.views.directory


def employer(world, name):
    stream = uuid4()
    world.record(stream, EmployerRegistered(occurred_on=TODAY, name=name, place="Haaren"))
    return stream


def test_names_come_in_one_go(world):
    person = world.registered("Noor", "Bos")
    organisation, programme, firm = uuid4(), uuid4(), employer(world, "De Kas")
    world.record(
        organisation, OrganisationRegistered(occurred_on=TODAY, name="GGZ Dommel", kind="care")
    )
    world.record(programme, ProgrammeFounded(occurred_on=TODAY, name="IPS Zuid"))
    found = directory(world).names([person, organisation, programme, firm, uuid4()])
    assert {one.kind: one.name for one in found.values()} == {
        "person": None,
        "organisation": "GGZ Dommel",
        "programme": "IPS Zuid",
        "employer": "De Kas",
    }
    assert found[person].entry.open(world.log.entry_mapper)["family_name"] == "Bos"


def test_employers_are_found_by_the_start_of_their_name(own_world):
    world = own_world
    for name in ("Özgür  Groen", "Ozon BV", "OZB", "Groen & Zn", "50% korting"):
        employer(world, name)
    found = directory(world).employers
    assert [one.name for one in found("oZ")] == ["OZB", "Özgür  Groen", "Ozon BV"]
    assert [one.name for one in found("ÖZGÜR gr")] == ["Özgür  Groen"]
    assert [one.name for one in found("50%")] == ["50% korting"]
    assert found("%") == []
    assert [one.name for one in found("oz", limit=2)] == ["OZB", "Özgür  Groen"]
    assert [one.name for one in found("oz", after="Özgür Groen")] == ["Ozon BV"]
    employer(world, "OZB")
    first = directory(world).employers("oz", limit=1)[0]
    rest = directory(world).employers("oz", after=first.name, after_id=first.id)
    assert [one.name for one in rest] == ["OZB", "Özgür  Groen", "Ozon BV"]


def test_a_new_name_replaces_the_old(world):
    firm = employer(world, "Oude Naam BV")
    directory(world)
    world.record(firm, EmployerDetailsChanged(occurred_on=TODAY, name="Nieuwe Naam BV"))
    assert directory(world).employers("oude naam") == []
    assert [one.id for one in directory(world).employers("nieuwe naam")] == [firm]


def test_roles_begin_and_end(world):
    person, organisation = world.registered("Ria", "Vos"), uuid4()
    given = RoleGiven(occurred_on=TODAY, role=Role.JOB_COACH, organisation=organisation)
    world.record(person, given)
    (held,) = directory(world).roles([person])
    assert (held.person, held.role, held.organisation) == (person, "job_coach", organisation)
    world.record(
        person, RoleEnded(occurred_on=TODAY, role=Role.JOB_COACH, organisation=organisation)
    )
    assert directory(world).roles([person]) == []


def test_contact_persons_come_and_go(world):
    firm, person = employer(world, "De Kas"), world.registered("Joop", "Blom")
    world.record(firm, EmployerContactPersonAdded(occurred_on=TODAY, person=person))
    assert directory(world).contacts(firm) == [person]
    assert {slot for slot, _ in directory(world).one(firm)} == {"employer", f"contact/{person}"}
    world.record(firm, EmployerContactPersonLeft(occurred_on=TODAY, person=person))
    assert directory(world).contacts(firm) == []


@pytest.mark.parametrize(
    ("name", "folded"),
    [("Özgür", "ozgur"), ("  De   KAS ", "de kas"), ("Straße", "strasse"), ("Łódź", "łodz")],
)
def test_names_are_sought_without_case_and_accents(name, folded):
    assert normalised(name) == folded
