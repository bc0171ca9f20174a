"""The signals that it is not going well, of the people whom a member of the team supports."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple
from uuid import UUID

from api.problems import not_found
from api.reading.asking import Asking
from api.reading.gate import admit
from api.reading.moment import NOW
from api.reading.showing import rendered
from api.reading.state import Stand, stand_for
from api.reading.support import caseload
from api.wiring import Services
from domain.events.setback import SetbackAnswered
from domain.policy import may_record, recorded_by
from domain.rules.base import Command
from domain.rules.setback import AnswerSetback

_ANSWERS: type[Command] = AnswerSetback


class Signal(NamedTuple):
    """One signal that is still open."""

    trajectory: UUID
    setback: UUID
    name: str
    entry: dict[str, Any]
    answered: bool
    why: str | None
    """What the team promised, as long as there is no answer."""


def signals(services: Services, asking: Asking) -> list[Signal]:
    """Give the open signals that the asker may answer, those without an answer first.

    Raises the Problem of what does not exist for who answers none.
    """
    if asking.actor.role not in recorded_by(SetbackAnswered):
        raise not_found()
    found = [
        each
        for case in caseload(services, asking)["cases"]
        if case.get("open_setbacks") or ("open_setbacks" not in case and case.get("next"))
        for each in _of(services, asking, case)
    ]
    return sorted(found, key=lambda each: (each.answered, each.entry["occurred_on"], each.name))


def _of(services: Services, asking: Asking, case: dict[str, Any]) -> Iterator[Signal]:
    trajectory = case["trajectory"]
    access = admit(services, asking, trajectory)
    if not may_record(access.sight.relation, _ANSWERS):
        return
    found: Stand = stand_for(services, access, NOW)
    there = {f"worry/{each.id}": each for each in found.state.wellbeing.setbacks if each.open}
    held = [(there[slot], shown) for slot, shown in found.slots if slot in there]
    for (setback, _), entry in zip(
        held, rendered(services, access, [shown for _, shown in held]), strict=True
    ):
        answered = setback.answered_on is not None
        due = case.get("next")
        why = due["why"] if due and not answered else None
        yield Signal(trajectory, setback.id, case["name"], entry, answered, why)
