"""Events about what stands in the way of work, in the client's own order (debts first is fine)."""

from __future__ import annotations

from typing import ClassVar
from uuid import UUID

from domain.events.base import Category, Event, Words
from domain.language import Choice, Text
from domain.roles import Role


class IssueKind(Choice):
    """What it is about (reference 4, widened by 0.1)."""

    DEBT = "debt", "schulden", "debts"
    HOUSING = "housing", "wonen", "housing"
    CARE = "care", "zorgtaken", "caring for others"
    HEALTH = "health", "gezondheid", "health"
    FAMILY = "family", "familie", "family"
    JUSTICE = "justice", "justitie", "justice"
    LANGUAGE = "language", "taal", "language"
    INCOME_SETTLEMENT = "income_settlement", "inkomsten verrekenen", "settling of income"
    WAGE_GARNISHMENT = "wage_garnishment", "loonbeslag", "wage garnishment"


class IssueEvent(Event):
    """What every event about blocking issues has."""

    CATEGORY = Category.ISSUES
    RECORDED_BY = frozenset({Role.CLIENT, Role.JOB_COACH})


class _Issue(IssueEvent):
    issue: UUID
    kind: IssueKind


class BlockingIssueRaised(_Issue):
    """Something stands in the way; nothing waits for it unless the client wants so."""

    TYPE: ClassVar[str] = "issue.raised.v1"
    STANDS = "issue/{issue}"
    SENTENCE = Text("Staat in de weg: {kind}", "Stands in the way: {kind}")

    words: Words | None = None


class BlockingIssuePlanMade(_Issue):
    """There is a plan for it; a later one replaces it."""

    TYPE: ClassVar[str] = "issue.plan_made.v1"
    STANDS = "issue/{issue}/plan"
    SENTENCE = Text("Plan gemaakt: {kind}", "Plan made: {kind}")

    note: UUID
    plan: Words


class BlockingIssueResolved(_Issue):
    """It no longer stands in the way."""

    TYPE: ClassVar[str] = "issue.resolved.v1"
    ENDS = ("issue/{issue}",)
    SENTENCE = Text("Staat niet meer in de weg: {kind}", "No longer in the way: {kind}")


class BlockingIssuesOrdered(IssueEvent):
    """The client chose what comes first."""

    TYPE: ClassVar[str] = "issue.ordered.v1"
    RECORDED_BY = frozenset({Role.CLIENT})
    STANDS = "issue_order"
    SENTENCE = Text("Koos zelf wat eerst komt", "Chose what comes first")
    TO_CLIENT = Text("Je koos zelf wat eerst komt", "You chose what comes first")

    order: tuple[UUID, ...]
    """All that stood in the way, the first to tackle first."""
