"""When somebody looks back at reading along in an emergency: a promise of the organisation."""

from __future__ import annotations

from collections.abc import Container
from datetime import date
from typing import NamedTuple

from domain.holidays import DUTCH
from domain.language import Text
from domain.rhythm import answer_due
from domain.wording import day as worded

WORKING_DAYS = 5
"""From the day it was opened (P): no source gives a term, so each organisation may set its own."""


class Review(NamedTuple):
    """By when a second person looks back, in words for who can do it."""

    on: date
    overdue: bool
    told: Text


def review_due(
    opened_on: date, days: int, today: date, holidays: Container[date] = DUTCH
) -> Review:
    """Say by the end of which working day it was promised, and whether that day is over."""
    on = opened_on
    for _ in range(days):
        on = answer_due(on, holidays)
    return Review(on, today > on, _late(on) if today > on else _promised(on))


def _promised(on: date) -> Text:
    return Text(
        f"Een tweede kijkt dit na, uiterlijk {worded(on, 'nl')}: dat beloofden wij.",
        f"A second person looks back at this by {worded(on, 'en')}: we promised so.",
    )


def _late(on: date) -> Text:
    return Text(
        f"Wij beloofden dit uiterlijk {worded(on, 'nl')} na te kijken. Dat lukte nog niet: kijk "
        "het vandaag na, of vraag een collega.",
        f"We promised to look back at this by {worded(on, 'en')}. That did not work out yet: look "
        "at it today, or ask a colleague.",
    )
