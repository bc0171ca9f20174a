"""Rules for Eigen Kracht: the client's own conference, the circle's own plan and actions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Annotated
from uuid import UUID

from pydantic import Field

from domain.events.base import Event
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
from domain.roles import Role
from domain.rules import references
from domain.rules.base import Facts, Refused
from domain.rules.limits import Day, Story
from domain.rules.references import Reference
from domain.rules.shared import (
    NewId,
    Note,
    OnTrajectory,
    Registration,
    known,
    nothing_new,
    stands,
    still_open,
    works_as,
)
from domain.state import Trajectory
from domain.state.eigen_kracht import Action, Plan
from domain.state.said import mark

_CLOSE = frozenset({Role.NETWORK_MEMBER, Role.PEER_WORKER})
"""Who have to do with their own actions only."""


class RequestEigenKracht(Note):
    """Ask for an Eigen Kracht conference, or say yes to who proposed one."""

    NAME = "request-eigen-kracht"
    YIELDS = (EkRequested,)

    proposed_by: Role | None = None
    words: Story | None = None

    def decide(self, state: Trajectory, facts: Facts) -> Sequence[Event]:
        about = self.begin(state, facts)
        return [] if self.again(state) else [EkRequested(**about, **self.said())]


class AppointCoordinator(OnTrajectory):
    """Choose an independent coordinator, who reads along until the call after four weeks."""

    NAME = "appoint-coordinator"
    YIELDS = (EkCoordinatorAppointed,)

    person: UUID
    organisation: UUID | None = None

    def decide(self, state: Trajectory, facts: Facts) -> Sequence[Event]:
        about = self.begin(state, facts)
        circle = state.circle
        ek = state.eigen_kracht
        if self.person == ek.coordinator and stands((self.organisation, ek.coordinates_for)):
            return []
        if _in_circle(state, self.person) or circle.member(self.person) is not None:
            raise Refused(
                "Een coördinator staat los van de kring en van het team. Kies iemand anders.",
                "A coordinator stands outside the circle and the team. Choose somebody else.",
                "person",
            )
        works_as(self.person, Role.EK_COORDINATOR, self.organisation, facts)
        return [EkCoordinatorAppointed(**about, **self.said())]

    def refers(self) -> Mapping[str, Reference]:
        return {
            **references.person(self.person),
            **references.organisation(self.organisation),
        }


class RemoveCoordinator(OnTrajectory):
    """Go on without the coordinator, or stop as one, before the call after four weeks."""

    NAME = "remove-coordinator"
    YIELDS = (EkCoordinatorLeft,)
    AFTER_CLOSING = True

    def decide(self, state: Trajectory, facts: Facts) -> Sequence[Event]:
        about = self.begin(state, facts)
        coordinator = state.eigen_kracht.coordinator
        return [] if coordinator is None else [EkCoordinatorLeft(**about, person=coordinator)]


class SetMainQuestion(Note):
    """Note what the conference is about, in the client's words."""

    NAME = "set-main-question"
    YIELDS = (EkMainQuestionSet,)

    question: Story

    def decide(self, state: Trajectory, facts: Facts) -> Sequence[Event]:
        about = self.begin(state, facts)
        return [] if self.again(state) else [EkMainQuestionSet(**about, **self.said())]


class SetSubQuestion(Note):
    """Note a question on the way to the main one, in the client's own order."""

    NAME = "set-sub-question"
    YIELDS = (EkSubQuestionSet,)

    sub_question: NewId
    place: Annotated[int, Field(ge=1, le=50)]
    """The first one comes first, also when that is not about work."""
    question: Story

    def decide(self, state: Trajectory, facts: Facts) -> Sequence[Event]:
        about = self.begin(state, facts)
        return [] if self.again(state) else [EkSubQuestionSet(**about, **self.said())]


class LogConference(Registration):
    """Note that the circle met: the day, and nothing of what was said."""

    NAME = "log-conference"
    YIELDS = (EkConferenceHeld,)

    conference: NewId

    def decide(self, state: Trajectory, facts: Facts) -> Sequence[Event]:
        known(state)
        still_open(state, facts)
        about = self.when(facts)
        if self.conference in state.eigen_kracht.conferences:
            return []
        return [EkConferenceHeld(**about, conference=self.conference)]


class AdoptPlan(OnTrajectory):
    """Note the plan that the circle made, and when it looks back."""

    NAME = "adopt-plan"
    YIELDS = (EkPlanAdopted,)

    plan: NewId
    conference: UUID | None = None
    text: Story | None = None
    evaluate_on: Day | None = None
    if_otherwise: Story | None = None
    """What the circle does when it goes otherwise."""

    def decide(self, state: Trajectory, facts: Facts) -> Sequence[Event]:
        about = self.begin(state, facts)
        ek = state.eigen_kracht
        if ek.plan(self.plan) is not None:
            return []
        if self.conference is not None and self.conference not in ek.conferences:
            raise Refused(
                "Deze conferentie staat er niet. Noteer eerst dat die er was, of laat dit leeg.",
                "There is no such conference. Note first that it was held, or leave this empty.",
                "conference",
            )
        _not_before(about["occurred_on"], self.evaluate_on, "evaluate_on")
        return [EkPlanAdopted(**about, **self.said())]


