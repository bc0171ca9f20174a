"""How many took part in peer groups: counts alone, of all groups of an organisation together."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple
from uuid import UUID

from domain.events import PeerGroupEvent
from domain.events.peer_group import PeerGroupStarted, PeerJoined, PeerLeft, PeerSessionHeld
from domain.outcomes.period import Period


class Met(NamedTuple):
    """What there was of peer groups in a period."""

    groups: int = 0
    """In which somebody was."""
    sessions: int = 0
    participants: int = 0
    """Everybody who was in one of them on a day of the period, once."""


def met(groups: Iterable[Sequence[PeerGroupEvent]], period: Period) -> Met:
    """Count groups, sessions and those who took part; of each group its entries."""
    found, people = Met(), set[UUID]()
    for events in groups:
        there = _there(events, period)
        held = sum(
            isinstance(each, PeerSessionHeld) and _within(each.occurred_on, period)
            for each in events
        )
        found = found._replace(groups=found.groups + bool(there), sessions=found.sessions + held)
        people |= there
    return found._replace(participants=len(people))


def _there(events: Sequence[PeerGroupEvent], period: Period) -> set[UUID]:
    """Name who was in the group on a day of the period."""
    since: dict[UUID, date] = {}
    found: set[UUID] = set()
    for each in events:
        match each:
            case PeerGroupStarted(person=UUID() as person) | PeerJoined(person=person):
                since.setdefault(person, each.occurred_on)
            case PeerLeft(person=person) if person in since:
                if _overlaps(since.pop(person), each.occurred_on, period):
                    found.add(person)
            case _:
                pass
    return found | {who for who, on in since.items() if _overlaps(on, date.max, period)}


def _overlaps(since: date, until: date, period: Period) -> bool:
    return since <= period.until and until >= (period.since or date.min)


def _within(day: date, period: Period) -> bool:
    return _overlaps(day, day, period)
