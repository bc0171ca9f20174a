"""The state of one programme: where it belongs, who coaches there, which samples were drawn."""

from __future__ import annotations

from typing import NamedTuple, assert_never
from uuid import UUID

from domain.events import ProgrammeEvent
from domain.events.group_correction import ProgrammeCorrected
from domain.events.programme import AuditSampleDrawn, ProgrammeFounded
from domain.events.quality import CoachCapacitySet, QualityEvent
from domain.state.notes import remembered

ENOUGH_COACHES = 2
"""With fewer a figure for the programme is a figure for a person (reference 0.1)."""


class Capacity(NamedTuple):
    """How much of a full week a coach has for the programme."""

    coach: UUID
    fte: float


class Programme(NamedTuple):
    """A programme, or nothing yet."""

    name: str | None = None
    organisation: UUID | None = None
    samples: tuple[UUID, ...] = ()
    capacity: tuple[Capacity, ...] = ()
    """Of those who coach there; who stopped is left out."""
    notes: tuple[int, ...] = ()
    """The last notes' own ids, oldest first: see notes.py."""

    @property
    def may_be_scored(self) -> bool:
        """Whether a figure for it is about more than one coach: asked whenever it is told."""
        return len(self.capacity) >= ENOUGH_COACHES

    def fte(self, coach: UUID) -> float:
        """Give the capacity of a coach, 0 for one without any."""
        return next((each.fte for each in self.capacity if each.coach == coach), 0)


def evolve(state: Programme, event: ProgrammeEvent) -> Programme:
    """Take one event in; never raises."""
    match event:
        case ProgrammeFounded():
            return state._replace(name=event.name, organisation=event.organisation)
        case AuditSampleDrawn():
            return state._replace(samples=(*state.samples, event.sample))
        case CoachCapacitySet():
            others = (each for each in state.capacity if each.coach != event.coach)
            own = (Capacity(event.coach, event.fte),) if event.fte else ()
            return state._replace(capacity=(*others, *own))
        case QualityEvent():
            note: UUID = event.__dict__["note"]
            return state._replace(notes=remembered(state.notes, note))
        case ProgrammeCorrected():
            return state
        case _:
            assert_never(event)
