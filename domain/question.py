"""The question how things are, and from which day it is asked: as often as the client chose."""

from __future__ import annotations

from datetime import date, timedelta

from domain.language import Text
from domain.state import Trajectory

QUESTION = Text(
    "Op een schaal van 1 tot en met 10: in welke mate vind je jezelf een gelukkig mens?",
    "On a scale from 1 to 10: to what extent do you consider yourself a happy person?",
)
"""The single question of Statistics Netherlands (reference 2.3)."""


def next_question_on(state: Trajectory) -> date | None:
    """Say from which day we ask how things are: only who chose to be asked, as often as chosen.

    First on the day of choosing, then so many weeks after the last score, and never while the
    client asked to be left alone.
    """
    wellbeing = state.wellbeing
    weeks, since, last = wellbeing.asked_every_weeks, wellbeing.asked_since, wellbeing.scored_on
    if weeks is None or since is None or state.course.closed:
        return None
    again = None if last is None else last + timedelta(weeks=weeks)
    return max(filter(None, (since, again, state.support.peace_until)))
