"""The state of one programme: where it belongs and which samples were drawn."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple, assert_never
from uuid import UUID

from domain.events import ProgrammeEvent
from domain.events.programme import AuditSampleDrawn, ProgrammeFounded


class Programme(NamedTuple):
    """A programme, or nothing yet."""

    name: str | None = None
    organisation: UUID | None = None
    samples: tuple[UUID, ...] = ()


def evolve(state: Programme, event: ProgrammeEvent) -> Programme:
    """Take one event in; never raises."""
    match event:
        case ProgrammeFounded():
            return state._replace(name=event.name, organisation=event.organisation)
        case AuditSampleDrawn():
            return state._replace(samples=(*state.samples, event.sample))
        case _:
            assert_never(event)


def fold(events: Iterable[ProgrammeEvent]) -> Programme:
    """Give the state after these events."""
    state = Programme()
    for event in events:
        state = evolve(state, event)
    return state
