"""How many signals wait for an answer in the teams that somebody leads: counts, and of nobody."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from api.reading.asking import Asking
from api.wiring import Services
from domain.events.base import Category
from domain.policy import told_of_team
from domain.rhythm import answer_due


def unanswered(
    services: Services, asking: Asking, people: int, guided: Mapping[UUID, int]
) -> dict[str, Any] | None:
    """Count them for the team, and for the coaches of whom that is told; None where it is not.

    `people`: how many the team guides, `guided`: how many each of its coaches does. That the asker
    looks at these files was written down when they were let in to them.
    """
    told = told_of_team(asking.actor.role, Category.SETBACK, people, guided)
    if None not in told:
        return None
    found, today = services.views.caseload.unanswered(), services.today()
    return {
        "waiting": len(found),
        "late": sum(answer_due(each.signalled_on) < today for each in found),
        "oldest": min((each.signalled_on for each in found), default=None),
        "coaches": {
            coach: sum(coach in each.coaches for each in found) for coach in guided if coach in told
        },
    }
