"""Rules for taking part: learning, sport, informal care and own care, several at once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID, uuid4

from pydantic import Field

from domain.events.base import Event
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
from domain.rules.base import Facts, Refused
from domain.rules.limits import HoursPerWeek, ShortText, Story
from domain.rules.shared import OnTrajectory, not_before, nothing_new, stands
from domain.state import Trajectory
from domain.state.participation import Education
from domain.state.said import mark


class StartEducation(OnTrajectory):
    """Note that learning began: language lessons, a course or an education."""

    NAME = "start-education"
    YIELDS = (EducationStarted,)

    education: UUID = Field(default_factory=uuid4)
    kind: EducationKind
    title: ShortText | None = None

    def decide(self, state: Trajectory, facts: Facts) -> Sequence[Event]:
        about = self.begin(state, facts)
        if state.participation.education(self.education) is not None:
            return []
        return [EducationStarted(**about, **self.said())]


class _OnEducation(OnTrajectory):
    education: UUID

    def find(self, state: Trajectory, facts: Facts) -> tuple[Education, dict[str, Any]]:
        """Give what is learnt and the fields of the event; refuse when it is not there."""
        about = self.begin(state, facts)
        found = state.participation.education(self.education)
        if found is None:
            raise Refused(
                "Deze les of opleiding staat er niet. Noteer eerst dat die begonnen is.",
                "There is no such lesson or education. First note that it began.",
                "education",
            )
        not_before(found.started_on, about["occurred_on"])
        return found, {**about, "education": found.id, "kind": found.kind}


class CompleteEducation(_OnEducation):
    """Note that what was to be learnt is learnt."""

    NAME = "complete-education"
    YIELDS = (EducationCompleted,)

    def decide(self, state: Trajectory, facts: Facts) -> Sequence[Event]:
        found, about = self.find(state, facts)
        if found.ended_on is None:
            return [EducationCompleted(**about)]
        if found.completed:
            return nothing_new((self.occurred_on, found.ended_on))
        raise Refused(
            "Hiermee is al gestopt. Noteer een nieuw begin, of verbeter het einde als dat fout is.",
            "This was stopped already. Note a new start, or correct the end if it is wrong.",
            "education",
        )


class StopEducation(_OnEducation):
    """Note that the learning stopped; why is up to the client."""

    NAME = "stop-education"
    YIELDS = (EducationStopped,)

    words: Story | None = None

    def decide(self, state: Trajectory, facts: Facts) -> Sequence[Event]:
        found, about = self.find(state, facts)
        if found.ended_on is None:
            return [EducationStopped(**about, words=self.words)]
        if not found.completed:
            return nothing_new((self.occurred_on, found.ended_on), (mark(self.words), found.words))
        raise Refused(
            "Dit is al afgemaakt. Noteer een nieuw begin, of verbeter het einde als dat fout is.",
            "This was completed already. Note a new start, or correct the end if it is wrong.",
            "education",
        )


class StartSportOrCourse(OnTrajectory):
    """Note that the client took up a sport, or a course for themselves."""

    NAME = "start-sport-or-course"
    YIELDS = (SportOrCourseStarted,)

    activity: UUID = Field(default_factory=uuid4)
    kind: ActivityKind
    title: ShortText | None = None

    def decide(self, state: Trajectory, facts: Facts) -> Sequence[Event]:
        about = self.begin(state, facts)
        if state.participation.activity(self.activity) is not None:
            return []
        return [SportOrCourseStarted(**about, **self.said())]


class EndSportOrCourse(OnTrajectory):
    """Note that the sport or course is over."""

    NAME = "end-sport-or-course"
    YIELDS = (SportOrCourseEnded,)

    activity: UUID

    def decide(self, state: Trajectory, facts: Facts) -> Sequence[Event]:
        about = self.begin(state, facts)
        found = state.participation.activity(self.activity)
        if found is None:
            raise Refused(
                "Deze sport of cursus staat er niet. Noteer eerst dat die begonnen is.",
                "There is no such sport or course. First note that it began.",
                "activity",
            )
        if found.ended_on is not None:
            return nothing_new((self.occurred_on, found.ended_on))
        not_before(found.started_on, about["occurred_on"])
        return [SportOrCourseEnded(**about, activity=found.id, kind=found.kind)]


class NoteInformalCare(OnTrajectory):
    """Note that you care for somebody; for whom stays with you."""

    NAME = "note-informal-care"
    YIELDS = (InformalCareNoted,)

    hours_per_week: HoursPerWeek | None = None

    def decide(self, state: Trajectory, facts: Facts) -> Sequence[Event]:
        about = self.begin(state, facts)
        care = state.participation.informal_care
        if care is not None and stands((self.hours_per_week, care.hours_per_week)):
            return nothing_new((self.occurred_on, care.noted_on))
        return [InformalCareNoted(**about, **self.said())]


class EndInformalCare(OnTrajectory):
    """Note that the informal care is over."""

    NAME = "end-informal-care"
    YIELDS = (InformalCareEnded,)

    def decide(self, state: Trajectory, facts: Facts) -> Sequence[Event]:
        about = self.begin(state, facts)
        return [] if state.participation.informal_care is None else [InformalCareEnded(**about)]


class NoteOwnCare(OnTrajectory):
    """Say that care comes first for a while; which care is not asked."""

    NAME = "note-own-care"
    YIELDS = (OwnCareTrajectoryNoted,)

    def decide(self, state: Trajectory, facts: Facts) -> Sequence[Event]:
        about = self.begin(state, facts)
        first_on = state.participation.care_first_on
        if first_on is not None:
            return nothing_new((self.occurred_on, first_on))
        return [OwnCareTrajectoryNoted(**about)]


class EndOwnCare(OnTrajectory):
    """Say that care no longer comes first."""

    NAME = "end-own-care"
    YIELDS = (OwnCareTrajectoryEnded,)

    def decide(self, state: Trajectory, facts: Facts) -> Sequence[Event]:
        about = self.begin(state, facts)
        if state.participation.care_first_on is None:
            return []
        return [OwnCareTrajectoryEnded(**about)]
