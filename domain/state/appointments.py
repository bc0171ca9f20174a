"""The appointments at work: when and where, and nothing of what they are about."""

from __future__ import annotations

from datetime import date, time
from typing import NamedTuple, assert_never
from uuid import UUID

from domain.events.appointments import (
    Comes,
    WorkAppointmentCancelled,
    WorkAppointmentMade,
    WorkAppointmentMoved,
)
from domain.events.topics import AppointmentTopic
from domain.state.said import Mark, mark


class Appointment(NamedTuple):
    """An appointment at work as it is now."""

    id: UUID
    placement: UUID
    employer: UUID
    planned_on: date
    at: time
    comes: Comes
    minutes: int | None = None
    place: str | None = None
    about: Mark = None
    """The mark of what it is about."""
    cancelled: bool = False


Appointments = tuple[Appointment, ...]


def evolve_appointments(held: Appointments, event: AppointmentTopic) -> Appointments:
    found = next((each for each in held if each.id == event.appointment), None)
    match event:
        case WorkAppointmentMade() | WorkAppointmentMoved():
            stays = found.about if found is not None else None
            about = stays if event.about is None else mark(event.about)
            now = Appointment(
                *(event.appointment, event.placement, event.employer, event.planned_on, event.at),
                *(event.comes, event.minutes, event.place, about),
            )
        case WorkAppointmentCancelled():
            if found is None:
                return held
            now = found._replace(cancelled=True)
        case _:
            assert_never(event)
    return (*(each for each in held if each.id != now.id), now)
