"""Rules for trying out: a day along can be anywhere, at any moment, arranged before or not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID, uuid4

from pydantic import Field

from domain.events.base import Event
from domain.events.referral import WordsBy
from domain.events.trying import TryOutArranged, TryOutDone
from domain.rules import references
from domain.rules.base import Facts, Refused
from domain.rules.limits import Day, ShortText, Story
from domain.rules.references import Reference
from domain.rules.shared import OnTrajectory, nothing_new, somewhere, stands, whose_words
from domain.state import Trajectory
from domain.state.said import mark


class _OnTryOut(OnTrajectory):
    GUARDS = False

    tryout: UUID = Field(default_factory=uuid4)
    employer: UUID | None = None
    place: ShortText | None = None
    """Where it is, when that employer is not known here."""
    title: ShortText | None = None
    """What sort of work it is."""

    def refers(self) -> Mapping[str, Reference]:
        return references.employer(self.employer)


class ArrangeTryOut(_OnTryOut):
    """Arrange a day along, to find out what somebody likes."""

    NAME = "arrange-try-out"
    YIELDS = (TryOutArranged,)

    planned_on: Day
    wants_to_know: Story | None = None
    """What the client would like to find out there."""

    def decide(self, state: Trajectory, facts: Facts) -> Sequence[Event]:
        about = self.begin(state, facts)
        if state.trying.find(self.tryout) is not None:
            return []
        somewhere(self.employer, self.place)
        if self.planned_on < about["occurred_on"]:
            raise Refused(
                "Deze dag is al voorbij. Noteer dat er is meegelopen, of kies een latere dag.",
                "This day is over. Note that somebody went along, or choose a later day.",
                "planned_on",
            )
        return [TryOutArranged(**about, **self.said())]


class LogTryOut(_OnTryOut):
    """Note a day along and what the client thought of it; it need not have been arranged."""

    NAME = "log-try-out"
    YIELDS = (TryOutDone,)

    verdict: Story | None = None
    """What the client thought of it."""
    words_by: WordsBy | None = None
    """Whose pen it was; the client's when the client records it."""

    def decide(self, state: Trajectory, facts: Facts) -> Sequence[Event]:
        about = self.begin(state, facts)
        words_by = whose_words(self.words_by, state, facts, "words_by")
        arranged = state.trying.find(self.tryout)
        if arranged is not None and arranged.done:
            if stands((mark(self.verdict), arranged.verdict)):
                where = (self.employer, arranged.employer), (self.place, arranged.place)
                day = self.occurred_on, arranged.day
                return nothing_new(day, *where, (self.title, arranged.title))
            about["occurred_on"] = self.occurred_on or arranged.day
        said: dict[str, Any] = self.said("words_by")
        if arranged is None:
            somewhere(self.employer, self.place)
        elif self.employer is None and self.place is None:
            said |= {"employer": arranged.employer, "place": arranged.place}
        if arranged is not None and self.title is None:
            said["title"] = arranged.title
        return [TryOutDone(**about, **said, words_by=words_by)]
