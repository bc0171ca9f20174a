"""Rules for asking to erase, and for the answer of each record holder (reference 7.3).

Here it is only decided. Carrying it out, by destroying keys, is not built yet.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated
from uuid import UUID

from pydantic import Field

from domain.events.base import Event
from domain.events.erasure import EraseDecided, EraseRequested, Erasure, Record
from domain.rules.base import Facts, Refused
from domain.rules.limits import Story
from domain.rules.shared import NewId, OnTrajectory
from domain.rules.third_parties import LookedOver, answer_by, not_asked
from domain.state import Trajectory
from domain.state.protection import Decided
from domain.state.said import mark


class RequestErasure(OnTrajectory):
    """Ask to erase entries, or all of them."""

    NAME = "request-erasure"
    YIELDS = (EraseRequested,)
    GUARDS = False
    AFTER_CLOSING = True

    request: NewId
    entries: Annotated[tuple[UUID, ...], Field(max_length=100)] = ()
    """Which ones; none: all of them."""
    words: Story | None = None

    def decide(self, state: Trajectory, facts: Facts) -> Sequence[Event]:
        about = self.begin(state, facts)
        if state.protection.request(self.request) is not None:
            return []
        return [
            EraseRequested(
                **about,
                **self.said(),
                everything=not self.entries,
                answer_by=answer_by(facts.today),
            )
        ]


class DecideErasure(LookedOver):
    """Answer a request to erase, for one record of your organisation."""

    NAME = "decide-erasure"
    YIELDS = (EraseDecided,)

    record: Record
    outcome: Erasure
    words: Story | None = None
    """What the client reads about it; asked when something is kept."""

    def decide(self, state: Trajectory, facts: Facts) -> Sequence[Event]:
        about = self.begin(state, facts)
        asked = state.protection.request(self.request)
        if asked is None:
            raise not_asked()
        organisation = self.holder(facts)
        if self.outcome is not Erasure.GRANTED and self.words is None:
            raise Refused(
                "Leg de cliënt uit waarom dit bewaard blijft.",
                "Explain to the client why this is kept.",
                "words",
            )
        answer = Decided(
            *(organisation, self.record, self.outcome, mark(self.words)),
            *(self.checked_by, self.checked_on),
        )
        if answer in asked.decided:
            return []
        self.looked_over(state, facts, asked.asked_on)
        return [EraseDecided(**about, **self.said(), organisation=organisation)]