class AddAction(OnTrajectory):
    """Note what somebody of the circle will do, by when, and what if it goes otherwise."""

    NAME = "add-action"
    YIELDS = (EkActionAdded,)

    action: NewId
    plan: UUID
    person: UUID
    """Whose action it is: the client, or somebody the client invited."""
    what: Story
    by_when: Day | None = None
    if_otherwise: Story | None = None

    def decide(self, state: Trajectory, facts: Facts) -> Sequence[Event]:
        about = self.begin(state, facts)
        if state.eigen_kracht.action(self.action) is not None:
            return []
        _plan(state, self.plan)
        if not _in_circle(state, self.person):
            raise Refused(
                "Een actie is van de cliënt of van iemand uit de kring. De cliënt kan deze persoon "
                "uitnodigen.",
                "An action is the client's, or of somebody in the circle. The client can invite "
                "this person.",
                "person",
            )
        _not_before(about["occurred_on"], self.by_when, "by_when")
        return [EkActionAdded(**about, **self.said())]


class FinishAction(OnTrajectory):
    """Note that an action was done; its owner does so too."""

    NAME = "finish-action"
    YIELDS = (EkActionDone,)

    action: UUID
    words: Story | None = None

    def decide(self, state: Trajectory, facts: Facts) -> Sequence[Event]:
        about = self.begin(state, facts)
        plan, action = _action(state, self.action, facts)
        if action.done:
            return nothing_new(
                (self.occurred_on, action.ended_on), (mark(self.words), action.words)
            )
        return [EkActionDone(**about, **self.said(), plan=plan.id, person=action.owner)]


class DropAction(OnTrajectory):
    """Note that an action is not going ahead; it still counts among those there were."""

    NAME = "drop-action"
    YIELDS = (EkActionDropped,)

    action: UUID
    words: Story | None = None

    def decide(self, state: Trajectory, facts: Facts) -> Sequence[Event]:
        about = self.begin(state, facts)
        plan, action = _action(state, self.action, facts)
        if action.dropped:
            return nothing_new(
                (self.occurred_on, action.ended_on), (mark(self.words), action.words)
            )
        if action.done:
            raise Refused(
                "Deze actie is al gedaan en blijft staan. Voeg een nieuwe toe als er meer nodig "
                "is.",
                "This action was done and stays. Add a new one if more is needed.",
                "action",
            )
        return [EkActionDropped(**about, **self.said(), plan=plan.id, person=action.owner)]


class LogFourWeekCall(OnTrajectory):
    """Note the coordinator's call after four weeks; from then on the coordinator reads no more."""

    NAME = "log-four-week-call"
    YIELDS = (EkFourWeekCall,)

    words: Story | None = None

    def decide(self, state: Trajectory, facts: Facts) -> Sequence[Event]:
        about = self.begin(state, facts)
        ek = state.eigen_kracht
        if ek.coordinator is not None:
            return [EkFourWeekCall(**about, **self.said(), person=ek.coordinator)]
        if ek.called_on is not None:
            return nothing_new((self.occurred_on, ek.called_on), (mark(self.words), ek.call_words))
        raise Refused(
            "Er is nu geen Eigen Kracht-coördinator. De cliënt kan er een kiezen.",
            "There is no Eigen Kracht coordinator now. The client can choose one.",
        )


class EvaluatePlan(Note):
    """Look back on the plan, and say whether a new conference would help."""

    NAME = "evaluate-plan"
    YIELDS = (EkEvaluated,)

    plan: UUID
    words: Story | None = None
    new_conference: bool | None = None

    def decide(self, state: Trajectory, facts: Facts) -> Sequence[Event]:
        about = self.begin(state, facts)
        if self.again(state):
            return []
        _plan(state, self.plan)
        return [EkEvaluated(**about, **self.said())]


def _in_circle(state: Trajectory, person: UUID) -> bool:
    return person == state.client or state.circle.close(person) is not None


def _plan(state: Trajectory, wanted: UUID) -> Plan:
    found = state.eigen_kracht.plan(wanted)
    if found is None:
        raise Refused(
            "Dit plan staat er niet. Noteer eerst dat het is aangenomen.",
            "There is no such plan. Note first that it was adopted.",
            "plan",
        )
    return found


def _action(state: Trajectory, wanted: UUID, facts: Facts) -> tuple[Plan, Action]:
    """Find an action; to somebody close another's action is one that is not there."""
    found = state.eigen_kracht.action(wanted)
    others = facts.role in _CLOSE and found and found[1].owner != facts.person
    if found is None or others:
        raise Refused(
            "Deze actie staat er niet. Kies er een die je ziet, of laat die eerst toevoegen.",
            "There is no such action. Choose one that you see, or have it added first.",
            "action",
        )
    return found


def _not_before(start: date, day: date | None, field: str) -> None:
    if day is not None and day < start:
        raise Refused(
            "Deze dag ligt vóór het plan. Kies een latere dag.",
            "This day comes before the plan. Choose a later one.",
            field,
        )
