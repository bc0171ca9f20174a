"""Eigen Kracht as one reader sees it: the questions in the client's order, the plans, what is done.

Somebody close sees the own actions, and with the client's permission the shared plan. Who sees
the whole plan sees how much of it is done; of a part that figure would tell about the rest. An
auditor is told that figure and nothing else.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from api.problems import not_found
from api.reading.asking import Asking
from api.reading.gate import Access, admit
from api.reading.moment import Moment, known, seen, then
from api.reading.opening import hidden
from api.reading.showing import rendered
from api.reading.state import stand_in
from api.wiring import Services
from domain.events.base import Category
from domain.events.eigen_kracht import (
    EkActionAdded,
    EkMainQuestionSet,
    EkPlanAdopted,
    EkSubQuestionSet,
)
from domain.state.eigen_kracht import Plan, completion

_NAMED_BY = {
    EkMainQuestionSet: None,
    EkSubQuestionSet: "sub_question",
    EkPlanAdopted: "plan",
    EkActionAdded: "action",
}
"""What stands in the answer, by the field that names it; a later one of that name replaces it."""


def eigen_kracht(
    services: Services, asking: Asking, trajectory: UUID
) -> tuple[Access, dict[str, Any]]:
    """Give questions, plans and actions; raises the Problem of what does not exist."""
    access = admit(services, asking, trajectory)
    if access.counts(Category.EK_PLAN):
        return access, {"trajectory": trajectory, "completion": _counted(services, access)}
    if Category.EK_PLAN not in access.sight.categories():
        raise not_found()
    entries = known(services, trajectory, Moment())
    shown = [each for each in seen(services, access, entries) if each.event in _NAMED_BY]
    found: dict[type, dict[Any, dict[str, Any]]] = {each: {} for each in _NAMED_BY}
    for each, entry in zip(shown, rendered(services, access, shown), strict=True):
        found[each.event][each.fields.get(_NAMED_BY[each.event] or "")] = entry
    told = stand_in(services, access, entries).state.eigen_kracht.plans
    # An own action stands in a plan that its reader may not read: the whole log finds it.
    held = _not_hidden(services, access)
    plans = [_plan(access, each, found, told) for each in held]
    answer: dict[str, Any] = {
        "trajectory": trajectory,
        "main_question": next(iter(found[EkMainQuestionSet].values()), None),
        "sub_questions": sorted(
            found[EkSubQuestionSet].values(), key=lambda entry: entry["fields"]["place"]
        ),
        "plans": [each for each in plans if each["adopted"] or each["actions"]],
    }
    if access.sees_all(Category.EK_PLAN):
        answer["completion"] = _completion(*told)
    return access, answer


def _plan(
    access: Access, plan: Plan, found: dict[type, dict[Any, Any]], told: Sequence[Plan]
) -> dict[str, Any]:
    actions = found[EkActionAdded]
    line = {
        "plan": plan.id,
        "adopted": found[EkPlanAdopted].get(str(plan.id)),
        "actions": [
            {
                "action": each.id,
                "status": each.status,
                "label": each.status.label.to(access.asking.language),
                "entry": actions[str(each.id)],
            }
            for each in plan.actions
            if str(each.id) in actions
        ],
    }
    if access.sees_all(Category.EK_PLAN):
        line["completion"] = _completion(*(each for each in told if each.id == plan.id))
    return line


def _counted(services: Services, access: Access) -> dict[str, Any]:
    """Count what the wall gives no entry of, among what is not hidden."""
    return _completion(*_not_hidden(services, access))


def _not_hidden(services: Services, access: Access) -> Sequence[Plan]:
    entries = services.log.entries(access.trajectory)
    return then(each for each in entries if not hidden(access, each)).eigen_kracht.plans


def _completion(*plans: Plan) -> dict[str, Any]:
    """Say how many actions were done of all there ever were, and what part that is."""
    counts = [completion(each) for each in plans]
    done, of = sum(each for each, _ in counts), sum(each for _, each in counts)
    return {"done": done, "of": of, "percent": round(100 * done / of, 1) if of else None}
