"""Choices made on trust, and one beside what was known when it was made, as one reader sees it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import date
from itertools import islice
from typing import Any
from uuid import UUID

from api.problems import not_found
from api.reading.asking import Asking
from api.reading.gate import Access, admit, noted, tied
from api.reading.moment import Moment, known, let_through, on_the_day, seen, then, walled
from api.reading.objections import CHOICES
from api.reading.opening import Shown
from api.reading.showing import rendered
from api.reading.state import stand_in, state
from api.reading.timeline import order
from api.wiring import Services
from domain.events.base import Category
from domain.policy import to_be_judged
from domain.state.trust import Decision
from eventlog.entry import Entry


def choices(
    services: Services, asking: Asking, trajectory: UUID, at: Moment
) -> tuple[Access, dict[str, Any]]:
    """Give the choices made on trust that the asker sees, the last first, as known then.

    How each stands is told to who sees all of it, and to an auditor of those that they judged.
    Raises Problem.
    """
    access = admit(services, asking, trajectory)
    entries = known(services, trajectory, at)
    there = list(seen(services, access, entries))
    ids = {each.row.event_id for each in there}
    made = [
        _resting_on(each, ids)
        for each in sorted(there, key=order, reverse=True)
        if each.row.type in CHOICES
    ]
    stands: dict[str, dict[str, Any]] = {}
    if access.sees_all(Category.TRUST):
        day = on_the_day(services, at)
        stands = {
            str(each.id): _stands(access, each, day)
            for each in then(entries).trust.decisions
            if not to_be_judged(access.sight.relation, each.id)
        }
    told = rendered(services, access, made, None if at.stays(services.now()) else entries)
    return access, {
        "trajectory": trajectory,
        "decisions": [
            {**entry, **stands.get(str(each.fields.get("decision")), {})}
            for entry, each in zip(told, made, strict=True)
        ],
    }


def _stands(access: Access, decision: Decision, day: date) -> dict[str, Any]:
    state = decision.state(day)
    return {
        "state": state,
        "label": state.label.to(access.asking.language),
        "next_review_on": decision.review_on,
        "reviewed_on": decision.reviewed_on,
        "outcome": decision.outcome,
        "revised_by": decision.revised_by,
        "dissents": decision.dissents,
    }


def context(
    services: Services, asking: Asking, trajectory: UUID, decision: UUID, *, limit: int
) -> tuple[Access, dict[str, Any]]:
    """Give a choice, with state and timeline as they were known at its place in the log.

    Facts are those of then, without what was corrected or told since; rights are those of now.
    Raises the Problem of what does not exist for a choice that is not there for this reader.
    """
    access = tied(services, asking, trajectory)
    made = _made(services, access, walled(services, trajectory), decision)
    noted(services, access)
    entries = services.log.entries(trajectory, upto=made.row.version - 1)
    before = let_through(services, trajectory, entries)
    shown = sorted(seen(services, access, before), key=order, reverse=True)
    ids = {each.row.event_id for each in shown}
    made = _resting_on(made, ids)
    (choice,) = rendered(services, access, [made], before)
    on = replace(access, today=made.row.occurred_on)
    return access, {
        "trajectory": trajectory,
        "decision": choice,
        "based_on": made.fields["based_on"],
        "state": state(services, stand_in(services, on, entries, before)),
        "timeline": rendered(services, access, list(islice(shown, limit)), before),
        "more": len(shown) > limit,
    }


def _resting_on(made: Shown, ids: Collection[UUID]) -> Shown:
    """Leave of what a choice rests on and covers the entries that exist for the reader."""
    named = {
        name: [each for each in made.fields.get(name, ()) if UUID(each) in ids]
        for name in ("based_on", "covers")
    }
    return made._replace(fields={**made.fields, **named})


def _made(services: Services, access: Access, entries: list[Entry], decision: UUID) -> Shown:
    """Find the choice among the entries that exist for the reader."""
    for each in seen(services, access, entries):
        if each.row.type in CHOICES and each.fields.get("decision") == str(decision):
            return each
    raise not_found()
