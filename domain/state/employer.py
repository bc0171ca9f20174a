"""The state of one employer: its public facts and who to call."""

from __future__ import annotations

from typing import NamedTuple, assert_never
from uuid import UUID

from domain.events import EmployerEvent
from domain.events.employer import (
    EmployerContactPersonAdded,
    EmployerContactPersonLeft,
    EmployerDetailsChanged,
    EmployerRegistered,
)
from domain.events.group_correction import EmployerCorrected


class Contact(NamedTuple):
    """Somebody to call at an employer."""

    person: UUID
    function: str | None = None


class Employer(NamedTuple):
    """An employer, or nothing yet."""

    name: str | None = None
    place: str | None = None
    branch: str | None = None
    contacts: tuple[Contact, ...] = ()

    def contact(self, person: UUID) -> Contact | None:
        """Find somebody among those to call."""
        return next((each for each in self.contacts if each.person == person), None)


def evolve(state: Employer, event: EmployerEvent) -> Employer:
    """Take one event in; never raises."""
    match event:
        case EmployerRegistered() | EmployerDetailsChanged():
            return state._replace(name=event.name, place=event.place, branch=event.branch)
        case EmployerContactPersonAdded():
            others = tuple(each for each in state.contacts if each.person != event.person)
            return state._replace(contacts=(*others, Contact(event.person, event.function)))
        case EmployerContactPersonLeft():
            stay = tuple(each for each in state.contacts if each.person != event.person)
            return state._replace(contacts=stay)
        case EmployerCorrected():
            return state
        case _:
            assert_never(event)
