"""Check a trajectory that is told by its events, in the order of the log."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from domain.checked import Check, CheckName, Entered
from domain.checks import checks
from domain.events.base import Event
from domain.events.search import Mode
from domain.events.support import SupportContact, WithWhom
from tests.spec import TODAY, an_id


def found(
    *events: Event, today: date = TODAY, recorded: dict[int, date] | None = None
) -> list[Check]:
    late = recorded or {}
    entries = [
        Entered(an_id(str(at)), event, late.get(at, event.occurred_on))
        for at, event in enumerate(events)
    ]
    return checks(entries, today)


def one(name: CheckName, *events: Event, today: date = TODAY) -> tuple[bool | None, set[UUID]]:
    (check,) = (each for each in found(*events, today=today) if each.name is name)
    return check.holds, set(check.entries)


def holds(name: CheckName, *events: Event, today: date = TODAY) -> bool | None:
    return one(name, *events, today=today)[0]


def talk(day: date) -> SupportContact:
    return SupportContact(
        occurred_on=day, note=an_id(str(day)), mode=Mode.PHONE, with_whom=WithWhom.CLIENT
    )
