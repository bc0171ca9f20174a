"""The state of one person or organisation: what they are, in which roles, no name."""

from __future__ import annotations

from typing import NamedTuple, assert_never
from uuid import UUID

from domain.events import DirectoryEvent
from domain.events.people import (
    ContactDetailsChanged,
    OrganisationKind,
    OrganisationRegistered,
    PersonRegistered,
    RegistrationCorrected,
    RoleEnded,
    RoleGiven,
)
from domain.roles import Role


class HeldRole(NamedTuple):
    """A role in an organisation."""

    role: Role
    organisation: UUID


class Directory(NamedTuple):
    """A stream of the directory is a person, an organisation, or nothing yet."""

    person: bool = False
    organisation: OrganisationKind | None = None
    roles: tuple[HeldRole, ...] = ()
    note: UUID | None = None


def evolve(state: Directory, event: DirectoryEvent) -> Directory:
    """Take one event in; never raises."""
    match event:
        case PersonRegistered():
            return state._replace(person=True)
        case OrganisationRegistered():
            return state._replace(organisation=event.kind)
        case RoleGiven():
            held = HeldRole(event.role, event.organisation)
            others = tuple(each for each in state.roles if each != held)
            return state._replace(roles=(*others, held))
        case RoleEnded():
            ended = HeldRole(event.role, event.organisation)
            return state._replace(roles=tuple(each for each in state.roles if each != ended))
        case ContactDetailsChanged():
            return state._replace(note=event.note)
        case RegistrationCorrected():
            return state
        case _:
            assert_never(event)
