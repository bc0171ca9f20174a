"""What a check of a trajectory is: its name in words, whether it holds, and what proves it."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple
from uuid import UUID

from domain.events.base import Category, Event
from domain.language import Choice
from domain.roles import Role


class CheckName(Choice):
    """What is checked; about the file and the team's own promises, never about a person."""

    CLIENT_WORDS = (
        *("client_words", "Wat de cliënt wil staat er in eigen woorden"),
        "What the client wants is there in their own words",
    )
    OPTIONS = (
        *("options", "Er zijn ten minste twee mogelijkheden genoteerd"),
        "At least two ways it could go were noted",
    )
    CLIENT_PART = (
        *("client_part", "De cliënt deed mee, of er staat waarom niet"),
        "The client took part, or it says why not",
    )
    AGREEMENT = (
        *("agreement", "Van ieder die meedeed staat er of die het ermee eens is"),
        "Where each participant stands was noted",
    )
    CLIENT_AGREES = (
        *("client_agrees", "De cliënt is het niet oneens met de keuze"),
        "The client does not disagree with the choice",
    )
    DISSENT_WORDS = (
        *("dissent_words", "Wie het anders ziet, staat er met eigen woorden bij"),
        "Whoever sees it otherwise is there in their own words",
    )
    BASED_ON = (
        *("based_on", "Waar de keuze op rust, stond er al toen er gekozen werd"),
        "What the choice rests on was there when it was made",
    )
    CHOSEN_FIRST = (
        *("chosen_first", "Er is gekozen voordat het gebeurde"),
        "The choice was made before what it covers was done",
    )
    REVIEW_SET = (
        *("review_set", "Er is een moment gekozen om terug te kijken"),
        "A moment to look back was chosen",
    )
    REVIEW_HELD = "review_held", "Er is teruggekeken", "The team and the client looked back"
    REVIEW_IN_TIME = (
        *("review_in_time", "Er is teruggekeken binnen 30 dagen na de gekozen dag"),
        "They looked back within 30 days of the chosen day",
    )
    ANSWERED = (
        *("answered", "Het team reageerde de volgende werkdag toen het even niet goed ging"),
        "The team answered by the next working day when it was not going well",
    )
    RHYTHM_KEPT = (
        *("rhythm_kept", "Het team sprak de cliënt zo vaak als beloofd"),
        "The team talked with the client as often as promised",
    )
    DOOR_OFFERED = (
        *("door_offered", "De deur stond open, en het team bood dat kwartaal contact aan"),
        "The door stood open, and the team offered contact that quarter",
    )
    SHARED_BY_PERMISSION = (
        *("shared_by_permission", "Wie meelas omdat de cliënt iets deelde, deed dat toen dat gold"),
        "Whoever read along by what was shared did so while that was in force",
    )
    CLOSED_AS_LISTED = (
        *("closed_as_listed", "Afgerond om een reden die op de lijst staat"),
        "Closed for a reason that is on the list",
    )


AFTER_THE_CHOICE = frozenset(
    {CheckName.REVIEW_HELD, CheckName.REVIEW_IN_TIME, CheckName.DISSENT_WORDS}
)
"""What tells how a choice turned out, or rests on what was said of it since."""
BY_FORM = frozenset({CheckName.CLIENT_WORDS, CheckName.REVIEW_SET, CheckName.CLOSED_AS_LISTED})
"""What cannot be recorded otherwise: that it holds says nothing of who wrote the entry."""


class Entered(NamedTuple):
    """An entry as it reads by now, with the day it was recorded; in the order of the log."""

    id: UUID
    body: Event
    recorded_on: date
    by: Role | None = None
    """The role of who recorded it; None is not known."""


class Shared(NamedTuple):
    """A day on which somebody saw more by a permission, a mandate or a sending than without it."""

    by: UUID
    on: date


class Check(NamedTuple):
    """One thing that was checked."""

    name: CheckName
    category: Category
    holds: bool | None
    """None: not due yet, or there is nothing to check."""
    entries: tuple[UUID, ...]
    """What proves it; the entry that it is about comes first."""
    month: date | None = None
    """The first day of the month that it is about."""
