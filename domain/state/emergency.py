"""Who read along in an emergency, until when, and who looked back at it; no words."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple, assert_never
from uuid import UUID

from domain.events.emergency import EmergencyAccessOpened, EmergencyAccessReviewed, Verdict
from domain.events.topics import EmergencyTopic


class Emergency(NamedTuple):
    """One time that somebody read along in an emergency."""

    id: UUID
    reader: UUID
    organisation: UUID
    until: datetime
    verdict: Verdict | None = None


def find(emergencies: tuple[Emergency, ...], wanted: UUID) -> Emergency | None:
    """Find one by its id."""
    return next((each for each in emergencies if each.id == wanted), None)


def evolve_emergencies(
    emergencies: tuple[Emergency, ...], event: EmergencyTopic
) -> tuple[Emergency, ...]:
    match event:
        case EmergencyAccessOpened():
            opened = Emergency(event.emergency, event.reader, event.organisation, event.until)
            return (*emergencies, opened)
        case EmergencyAccessReviewed():
            return tuple(
                each._replace(verdict=event.verdict) if each.id == event.emergency else each
                for each in emergencies
            )
        case _:
            assert_never(event)
