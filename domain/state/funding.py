"""The state of one funding: what it pays for, for how long, and whether it ended."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple, assert_never
from uuid import UUID

from domain.events import FundingEvent
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
from domain.events.group_correction import FundingCorrected


class Approval(NamedTuple):
    """What the funder approved, and when."""

    approved_on: date
    funder: Funder
    scheme: str | None
    months: int
    target_group: TargetGroup | None


class Extension(NamedTuple):
    """Months that were added."""

    id: UUID
    months: int


class Ending(NamedTuple):
    """When and why it ended, and the dates of the end report."""

    ended_on: date
    reason: FundingEnd
    started_on: date | None
    resumed_work_on: date | None
    placed_on: date | None


class Document(NamedTuple):
    """A paper of it, and where that is kept."""

    id: UUID
    dated_on: date
    kind: FundingDocument
    kept_at: str | None


class Funding(NamedTuple):
    """A funding, or nothing yet."""

    trajectory: UUID | None = None
    approval: Approval | None = None
    extensions: tuple[Extension, ...] = ()
    ending: Ending | None = None
    documents: tuple[Document, ...] = ()

    def document(self, wanted: UUID) -> Document | None:
        """Find a paper by its id."""
        return next((each for each in self.documents if each.id == wanted), None)

    def extended(self, extension: UUID) -> bool:
        """Say whether this very extension was noted already."""
        return any(each.id == extension for each in self.extensions)


def approval(event: FundingApproved) -> Approval:
    """Give what was approved."""
    terms = event.funder, event.scheme, event.months, event.target_group
    return Approval(event.occurred_on, *terms)


def ending(event: FundingEnded) -> Ending:
    """Give how it ended."""
    dates = event.started_on, event.resumed_work_on, event.placed_on
    return Ending(event.occurred_on, event.reason, *dates)


def evolve(state: Funding, event: FundingEvent) -> Funding:
    """Take one event in; never raises."""
    match event:
        case FundingApproved():
            return state._replace(trajectory=event.trajectory, approval=approval(event))
        case FundingExtended():
            extension = Extension(event.extension, event.months)
            return state._replace(extensions=(*state.extensions, extension))
        case FundingEnded():
            return state._replace(ending=ending(event))
        case FundingDocumentNoted():
            paper = Document(event.document, event.occurred_on, event.kind, event.kept_at)
            return state._replace(documents=(*state.documents, paper))
        case FundingCorrected():
            return state
        case _:
            assert_never(event)
