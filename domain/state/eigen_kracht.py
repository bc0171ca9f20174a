"""Eigen Kracht as it stands: who coordinates, which conferences there were, plans and actions."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import NamedTuple, assert_never
from uuid import UUID

from domain.events.eigen_kracht import (
    EkActionAdded,
    EkActionDone,
    EkActionDropped,
    EkConferenceHeld,
    EkCoordinatorAppointed,
    EkCoordinatorLeft,
    EkEvaluated,
    EkFourWeekCall,
    EkMainQuestionSet,
    EkPlanAdopted,
    EkRequested,
    EkSubQuestionSet,
)
from domain.events.topics import EigenKrachtTopic
from domain.language import Choice
from domain.state.said import Mark, mark


class ActionStatus(Choice):
    """How it stands with an action."""

    OPEN = "open", "staat open", "open"
    DONE = "done", "gedaan", "done"
    DROPPED = "dropped", "gaat niet door", "not going ahead"


class Action(NamedTuple):
    """What somebody of the circle took on."""

    id: UUID
    owner: UUID
    done: bool = False
    dropped: bool = False
    ended_on: date | None = None
    """When it was done or dropped."""
    words: Mark = None
    """The mark of what was written then."""

    @property
    def status(self) -> ActionStatus:
        """Say how it stands with it."""
        if self.done:
            return ActionStatus.DONE
        return ActionStatus.DROPPED if self.dropped else ActionStatus.OPEN


class Plan(NamedTuple):
    """A plan of the circle, with every action that was ever added."""

    id: UUID
    actions: tuple[Action, ...] = ()


class EigenKracht(NamedTuple):
    """What the rules need to know."""

    coordinator: UUID | None = None
    coordinates_for: UUID | None = None
    """The organisation of the coordinator, when it was said."""
    called_on: date | None = None
    """When the last coordinator made the four-week call."""
    call_words: Mark = None
    """The mark of what was written about it."""
    conferences: tuple[UUID, ...] = ()
    plans: tuple[Plan, ...] = ()

    def plan(self, wanted: UUID) -> Plan | None:
        """Find a plan by its id."""
        return next((each for each in self.plans if each.id == wanted), None)

    def action(self, wanted: UUID) -> tuple[Plan, Action] | None:
        """Find an action by its id, with the plan it belongs to."""
        return next(
            ((plan, each) for plan in self.plans for each in plan.actions if each.id == wanted),
            None,
        )


def completion(plan: Plan) -> tuple[int, int]:
    """Count the actions done, of all that were ever added: dropping one makes neither less."""
    return sum(each.done for each in plan.actions), len(plan.actions)


def evolve_eigen_kracht(ek: EigenKracht, event: EigenKrachtTopic) -> EigenKracht:
    match event:
        case EkCoordinatorAppointed():
            return ek._replace(
                coordinator=event.person, coordinates_for=event.organisation, called_on=None
            )
        case EkCoordinatorLeft():
            return ek._replace(coordinator=None)
        case EkFourWeekCall():
            return ek._replace(
                coordinator=None,
                called_on=event.occurred_on,
                call_words=mark(event.words),
            )
        case EkConferenceHeld():
            return ek._replace(conferences=(*ek.conferences, event.conference))
        case EkPlanAdopted():
            return ek._replace(plans=(*ek.plans, Plan(event.plan)))
        case EkActionAdded():
            return _added(ek, event.plan, Action(event.action, event.person))
        case EkActionDone() | EkActionDropped():
            done, on, words = isinstance(event, EkActionDone), event.occurred_on, mark(event.words)
            return _changed(
                ek,
                event.action,
                lambda a: a._replace(done=done, dropped=not done, ended_on=on, words=words),
            )
        case EkRequested() | EkMainQuestionSet() | EkSubQuestionSet() | EkEvaluated():
            return ek
        case _:
            assert_never(event)


def _added(ek: EigenKracht, plan: UUID, action: Action) -> EigenKracht:
    return ek._replace(
        plans=tuple(
            each._replace(actions=(*each.actions, action)) if each.id == plan else each
            for each in ek.plans
        )
    )


def _changed(ek: EigenKracht, action: UUID, change: Callable[[Action], Action]) -> EigenKracht:
    return ek._replace(
        plans=tuple(
            plan._replace(
                actions=tuple(change(each) if each.id == action else each for each in plan.actions)
            )
            for plan in ek.plans
        )
    )
