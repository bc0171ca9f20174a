"""What somebody takes part in beside work: what runs and what ran, by kind and day."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple, assert_never
from uuid import UUID

from domain.events.participation import (
    ActivityKind,
    EducationCompleted,
    EducationKind,
    EducationStarted,
    EducationStopped,
    InformalCareEnded,
    InformalCareNoted,
    OwnCareTrajectoryEnded,
    OwnCareTrajectoryNoted,
    SportOrCourseEnded,
    SportOrCourseStarted,
)
from domain.events.topics import ParticipationTopic
from domain.state.said import Mark, mark


class Education(NamedTuple):
    """Something that is or was learnt."""

    id: UUID
    kind: EducationKind
    started_on: date
    ended_on: date | None = None
    completed: bool = False
    words: Mark = None
    """The mark of why it stopped."""


class Activity(NamedTuple):
    """A sport, or a course for oneself."""

    id: UUID
    kind: ActivityKind
    started_on: date
    ended_on: date | None = None


class InformalCare(NamedTuple):
    """That somebody is cared for, never who."""

    noted_on: date
    hours_per_week: float | None


class Participation(NamedTuple):
    """All of it; several go on at once."""

    educations: tuple[Education, ...] = ()
    activities: tuple[Activity, ...] = ()
    informal_care: InformalCare | None = None
    care_first_on: date | None = None

    def education(self, wanted: UUID) -> Education | None:
        """Find one by its id."""
        return next((each for each in self.educations if each.id == wanted), None)

    def activity(self, wanted: UUID) -> Activity | None:
        """Find one by its id."""
        return next((each for each in self.activities if each.id == wanted), None)


def evolve_participation(found: Participation, event: ParticipationTopic) -> Participation:
    day = event.occurred_on
    match event:
        case EducationStarted():
            begun = Education(event.education, event.kind, day)
            return found._replace(educations=(*found.educations, begun))
        case EducationCompleted() | EducationStopped():
            completed = isinstance(event, EducationCompleted)
            words = mark(event.words) if isinstance(event, EducationStopped) else None
            return found._replace(
                educations=tuple(
                    each._replace(ended_on=day, completed=completed, words=words)
                    if each.id == event.education
                    else each
                    for each in found.educations
                )
            )
        case SportOrCourseStarted():
            taken_up = Activity(event.activity, event.kind, day)
            return found._replace(activities=(*found.activities, taken_up))
        case SportOrCourseEnded():
            return found._replace(
                activities=tuple(
                    each._replace(ended_on=day) if each.id == event.activity else each
                    for each in found.activities
                )
            )
        case InformalCareNoted():
            return found._replace(informal_care=InformalCare(day, event.hours_per_week))
        case InformalCareEnded():
            return found._replace(informal_care=None)
        case OwnCareTrajectoryNoted():
            return found._replace(care_first_on=day)
        case OwnCareTrajectoryEnded():
            return found._replace(care_first_on=None)
        case _:
            assert_never(event)
