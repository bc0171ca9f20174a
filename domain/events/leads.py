"""Events about ways to an employer that others open: a job broker, and people close."""

from __future__ import annotations

from typing import ClassVar
from uuid import UUID

from domain.events.base import Hours, Label, ThirdWords, Words
from domain.events.search import SearchEvent
from domain.events.team import Relation
from domain.language import Text
from domain.roles import Role


class BrokerRequestMade(SearchEvent):
    """A job broker of the team was asked to look along; what is asked is all they are told."""

    TYPE: ClassVar[str] = "broker.asked.v1"
    RECORDED_BY = frozenset({Role.JOB_COACH})
    STANDS = "broker/{request}"
    SENTENCE = Text(
        "Gevraagd aan werkmakelaar {broker}: {job_types}[, {hours_per_week} uur per week]"
        "[, {place}][, {wishes}]",
        "Asked job broker {broker}: {job_types}[, {hours_per_week} hours a week]"
        "[, {place}][, {wishes}]",
    )

    request: UUID
    broker: UUID
    job_types: tuple[Label, ...]
    hours_per_week: Hours | None = None
    place: Label | None = None
    wishes: tuple[Label, ...] = ()
    """What else matters, short and in words of work, never why: the broker reads it."""


class BrokerRequestAnswered(SearchEvent):
    """The job broker answered."""

    TYPE: ClassVar[str] = "broker.answered.v1"
    RECORDED_BY = frozenset({Role.JOB_BROKER})
    STANDS = "broker/{request}/answer"
    SENTENCE = Text(
        "De werkmakelaar heeft geantwoord[: {employer}]", "The job broker answered[: {employer}]"
    )

    note: UUID
    request: UUID
    employer: UUID | None = None
    words: Words | None = None


class NetworkLeadOffered(SearchEvent):
    """Somebody close knows a place where there may be work."""

    TYPE: ClassVar[str] = "lead.offered.v1"
    RECORDED_BY = frozenset({Role.NETWORK_MEMBER, Role.JOB_COACH})
    STANDS = "lead/{lead}"
    SENTENCE = Text(
        "Een tip[ van {offered_by}][ ({relation})][, {employer}][, {place}]",
        "A lead[ from {offered_by}][ ({relation})][, {employer}][, {place}]",
    )

    lead: UUID
    offered_by: UUID | None = None
    relation: Relation | None = None
    """What they are to the client, where they were not invited and so have no name here."""
    employer: UUID | None = None
    place: Label | None = None
    """Where it is, when that employer is not known here yet."""
    words: Words | None = None
    ask_for: ThirdWords | None = None
    """Whom to ask for there, and what was told about them in confidence."""
