"""The days ahead as somebody reads them on their own page: with whom, what, and what it is about.

Beside the calendar feed (`agenda`), which names nobody: here a file is looked at, and that is
written down.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date, time
from typing import Any, NamedTuple
from uuid import UUID

from api.reading.agenda import AHEAD, DUE, lasts, own_cases
from api.reading.appointments import PLANNED, gone_by
from api.reading.asking import Asking
from api.reading.covering import cover_over
from api.reading.gate import Access
from api.reading.moment import NOW
from api.reading.names import lookup
from api.reading.opening import Shown
from api.reading.people import ties
from api.reading.showing import rendered
from api.reading.state import stand_for
from api.wiring import Services
from domain.events.cover import CoverArranged
from domain.events.trust import (
    TrustDecisionRecorded,
    TrustDecisionReviewed,
    TrustDecisionRevised,
)
from domain.language import Choice
from domain.policy import may_record
from domain.roles import Role
from domain.rules.appointments import MoveWorkAppointment
from domain.rules.base import Command

MOVES: type[Command] = MoveWorkAppointment
_CHOICES = frozenset({TrustDecisionRecorded, TrustDecisionRevised, TrustDecisionReviewed})


class Sort(Choice):
    """What is planned."""

    APPOINTMENT = "appointment", "afspraak op het werk", "appointment at work"
    CONTACT = "contact", "contact", "contact"
    EMPLOYER = "employer", "contact met de werkgever", "contact with the employer"
    LOOK_BACK = "look_back", "samen terugkijken", "looking back together"
    COVER = "cover", "vervanging", "standing in"


class Planned(NamedTuple):
    """One thing that is planned, for one person."""

    on: date
    at: time | None
    sort: Sort
    trajectory: UUID
    name: str
    """Whom it is about, as the reader knows them."""
    told: str
    """What it is, in the reader's language."""
    appointment: UUID | None = None
    """Of an appointment that the reader can move."""
    decision: UUID | None = None


def planned(services: Services, asking: Asking) -> list[Planned]:
    """Give what comes within the next three months, the first first; what is late stands today."""
    lasting = [each for each in ties(services, asking) if lasts(each)]
    called = _called(services, lasting)
    found = [
        each
        for access in lasting
        for each in _standing(services, access, called[access.trajectory])
    ]
    for case in own_cases(services, asking, lasting):
        found += _due(case, services.today())
    return sorted(found, key=lambda each: (each.on, each.at or time.min, each.name, each.told))


def _called(services: Services, files: list[Access]) -> dict[UUID, str]:
    """Name the client of each file, as far as the reader knows the name."""
    known = lookup(services, {each.client for each in files if each.client is not None})

    def called(access: Access) -> str:
        client = None if access.client is None else known.get(access.client)
        name = client and client.as_seen(access.sight.names(Role.CLIENT))
        return name or Role.CLIENT.label.to(access.asking.language)

    return {each.trajectory: called(each) for each in files}


def _standing(services: Services, access: Access, name: str) -> Iterator[Planned]:
    """Give what stands in a file for a day to come, as far as the reader sees it there."""
    held = stand_for(services, access, NOW)
    named, today = dict(held.slots), access.today
    coming = [
        (shown, on)
        for slot, shown in held.slots
        if not gone_by(slot, shown, named, today)
        and (on := _day(slot, shown, named, today)) is not None
        and on <= today + AHEAD
    ]
    moves = may_record(access.sight.relation, MOVES)
    told = rendered(services, access, [shown for shown, _ in coming])
    for (shown, on), entry in zip(coming, told, strict=False):
        fields = shown.fields
        at, appointment = fields.get("at"), fields.get("appointment")
        yield Planned(
            on,
            time.fromisoformat(at) if at and shown.event in PLANNED else None,
            _sort(shown),
            access.trajectory,
            name,
            entry["sentence"],
            UUID(appointment) if moves and appointment and shown.event in PLANNED else None,
            UUID(fields["decision"]) if shown.event in _CHOICES else None,
        )


def _day(slot: str, shown: Shown, slots: Collection[str], today: date) -> date | None:
    """Give the day that something is planned for; None for what is not planned, or is over."""
    fields = shown.fields
    if shown.event in PLANNED:
        return date.fromisoformat(fields["planned_on"])
    if shown.event is CoverArranged and not cover_over(shown, today):
        return max(date.fromisoformat(fields["starts_on"]), today)
    if shown.event in _CHOICES and "review_on" in fields and f"{slot}/review" not in slots:
        return max(date.fromisoformat(fields["review_on"]), today)
    return None


def _sort(shown: Shown) -> Sort:
    if shown.event in PLANNED:
        return Sort.APPOINTMENT
    return Sort.COVER if shown.event is CoverArranged else Sort.LOOK_BACK


def _due(case: dict[str, Any], today: date) -> Iterator[Planned]:
    """Give the contacts that were promised, to who is on the team."""
    for name, sort in zip(DUE, (Sort.CONTACT, Sort.EMPLOYER), strict=True):
        due = case.get(name)
        if due is not None and due["on"] <= today + AHEAD:
            yield Planned(
                max(due["on"], today), None, sort, case["trajectory"], case["name"], due["why"]
            )
