"""Who read along in an emergency, until when, and who looked back at it; no words."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple, assert_never
from uuid import UUID

from domain.events.emergency import EmergencyAccessOpened, EmergencyAccessReviewed, Verdict
from domain.events.topics import EmergencyTopic
from domain.state.said import Mark, mark


class Emergency(NamedTuple):
    """One time that somebody read along in an emergency."""

    id: UUID
    reader: UUID
    organisation: UUID
    until: datetime
    verdict: Verdict | None = None
    reason: Mark = None
    """The mark of why."""
    verdict_words: Mark = None
    """The mark of what was written with it."""


def find(emergencies: tuple[Emergency, ...], wanted: UUID) -> Emergency | None:
    """Find one by its id."""
    return next((each for each in emergencies if each.id == wanted), None)


def evolve_emergencies(
    emergencies: tuple[Emergency, ...], event: EmergencyTopic
) -> tuple[Emergency, ...]:
    match event:
        case EmergencyAccessOpened():
            opened = Emergency(
                *(event.emergency, event.reader, event.organisation, event.until),
                reason=mark(event.reason),
            )
            return (*emergencies, opened)
        case EmergencyAccessReviewed():
            return tuple(
                each._replace(verdict=event.verdict, verdict_words=mark(event.words))
                if each.id == event.emergency
                else each
                for each in emergencies
            )
        case _:
            assert_never(event)
