"""Rules for wellbeing: the client's own figure, and the client's own choice to be asked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

from pydantic import Field

from domain.events.base import Event
from domain.events.wellbeing import (
    WatchAsked,
    WatchStopped,
    WellbeingQuestionStopped,
    WellbeingRhythmChosen,
    WellbeingScored,
)
from domain.language import Text
from domain.outcomes import slope
from domain.rules.base import Facts, Refused
from domain.rules.limits import Story
from domain.rules.shared import Note, OnTrajectory, by_the_client
from domain.state import Trajectory
from domain.state.wellbeing import Wellbeing

NO_LINE = Text(
    "Er is niet gevraagd om mee te kijken; daarom staat er geen lijn. Vragen kan elke dag.",
    "Nobody was asked to watch; so no line is drawn. Asking is possible any day.",
)


def only_the_client(state: Trajectory, facts: Facts) -> None:
    """Refuse anybody but the client, or somebody who records on the client's behalf."""
    if not by_the_client(state, facts):
        raise Refused(
            "Hoe het gaat zegt de cliënt zelf. Je kunt wel een contact noteren.",
            "How things are is for the client to say. You can note a contact instead.",
        )


class ScoreWellbeing(Note):
    """Give these days a figure from 1 to 10."""

    NAME = "score-wellbeing"
    YIELDS = (WellbeingScored,)

    score: Annotated[int, Field(ge=1, le=10)]
    words: Story | None = None

    def decide(self, state: Trajectory, facts: Facts) -> Sequence[Event]:
        about = self.begin(state, facts)
        only_the_client(state, facts)
        return [] if self.again(state) else [WellbeingScored(**about, **self.said())]


class ChooseWellbeingRhythm(OnTrajectory):
    """Choose how often we may ask how things are."""

    NAME = "choose-wellbeing-rhythm"
    YIELDS = (WellbeingRhythmChosen,)

    every_weeks: Annotated[int, Field(ge=1, le=52)]

    def decide(self, state: Trajectory, facts: Facts) -> Sequence[Event]:
        about = self.begin(state, facts)
        only_the_client(state, facts)
        if state.wellbeing.asked_every_weeks == self.every_weeks:
            return []
        return [WellbeingRhythmChosen(**about, every_weeks=self.every_weeks)]


class StopWellbeingQuestion(OnTrajectory):
    """Ask us to stop asking."""

    NAME = "stop-wellbeing-question"
    YIELDS = (WellbeingQuestionStopped,)

    def decide(self, state: Trajectory, facts: Facts) -> Sequence[Event]:
        about = self.begin(state, facts)
        only_the_client(state, facts)
        return [] if state.wellbeing.question_stopped else [WellbeingQuestionStopped(**about)]


class AskToWatch(OnTrajectory):
    """Ask the team to keep an eye on how it goes."""

    NAME = "ask-to-watch"
    YIELDS = (WatchAsked,)

    def decide(self, state: Trajectory, facts: Facts) -> Sequence[Event]:
        about = self.begin(state, facts)
        only_the_client(state, facts)
        return [] if state.wellbeing.watched_since is not None else [WatchAsked(**about)]


class StopWatching(OnTrajectory):
    """Ask the team to stop watching."""

    NAME = "stop-watching"
    YIELDS = (WatchStopped,)

    def decide(self, state: Trajectory, facts: Facts) -> Sequence[Event]:
        about = self.begin(state, facts)
        only_the_client(state, facts)
        return [] if state.wellbeing.watched_since is None else [WatchStopped(**about)]


def line(wellbeing: Wellbeing, scores: Sequence[int]) -> float | None:
    """Give how somebody's scores go, only for as long as they ask us to watch (reference 2.1)."""
    return None if wellbeing.watched_since is None else slope(scores)
