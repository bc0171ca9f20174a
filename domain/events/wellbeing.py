"""Events about how somebody is doing, told by themselves; whether we ask is theirs to choose."""

from __future__ import annotations

from typing import Annotated, ClassVar
from uuid import UUID

from pydantic import Field

from domain.events.base import Category, Event, Kind, Words
from domain.language import Text
from domain.roles import Role


class WellbeingEvent(Event):
    """What every event about wellbeing has: it is the client's own."""

    CATEGORY = Category.WELLBEING
    RECORDED_BY = frozenset({Role.CLIENT})


class WellbeingScored(WellbeingEvent):
    """The client gave their days a figure from 1 to 10 (reference 2.3)."""

    TYPE: ClassVar[str] = "wellbeing.scored.v1"
    STANDS = "wellbeing"
    SENTENCE = Text("Gaf zichzelf een {score}", "Gave themselves a {score}")
    TO_CLIENT = Text("Je gaf jezelf een {score}", "You gave yourself a {score}")

    note: UUID
    score: Annotated[int, Kind.HEALTH, Field(ge=1, le=10)]
    words: Words | None = None


class WellbeingRhythmChosen(WellbeingEvent):
    """The client chose how often we may ask."""

    TYPE: ClassVar[str] = "wellbeing.rhythm_chosen.v1"
    STANDS = "wellbeing_rhythm"
    SENTENCE = Text(
        "Koos hoe vaak we vragen hoe het gaat[; weken ertussen: {every_weeks}]",
        "Chose how often we ask how things are[; weeks between: {every_weeks}]",
    )
    TO_CLIENT = Text(
        "Je koos hoe vaak we vragen hoe het gaat[; weken ertussen: {every_weeks}]",
        "You chose how often we ask how things are[; weeks between: {every_weeks}]",
    )

    every_weeks: Annotated[int, Field(ge=1, le=52)]


class WellbeingQuestionStopped(WellbeingEvent):
    """The client does not want to be asked."""

    TYPE: ClassVar[str] = "wellbeing.question_stopped.v1"
    ENDS = ("wellbeing_rhythm",)
    SENTENCE = Text("We vragen niet meer hoe het gaat", "We no longer ask how things are")


class WatchAsked(WellbeingEvent):
    """The client asks the team to keep an eye on how it goes."""

    TYPE: ClassVar[str] = "watch.asked.v1"
    STANDS = "watch"
    SENTENCE = Text("Vraagt het team om mee te kijken", "Asks the team to keep an eye on it")
    TO_CLIENT = Text("Je vraagt het team om mee te kijken", "You ask the team to keep an eye on it")


class WatchStopped(WellbeingEvent):
    """The client asks the team to stop watching."""

    TYPE: ClassVar[str] = "watch.stopped.v1"
    ENDS = ("watch",)
    SENTENCE = Text("Meekijken is niet meer nodig", "No need to keep an eye on it any more")
