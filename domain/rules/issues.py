"""Rules for what stands in the way of work: the order to tackle it in is the client's."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any
from uuid import UUID, uuid4

from pydantic import Field

from domain.events.base import Event
from domain.events.issues import (
    BlockingIssuePlanMade,
    BlockingIssueRaised,
    BlockingIssueResolved,
    BlockingIssuesOrdered,
    IssueKind,
)
from domain.rules.base import Facts, Refused
from domain.rules.limits import Story
from domain.rules.shared import OnTrajectory, by_the_client, noted, once
from domain.state import Trajectory
from domain.state.issues import Issue


class RaiseIssue(OnTrajectory):
    """Note what stands in the way; looking for work can go on meanwhile."""

    NAME = "raise-issue"
    YIELDS = (BlockingIssueRaised,)
    GUARDS = False

    issue: UUID = Field(default_factory=uuid4)
    kind: IssueKind
    words: Story | None = None

    def decide(self, state: Trajectory, facts: Facts) -> Sequence[Event]:
        about = self.begin(state, facts)
        if state.issues.find(self.issue) is not None:
            return []
        return [BlockingIssueRaised(**about, **self.said())]


class _OnIssue(OnTrajectory):
    issue: UUID

    def find(self, state: Trajectory, facts: Facts) -> tuple[Issue, dict[str, Any]]:
        """Give the issue and the fields of the event; refuse when it is not there."""
        about = self.begin(state, facts)
        found = state.issues.find(self.issue)
        if found is None:
            raise Refused(
                "Dit staat er niet. Noteer eerst wat in de weg staat.",
                "There is no such issue. First note what stands in the way.",
                "issue",
            )
        return found, {**about, "issue": found.id, "kind": found.kind}


class PlanIssue(_OnIssue):
    """Note the plan for what stands in the way."""

    NAME = "plan-issue"
    YIELDS = (BlockingIssuePlanMade,)

    note: UUID = Field(default_factory=uuid4)
    plan: Story

    def decide(self, state: Trajectory, facts: Facts) -> Sequence[Event]:
        found, about = self.find(state, facts)
        if noted(self.note, state):
            return []
        if found.resolved:
            raise Refused(
                "Dit staat niet meer in de weg. Noteer het opnieuw als het terug is.",
                "This is no longer in the way. Note it anew if it is back.",
                "issue",
            )
        return [BlockingIssuePlanMade(**about, note=self.note, plan=self.plan)]


class ResolveIssue(_OnIssue):
    """Note that something no longer stands in the way."""

    NAME = "resolve-issue"
    YIELDS = (BlockingIssueResolved,)

    def decide(self, state: Trajectory, facts: Facts) -> Sequence[Event]:
        found, about = self.find(state, facts)
        return [] if found.resolved else [BlockingIssueResolved(**about)]


class OrderIssues(OnTrajectory):
    """Choose what comes first; what you leave out comes after, as it stood."""

    NAME = "order-issues"
    YIELDS = (BlockingIssuesOrdered,)

    order: Annotated[tuple[UUID, ...], Field(min_length=1, max_length=100)]

    def decide(self, state: Trajectory, facts: Facts) -> Sequence[Event]:
        about = self.begin(state, facts)
        if not by_the_client(state, facts):
            raise Refused(
                "Wat eerst komt, kiest de cliënt zelf. Je kunt het samen bespreken en dat als "
                "contact noteren.",
                "What comes first is for the client to choose. You can talk it over together and "
                "note that as a contact.",
            )
        stands = state.issues.order
        if not set(self.order) <= set(stands):
            raise Refused(
                "Hier is iets bij dat niet in de weg staat. Kies uit wat er nu staat.",
                "One of these does not stand in the way. Choose among what does.",
                "order",
            )
        order = once((*self.order, *stands))
        return [] if order == stands else [BlockingIssuesOrdered(**about, order=order)]
