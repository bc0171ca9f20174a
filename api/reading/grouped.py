"""How many took part in peer groups where a programme belongs, told with its outcomes."""

from __future__ import annotations

from uuid import UUID

from api.wiring import Services
from domain.outcomes.groups import met
from domain.outcomes.period import Period
from domain.policy import Totals


def peer_groups(
    services: Services, programme: UUID, period: Period, level: Totals
) -> dict[str, int | None]:
    """Count groups, sessions and participants; of a few participants nothing else is told."""
    found = met(
        (
            [each.body for each in services.log.entries(group) if each.body is not None]  # type: ignore[misc]  # a group's own
            for group in services.views.outcomes.groups(programme)
        ),
        period,
    )
    told = level.tells_more_of(found.participants)
    return {
        "groups": found.groups if told else None,
        "sessions": found.sessions if told else None,
        "participants": level.part(found.participants, found.participants),
    }
