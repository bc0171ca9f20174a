"""Events about taking part: learning, sport, informal care, and care that comes first.

Several go on at once, beside work or without it; none of them counts as a job (decision 5).
"""

from __future__ import annotations

from typing import ClassVar
from uuid import UUID

from domain.events.base import Category, Event, Hours, Label, Retention, Words
from domain.language import Choice, Text
from domain.roles import Role


class EducationKind(Choice):
    """What sort of learning it is."""

    LANGUAGE = "language", "taalles", "language lessons"
    COURSE = "course", "een cursus", "a course"
    MAINSTREAM = "mainstream", "een opleiding", "mainstream education"


class ActivityKind(Choice):
    """What somebody does for themselves, not to learn a trade."""

    SPORT = "sport", "sport", "sport"
    COURSE = (
        "course",
        "een cursus voor zichzelf",
        "a course for themselves",
        Text("een cursus voor jezelf", "a course for yourself"),
    )


class ParticipationEvent(Event):
    """What every event about taking part has."""

    CATEGORY = Category.JOB
    RECORDED_BY = frozenset({Role.CLIENT, Role.JOB_COACH})


class _Education(ParticipationEvent):
    education: UUID
    kind: EducationKind


class EducationStarted(_Education):
    """Learning began: a step in a career, beside work or on the way to it."""

    TYPE: ClassVar[str] = "education.started.v1"
    STANDS = "education/{education}"
    SENTENCE = Text("Begonnen met {kind}[: {title}]", "Started {kind}[: {title}]")

    title: Label | None = None


class EducationCompleted(_Education):
    """What was to be learnt, is learnt."""

    TYPE: ClassVar[str] = "education.completed.v1"
    ENDS = ("education/{education}",)
    SENTENCE = Text("Klaar met {kind}", "Completed {kind}")


class EducationStopped(_Education):
    """The learning stopped before its end; why is up to the client."""

    TYPE: ClassVar[str] = "education.stopped.v1"
    ENDS = ("education/{education}",)
    SENTENCE = Text("Gestopt met {kind}", "Stopped {kind}")

    words: Words | None = None


class _Activity(ParticipationEvent):
    activity: UUID
    kind: ActivityKind


class SportOrCourseStarted(_Activity):
    """The client took up a sport, or a course for themselves."""

    TYPE: ClassVar[str] = "activity.started.v1"
    STANDS = "activity/{activity}"
    SENTENCE = Text("Begonnen met {kind}[: {title}]", "Took up {kind}[: {title}]")

    title: Label | None = None


class SportOrCourseEnded(_Activity):
    """The sport or course is over."""

    TYPE: ClassVar[str] = "activity.ended.v1"
    ENDS = ("activity/{activity}",)
    SENTENCE = Text("Gestopt met {kind}", "Gave up {kind}")


class _InformalCare(ParticipationEvent):
    CATEGORY = Category.ISSUES
    RECORDED_BY = frozenset({Role.CLIENT})


class InformalCareNoted(_InformalCare):
    """The client cares for somebody; about whom is never recorded."""

    TYPE: ClassVar[str] = "informal_care.noted.v1"
    STANDS = "informal_care"
    SENTENCE = Text(
        "Geeft mantelzorg[, {hours_per_week} uur per week]",
        "Gives informal care[, {hours_per_week} hours a week]",
    )
    TO_CLIENT = Text(
        "Je geeft mantelzorg[, {hours_per_week} uur per week]",
        "You give informal care[, {hours_per_week} hours a week]",
    )

    hours_per_week: Hours | None = None


class InformalCareEnded(_InformalCare):
    """The informal care is over."""

    TYPE: ClassVar[str] = "informal_care.ended.v1"
    ENDS = ("informal_care",)
    SENTENCE = Text("Geeft geen mantelzorg meer", "No longer gives informal care")
    TO_CLIENT = Text("Je geeft geen mantelzorg meer", "You no longer give informal care")


class _OwnCare(ParticipationEvent):
    CATEGORY = Category.CLINICAL
    RECORDED_BY = frozenset({Role.CLIENT, Role.CARE_WORKER})
    RETENTION = Retention.CARE_FILE
    CORRECTABLE = False
    """Yes or no is all there is to it: what changed is noted anew, without a reason in words."""


class OwnCareTrajectoryNoted(_OwnCare):
    """Care of their own comes first for a while; which care is not said, and nothing stops."""

    TYPE: ClassVar[str] = "own_care.noted.v1"
    STANDS = "own_care"
    SENTENCE = Text("Eerst een eigen zorgtraject", "Care of their own comes first")
    TO_CLIENT = Text("Eerst je eigen zorgtraject", "Your own care comes first")


class OwnCareTrajectoryEnded(_OwnCare):
    """Care no longer comes first."""

    TYPE: ClassVar[str] = "own_care.ended.v1"
    ENDS = ("own_care",)
    SENTENCE = Text("Het eigen zorgtraject gaat niet meer voor", "Care no longer comes first")
    TO_CLIENT = Text("Je zorgtraject gaat niet meer voor", "Your care no longer comes first")
