"""Rules for asking for a copy of the file, and for giving it (reference 0.1 and 7.3)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from domain.events.base import Event
from domain.events.file_copy import CopyGiven, CopyRequested
from domain.language import Text
from domain.rules.base import Facts
from domain.rules.limits import Story
from domain.rules.shared import NewId, OnTrajectory, nothing_new
from domain.rules.third_parties import LookedOver, answer_by, not_asked
from domain.state import Trajectory
from domain.wording import dated

_ASK = Text(
    "Er is nog geen kopie van je dossier. Vraag erom (request-copy); binnen een maand krijg je "
    "antwoord.",
    "There is no copy of your file yet. Ask for it (request-copy); you get an answer within a "
    "month.",
)
_ASKED = Text(
    "Je vroeg om een kopie van je dossier. Iemand kijkt eerst na wat anderen in vertrouwen zeiden; "
    "uiterlijk {day} krijg je antwoord.",
    "You asked for a copy of your file. Somebody first looks over what others said in confidence; "
    "you get an answer by {day}.",
)


class RequestCopy(OnTrajectory):
    """Ask for a copy of your file."""

    NAME = "request-copy"
    YIELDS = (CopyRequested,)
    GUARDS = False
    AFTER_CLOSING = True

    request: NewId
    words: Story | None = None

    def decide(self, state: Trajectory, facts: Facts) -> Sequence[Event]:
        about = self.begin(state, facts)
        if state.protection.copy_asked(self.request) is not None:
            return []
        return [CopyRequested(**about, **self.said(), answer_by=answer_by(facts.today))]


class GiveCopy(LookedOver):
    """Give the client the copy of the file that they asked for."""

    NAME = "give-copy"
    YIELDS = (CopyGiven,)

    def decide(self, state: Trajectory, facts: Facts) -> Sequence[Event]:
        about = self.begin(state, facts)
        asked = state.protection.copy_asked(self.request)
        if asked is None:
            raise not_asked()
        organisation = self.holder(facts)
        if asked.given is not None:
            return nothing_new(((organisation, self.checked_by, self.checked_on), asked.given))
        self.looked_over(state, facts, asked.asked_on)
        return [CopyGiven(**about, **self.said(), organisation=organisation)]


def not_given(answer_by: date | None) -> Text:
    """Say how to ask for a copy, or by when the one that was asked for is answered."""
    if answer_by is None:
        return _ASK
    return _ASKED.filled(day=dated(answer_by))
