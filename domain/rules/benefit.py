"""Rules for income, as the client tells it, and for advice about it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

from pydantic import Field

from domain.events.base import Event
from domain.events.benefit import (
    Benefit,
    BenefitEnded,
    BenefitsCounsellingGiven,
    BenefitSituationNoted,
    Counsellor,
)
from domain.rules.base import Facts, Refused
from domain.rules.limits import ShortText, Story
from domain.rules.shared import Note, once
from domain.state import Trajectory


class NoteBenefits(Note):
    """Note what the client lives on."""

    NAME = "note-benefits"
    YIELDS = (BenefitSituationNoted,)

    benefits: Annotated[tuple[Benefit, ...], Field(min_length=1)]
    words: Story | None = None

    def decide(self, state: Trajectory, facts: Facts) -> Sequence[Event]:
        about = self.begin(state, facts)
        if self.again(state):
            return []
        benefits = once(self.benefits)
        if Benefit.NONE in benefits and len(benefits) > 1:
            raise Refused(
                "Geen uitkering en een uitkering gaan niet samen. Kies een van beide.",
                "No benefit and a benefit do not go together. Choose one of them.",
                "benefits",
            )
        return [BenefitSituationNoted(**about, note=self.note, benefits=benefits, words=self.words)]


class EndBenefit(Note):
    """Note that a benefit ended, wholly or in part."""

    NAME = "end-benefit"
    YIELDS = (BenefitEnded,)

    benefit: Benefit
    wholly: bool = True
    words: Story | None = None

    def decide(self, state: Trajectory, facts: Facts) -> Sequence[Event]:
        about = self.begin(state, facts)
        if self.again(state):
            return []
        if self.benefit is Benefit.NONE:
            raise Refused(
                "Zonder uitkering stopt er ook geen. Noteer dan de nieuwe situatie.",
                "Without a benefit there is none to end. Note the new situation instead.",
                "benefit",
            )
        return [BenefitEnded(**about, **self.said())]


class NoteCounselling(Note):
    """Note that somebody explained what work, hours or pay do to income."""

    NAME = "note-counselling"
    YIELDS = (BenefitsCounsellingGiven,)

    given_by: Counsellor
    qualified: bool
    """Whether they are trained for it."""
    before: ShortText | None = None
    """Before which decision: a start, other hours, other pay."""
    words: Story | None = None

    def decide(self, state: Trajectory, facts: Facts) -> Sequence[Event]:
        about = self.begin(state, facts)
        if self.again(state):
            return []
        return [BenefitsCounsellingGiven(**about, **self.said())]
