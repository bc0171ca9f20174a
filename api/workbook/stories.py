"""Tells a whole book: who and what it names first, then each client."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from api.workbook import layout
from api.workbook.checking import Result
from api.workbook.identity import Ids
from api.workbook.rows import Employer, Person
from api.workbook.staff import Member, Staff
from api.workbook.steps import Place, Step, Story
from api.workbook.telling import Telling
from domain.events.base import StreamKind
from domain.roles import Role
from domain.rules.employer import RegisterEmployer
from domain.rules.people import RegisterPerson
from eventlog.entry import Actor


def stories(
    result: Result,
    source: str,
    as_of: date,
    programme: UUID | None = None,
    organisation: UUID | None = None,
) -> list[Story]:
    """Give the story of every stream, in the order in which they can refer to each other.

    Who and what has no day of its own in the book is known from the day of the import.
    """
    ids = Ids(source)
    staff = Staff(result, ids, organisation)
    anybody = next(iter(staff), None)
    registrar = anybody.actor if anybody else Actor(ids.of("import"), Role.SYSADMIN)
    told = [_colleague(member, as_of) for member in staff]
    told += [_employer(row, ids, registrar, as_of) for row in result.employers]
    for number, person in result.people.items():
        trajectory = result.trajectories[number]
        told.append(_client(person, ids, staff, trajectory.referred_on))
        told.append(
            Telling(ids, staff, person, trajectory, programme).story(
                result.contacts.get(number, ()),
                result.placements.get(number, ()),
                result.scores.get(number, ()),
            )
        )
    return told


def _colleague(member: Member, as_of: date) -> Story:
    command = RegisterPerson(
        occurred_on=as_of, given_name=member.given_name, family_name=member.family_name
    )
    step = Step(Place(member.sheet, member.row), member.actor, command)
    return Story(member.actor.person, StreamKind.DIRECTORY, [step])


def _employer(row: Employer, ids: Ids, registrar: Actor, as_of: date) -> Story:
    command = RegisterEmployer(occurred_on=as_of, name=row.name, place=row.place, branch=row.branch)
    step = Step(Place(layout.EMPLOYERS, row.row), registrar, command)
    return Story(ids.of(layout.EMPLOYERS, row.key[0]), StreamKind.EMPLOYER, [step])


def _client(row: Person, ids: Ids, staff: Staff, known_since: date) -> Story:
    command = RegisterPerson(
        occurred_on=known_since,
        given_name=row.given_name,
        family_name=row.family_name,
        birth_year=row.birth_year,
        phone=row.phone,
        language=row.language,
    )
    step = Step(Place(layout.PEOPLE, row.row), staff.actor(row.coach), command)
    return Story(ids.of(layout.PEOPLE, row.key[0]), StreamKind.DIRECTORY, [step])
