"""What is known about asking and signalling, and nothing about how somebody is."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import NamedTuple, assert_never
from uuid import UUID

from domain.events.experience import ExperienceGiven
from domain.events.setback import RecoveryNoted, SetbackAnswered, SetbackSignalled
from domain.events.topics import SetbackTopic, WellbeingTopic
from domain.events.wellbeing import (
    WatchAsked,
    WatchStopped,
    WellbeingQuestionStopped,
    WellbeingRhythmChosen,
    WellbeingScored,
)
from domain.state.said import Mark, mark


class Setback(NamedTuple):
    """A signal, whether it was answered, whether it is over."""

    id: UUID
    signalled_on: date
    answered_on: date | None = None
    closed_on: date | None = None
    recovered: Mark = None
    """The mark of what was written when it was over."""

    @property
    def open(self) -> bool:
        """Whether it is still going on."""
        return self.closed_on is None


class Wellbeing(NamedTuple):
    """Dates and counts only."""

    asked_every_weeks: int | None = None
    asked_since: date | None = None
    """When this was chosen."""
    question_stopped: bool = False
    watched_since: date | None = None
    scored_on: date | None = None
    scores: int = 0
    setbacks: tuple[Setback, ...] = ()

    def setback(self, wanted: UUID) -> Setback | None:
        """Find a signal by its id."""
        return next((each for each in self.setbacks if each.id == wanted), None)

    @property
    def unanswered(self) -> tuple[Setback, ...]:
        """The signals that wait for the team."""
        return tuple(each for each in self.setbacks if each.open and each.answered_on is None)


def evolve_wellbeing(wellbeing: Wellbeing, event: WellbeingTopic) -> Wellbeing:
    match event:
        case WellbeingScored():
            scored_on = max(wellbeing.scored_on or event.occurred_on, event.occurred_on)
            return wellbeing._replace(scored_on=scored_on, scores=wellbeing.scores + 1)
        case WellbeingRhythmChosen():
            return wellbeing._replace(
                asked_every_weeks=event.every_weeks,
                asked_since=event.occurred_on,
                question_stopped=False,
            )
        case WellbeingQuestionStopped():
            return wellbeing._replace(
                asked_every_weeks=None, asked_since=None, question_stopped=True
            )
        case WatchAsked():
            return wellbeing._replace(watched_since=event.occurred_on)
        case WatchStopped():
            return wellbeing._replace(watched_since=None)
        case ExperienceGiven():
            return wellbeing
        case _:
            assert_never(event)


def evolve_setbacks(wellbeing: Wellbeing, event: SetbackTopic) -> Wellbeing:
    match event:
        case SetbackSignalled():
            signal = Setback(event.setback, event.occurred_on)
            return wellbeing._replace(setbacks=(*wellbeing.setbacks, signal))
        case SetbackAnswered():
            # The first answer is the one that was waited for.
            return _changed(
                wellbeing,
                event.setback,
                lambda each: each._replace(answered_on=each.answered_on or event.occurred_on),
            )
        case RecoveryNoted():
            return _changed(
                wellbeing,
                event.setback,
                lambda each: each._replace(
                    closed_on=each.closed_on or event.occurred_on,
                    recovered=mark(event.words),
                ),
            )
        case _:
            assert_never(event)


def _changed(
    wellbeing: Wellbeing, setback: UUID, change: Callable[[Setback], Setback]
) -> Wellbeing:
    return wellbeing._replace(
        setbacks=tuple(change(each) if each.id == setback else each for each in wellbeing.setbacks)
    )
