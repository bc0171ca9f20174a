"""Events about a bad patch ("even niet goed"): the signal, the team's answer, recovery."""

from __future__ import annotations

from typing import Annotated, ClassVar
from uuid import UUID

from domain.events.base import Category, Event, Kind, ThirdWords, Words
from domain.language import Choice, Text
from domain.roles import Role

_WHO_ANSWERS = frozenset({Role.JOB_COACH, Role.CARE_WORKER})


class SignalledBy(Choice):
    """Who gave the signal."""

    CLIENT = "client", "de cliënt zelf", "the client", Text("jou", "you")
    NETWORK = "network", "een naaste", "somebody close"
    JOB_COACH = "job_coach", "de jobcoach", "the job coach"
    CARE_WORKER = "care_worker", "de behandelaar", "the care worker"
    EMPLOYER = "employer", "de werkgever", "the employer"
    TEAM = "team", "iemand van het team", "somebody of the team"


class Urgency(Choice):
    """How soon an answer would help."""

    SOON = "soon", "graag snel", "soon, please"
    THIS_WEEK = "this_week", "deze week", "this week"
    JUST_KNOW = "just_know", "alleen om te weten", "just so that you know"


class SetbackEvent(Event):
    """What every event about a bad patch has."""

    CATEGORY = Category.SETBACK
    RECORDED_BY = _WHO_ANSWERS


class SetbackSignalled(SetbackEvent):
    """Somebody says it is not going well; that changes no status and asks nothing back."""

    TYPE: ClassVar[str] = "setback.signalled.v1"
    RECORDED_BY = _WHO_ANSWERS | {Role.CLIENT, Role.NETWORK_MEMBER, Role.EMPLOYER}
    STANDS = "worry/{setback}"
    SENTENCE = Text("Het gaat even niet goed[, zegt {by}]", "A bad patch[, says {by}]")
    TO_CLIENT = Text("Het gaat even niet goed[, gezegd door {by}]", "A bad patch[, said by {by}]")

    setback: UUID
    by: SignalledBy
    words: Words | None = None
    would_help: Words | None = None
    urgency: Annotated[Urgency | None, Kind.HEALTH] = None
    wants_reader: UUID | None = None
    """Who the client would like to read it."""


class SetbackAnswered(SetbackEvent):
    """The team answered a signal."""

    TYPE: ClassVar[str] = "setback.answered.v1"
    STANDS = "worry/{setback}/answer"
    SENTENCE = Text("Het team heeft gereageerd", "The team answered")

    note: UUID
    setback: UUID
    agreed_help: Words | None = None
    in_confidence: ThirdWords | None = None
    """What somebody else than the client told in confidence; for professionals of the team."""


class RecoveryNoted(SetbackEvent):
    """It is going better again; this closes the signal."""

    TYPE: ClassVar[str] = "recovery.noted.v1"
    RECORDED_BY = _WHO_ANSWERS | {Role.CLIENT}
    ENDS = ("worry/{setback}",)
    SENTENCE = Text("Het gaat weer", "Doing better again")

    setback: UUID
    words: Words | None = None
