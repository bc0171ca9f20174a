"""Rules for what pays for a trajectory: it is approved, extended and ended beside the support."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated, Any
from uuid import UUID

from pydantic import Field

from domain.events.base import Event, StreamKind
from domain.events.funding import (
    Funder,
    FundingApproved,
    FundingDocument,
    FundingDocumentNoted,
    FundingEnd,
    FundingEnded,
    FundingExtended,
    TargetGroup,
)
from domain.rules import references
from domain.rules.base import Facts, Refused, not_later
from domain.rules.limits import Day, ShortText
from domain.rules.references import Reference
from domain.rules.shared import NewId, Registration, nothing_new
from domain.state.funding import Funding, approval, ending

MONTHS_EPA = 36
"""Duration for EPA under the rules of UWV of 2018 (reference 3.2) (U): to be checked."""
MONTHS = 24
"""Duration for CMD, and usual in the municipal scheme (reference 3.2) (U): to be checked."""
MOST_MONTHS = 120
"""More is a slip of the pen (U): to be checked."""

Months = Annotated[int, Field(ge=1, le=MOST_MONTHS)]


class _OnFunding(Registration):
    STREAM = StreamKind.FUNDING
    GUARDS = False

    def begin(self, state: Funding, facts: Facts) -> dict[str, Any]:
        """Check funding and day; give the fields that every event carries."""
        if state.trajectory is None:
            raise Refused(
                "Deze financiering is er nog niet. Noteer eerst de goedkeuring.",
                "There is no such funding yet. Note the approval first.",
            )
        return {**self.when(facts), "trajectory": state.trajectory}


class ApproveFunding(_OnFunding):
    """Note that a funder approved, on the day of the letter; noted again, it is put right."""

    NAME = "approve-funding"
    YIELDS = (FundingApproved,)
    CREATES = True

    trajectory: UUID
    funder: Funder
    scheme: ShortText | None = None
    """The scheme's name, and nothing about the person."""
    months: Months | None = None
    """36 for EPA and 24 otherwise when left out."""
    target_group: TargetGroup | None = None

    def decide(self, state: Funding, facts: Facts) -> Sequence[Event]:
        if state.trajectory not in {None, self.trajectory}:
            raise Refused(
                "Deze financiering hoort bij een ander traject. Noteer een nieuwe financiering.",
                "This funding belongs to another trajectory. Note a new funding.",
                "trajectory",
            )
        when = self.when(facts)
        if self.occurred_on is None and state.approval is not None:
            when["occurred_on"] = state.approval.approved_on
        usual = MONTHS_EPA if self.target_group is TargetGroup.EPA else MONTHS
        event = FundingApproved(**when, **self.said("months"), months=self.months or usual)
        return [] if approval(event) == state.approval else [event]

    def refers(self) -> Mapping[str, Reference]:
        return references.trajectory(self.trajectory)


class ExtendFunding(_OnFunding):
    """Note that the funder added months."""

    NAME = "extend-funding"
    YIELDS = (FundingExtended,)

    extension: NewId
    months: Months

    def decide(self, state: Funding, facts: Facts) -> Sequence[Event]:
        about = self.begin(state, facts)
        if state.extended(self.extension):
            return []
        if state.ending is not None:
            raise Refused(
                "Deze financiering is geëindigd. Noteer de nieuwe goedkeuring als een nieuwe "
                "financiering.",
                "This funding has ended. Note the new approval as a new funding.",
            )
        return [FundingExtended(**about, **self.said())]


class EndFunding(_OnFunding):
    """Note that a funding ended, and the support goes on; noted again, it is put right."""

    NAME = "end-funding"
    YIELDS = (FundingEnded,)

    reason: FundingEnd
    started_on: Day | None = None
    """When the guidance started, for the end report."""
    resumed_work_on: Day | None = None
    """When work was resumed."""
    placed_on: Day | None = None
    """When the placement began."""

    def decide(self, state: Funding, facts: Facts) -> Sequence[Event]:
        about = self.begin(state, facts)
        self.check(state, facts)
        if self.occurred_on is None and state.ending is not None:
            about["occurred_on"] = state.ending.ended_on
        event = FundingEnded(**about, **self.said())
        return [] if ending(event) == state.ending else [event]

    def check(self, state: Funding, facts: Facts) -> None:
        del state
        for field in ("started_on", "resumed_work_on", "placed_on"):
            value = self.__dict__[field]
            if value is not None:
                not_later(value, facts, field)


class NoteFundingDocument(_OnFunding):
    """Note that a paper of the funding is there and where it is kept, also after the end."""

    NAME = "note-funding-document"
    YIELDS = (FundingDocumentNoted,)

    document: NewId
    kind: FundingDocument
    kept_at: ShortText | None = None
    """Where to find it, and nothing about the person."""

    def decide(self, state: Funding, facts: Facts) -> Sequence[Event]:
        about = self.begin(state, facts)
        noted = state.document(self.document)
        if noted is not None:
            return nothing_new(
                (self.kind, noted.kind),
                (self.kept_at, noted.kept_at),
                (self.occurred_on, noted.dated_on),
            )
        return [FundingDocumentNoted(**about, **self.said())]
