"""Events about wish and profile: what somebody can do, what they would like, steps they took."""

from __future__ import annotations

from typing import ClassVar
from uuid import UUID

from domain.events.base import Category, Event, Hours, Label, Words
from domain.language import Choice, Text
from domain.roles import Role


class Pace(Choice):
    """How fast somebody wants it to go; each of them is fine."""

    SOON = "soon", "zo snel mogelijk", "as soon as possible"
    STEP_BY_STEP = "step_by_step", "stap voor stap", "step by step"
    LOOK_AROUND = "look_around", "eerst rondkijken", "looking around first"


class ProfileEvent(Event):
    """What every event about the profile has."""

    CATEGORY = Category.PROFILE
    RECORDED_BY = frozenset({Role.CLIENT, Role.JOB_COACH})


class _Profile(ProfileEvent):
    """The whole profile as it reads from now on; closing and coming back leave it standing."""

    STANDS = "profile"

    note: UUID
    skills: tuple[Label, ...] = ()
    """What somebody can do, short and in words of work: a job broker may be shown it."""
    experience: Words | None = None
    strengths: Words | None = None
    circumstances: Words | None = None
    """What to reckon with; it may tell of health, so it is words and nobody's fact."""
    placement: UUID | None = None
    """The work from which it was learned (fidelity item 14)."""


class VocationalProfileRecorded(_Profile):
    """What somebody can do and brings along was written down."""

    TYPE: ClassVar[str] = "profile.recorded.v1"
    SENTENCE = Text(
        "Loopbaanprofiel geschreven[: {skills}]", "Vocational profile written[: {skills}]"
    )


class VocationalProfileUpdated(_Profile):
    """The profile was written anew, after a job or because more is known."""

    TYPE: ClassVar[str] = "profile.updated.v1"
    SENTENCE = Text(
        "Loopbaanprofiel bijgewerkt[: {skills}]", "Vocational profile updated[: {skills}]"
    )


class PreferencesStated(ProfileEvent):
    """What the client would like in work; a later statement replaces it whole."""

    TYPE: ClassVar[str] = "preferences.stated.v1"
    RECORDED_BY = frozenset({Role.CLIENT})
    STANDS = "preferences"
    SENTENCE = Text(
        "Voorkeuren[: {job_types}][, {hours_per_week} uur per week][, {place}][, {pace}]"
        "[, liever niet: {no_go}]",
        "Preferences[: {job_types}][, {hours_per_week} hours a week][, {place}][, {pace}]"
        "[, rather not: {no_go}]",
    )

    note: UUID
    job_types: tuple[Label, ...] = ()
    hours_per_week: Hours | None = None
    place: Label | None = None
    pace: Pace | None = None
    no_go: tuple[Label, ...] = ()
    """What it should not be, short, and never why: a job broker may be shown it."""
    words: Words | None = None


class MilestoneReached(ProfileEvent):
    """A step that is not a job, in own words: a rhythm of days, a weekend feeling, applying."""

    TYPE: ClassVar[str] = "milestone.reached.v1"
    SENTENCE = Text("Een stap gezet", "Took a step")

    note: UUID
    words: Words
