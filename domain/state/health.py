"""At which work the client is off sick now, and nothing about how they are."""

from __future__ import annotations

from typing import NamedTuple, assert_never
from uuid import UUID

from domain.events.health import BackAtWork, CrisisEscalated, SickNoted, SignalPlanWritten
from domain.events.topics import HealthTopic


class Health(NamedTuple):
    """Ids of work only."""

    sick_at: tuple[UUID, ...] = ()


def evolve_health(health: Health, event: HealthTopic) -> Health:
    match event:
        case SickNoted():
            return Health((*health.sick_at, event.placement))
        case BackAtWork():
            return Health(tuple(each for each in health.sick_at if each != event.placement))
        case SignalPlanWritten() | CrisisEscalated():
            return health
        case _:
            assert_never(event)
