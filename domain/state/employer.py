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


class Employer(NamedTuple):
    """An employer, or nothing yet."""

    name: str | None = None
    place: str | None = None
    branch: str | None = None
    contacts: tuple[UUID, ...] = ()


def evolve(state: Employer, event: EmployerEvent) -> Employer:
    """Take one event in; never raises."""
    match event:
        case EmployerRegistered() | EmployerDetailsChanged():
            return state._replace(name=event.name, place=event.place, branch=event.branch)
        case EmployerContactPersonAdded():
            others = tuple(each for each in state.contacts if each != event.person)
            return state._replace(contacts=(*others, event.person))
        case EmployerContactPersonLeft():
            stay = tuple(each for each in state.contacts if each != event.person)
            return state._replace(contacts=stay)
        case EmployerCorrected():
            return state
        case _:
            assert_never(event)
