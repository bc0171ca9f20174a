"""The days along: where and when, arranged or done, and nothing of what somebody thought."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple, assert_never
from uuid import UUID

from domain.events.topics import TryOutTopic
from domain.events.trying import TryOutArranged, TryOutDone
from domain.state.said import Mark, mark


class TryOut(NamedTuple):
    """A day along."""

    id: UUID
    day: date
    """For which it was arranged, or on which it was done."""
    employer: UUID | None = None
    place: str | None = None
    title: str | None = None
    done: bool = False
    verdict: Mark = None
    """The mark of what the client thought of it."""


class Trying(NamedTuple):
    """All days along there were, in the order they were noted."""

    tryouts: tuple[TryOut, ...] = ()

    def find(self, wanted: UUID) -> TryOut | None:
        """Find one by its id."""
        return next((each for each in self.tryouts if each.id == wanted), None)

    def ahead(self, today: date) -> bool:
        """Whether there is one today or still to come."""
        return any(today <= each.day for each in self.tryouts)


def evolve_trying(trying: Trying, event: TryOutTopic) -> Trying:
    where = (event.employer, event.place, event.title)
    match event:
        case TryOutArranged():
            found = TryOut(event.tryout, event.planned_on, *where)
        case TryOutDone():
            found = TryOut(event.tryout, event.occurred_on, *where)._replace(
                done=True, verdict=mark(event.verdict)
            )
        case _:
            assert_never(event)
    others = (each for each in trying.tryouts if each.id != event.tryout)
    return Trying((*others, found))
