"""What a colleague needs who goes on with a trajectory, made from what stands in the log."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from api.reading.appointments import worded_appointment
from api.reading.asking import Asking
from api.reading.gate import Access
from api.reading.moment import NOW, Moment
from api.reading.names import names
from api.reading.objections import CHOICES
from api.reading.showing import rendered
from api.reading.state import stand_for, state
from api.reading.support import support, support_in, worded_work
from api.reading.timeline import order
from api.wiring import Services
from domain.events.base import Category
from domain.state import Trajectory
from domain.state.trust import DecisionState

WANTS = ("wish", "preferences", "profile", "search_plan", "rhythm", "peace", "pause", "signal_plan")
"""The slots that say what the client wants known, in this order."""
LAST = 3
"""Choices that are told, the latest first."""


def handover(services: Services, asking: Asking, trajectory: UUID) -> tuple[Access, dict[str, Any]]:
    """Tell open promises, what is due next, employers in play, wishes and the last choices.

    For who sees what the team promised; raises Problem.
    """
    access, promised = support(services, asking, trajectory)
    return access, {"trajectory": trajectory, **_pack(services, access, promised, NOW)}


def handover_in(services: Services, access: Access, at: Moment) -> dict[str, Any]:
    """Tell the same of a file to who was let in there, and sees what it follows from."""
    return _pack(services, access, support_in(services, access, at), at)


def _pack(
    services: Services, access: Access, promised: dict[str, Any], at: Moment
) -> dict[str, Any]:
    found = stand_for(services, access, at)
    where = state(services, found)
    slots = dict(found.slots)
    wants = [slot for slot in WANTS if slot in slots]
    choices = sorted(
        (shown for shown in slots.values() if shown.row.type in CHOICES), key=order, reverse=True
    )[:LAST]
    told = rendered(services, access, [*(slots[slot] for slot in wants), *choices])
    return {
        "client": where["client"],
        "team": where["team"],
        "stages": where.get("stages", []),
        "next": promised["next"],
        "next_employer": promised["next_employer"],
        "open_setbacks": promised["setbacks"],
        "reviews": _reviews(access, found.state) if access.sees_all(Category.TRUST) else [],
        "work": _work(services, access, found.state),
        "appointments": _appointments(services, found.access, found.state),
        "employers": promised["employers"],
        "wants_known": [{"slot": slot, **entry} for slot, entry in zip(wants, told, strict=False)],
        "decisions": told[len(wants) :],
    }


def _work(services: Services, access: Access, held: Trajectory) -> list[dict[str, Any]]:
    """Name the work there is now, and at whom."""
    running = list(held.work.running(access.today))
    called = names(services, access, {each.employer for each in running})
    return [{**worded_work(access, each), "name": called.of(each.employer)} for each in running]


def _appointments(services: Services, access: Access, held: Trajectory) -> list[dict[str, Any]]:
    """Name the appointments at work that are coming, the first one first."""
    coming = held.work.coming(access.today)
    called = names(services, access, {each.employer for each in coming})
    return [worded_appointment(access, each, called.of(each.employer)) for each in coming]


def _reviews(access: Access, held: Trajectory) -> list[dict[str, Any]]:
    """Name the choices that are still to be looked back on, the first due first."""
    open_ = [
        each
        for each in held.trust.decisions
        if each.review_on is not None and each.state(access.today) is not DecisionState.REVISED
    ]
    return [
        {
            "decision": each.id,
            "review_on": each.review_on,
            "state": each.state(access.today),
            "label": each.state(access.today).label.to(access.asking.language),
        }
        for each in sorted(open_, key=lambda each: str(each.review_on))
    ]
