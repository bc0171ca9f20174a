"""Events about what pays for a trajectory; a clock of its own, which never ends the support."""

from __future__ import annotations

from datetime import date
from typing import Annotated, ClassVar
from uuid import UUID

from domain.events.base import (
    Category,
    Event,
    Grant,
    GrantKind,
    Kind,
    Label,
    Retention,
    StreamKind,
)
from domain.language import Choice, Text
from domain.roles import Role


class Funder(Choice):
    """Who pays for a trajectory (reference 3.1)."""

    UWV = "uwv", "UWV", "UWV"
    MUNICIPALITY = "municipality", "gemeente", "municipality"
    CARE = "care", "zorg", "care"
    OTHER = "other", "iemand anders", "somebody else"


class TargetGroup(Choice):
    """For whom a scheme is (reference 3.1): about health, so kept in the funding's record only."""

    EPA = "epa", "EPA", "severe mental illness (EPA)"
    CMD = "cmd", "CMD", "common mental disorder (CMD)"


class FundingEnd(Choice):
    """Why a funding ended."""

    COMPLETED = "completed", "de looptijd is voorbij", "its term is over"
    STOPPED_EARLY = "stopped_early", "eerder gestopt", "stopped early"
    MOVED = "moved", "verhuisd", "moved"
    OTHER = "other", "iets anders", "something else"


class FundingDocument(Choice):
    """Which paper of a funding it is (reference 3.2)."""

    APPLICATION = "application", "ondertekende aanvraag", "signed application"
    APPROVAL = "approval", "toekenning", "approval"
    STOP_NOTICE = "stop_notice", "stopbericht", "stop notice"
    CLOSING_REPORT = "closing_report", "beëindigingsverslag", "closing report"
    FINAL_SETTLEMENT = "final_settlement", "vaststellingsbeschikking", "final settlement"
    OTHER = "other", "ander stuk", "another paper"


class _FundingEvent(Event):
    STREAM = StreamKind.FUNDING
    CATEGORY = Category.INSTRUMENTS
    RETENTION = Retention.FUNDING
    SUBJECT = "trajectory"
    RECORDED_BY = frozenset({Role.JOB_COACH, Role.CLIENT_MANAGER, Role.TEAM_LEAD})

    trajectory: UUID
    """Which one it pays for."""


class FundingApproved(_FundingEvent):
    """A funder approved in writing, on the day it occurred: from then on its months count."""

    TYPE: ClassVar[str] = "funding.approved.v1"
    STANDS = "funding"
    SENTENCE = Text(
        "Financiering goedgekeurd door {funder}[ ({scheme})]: {months} maanden",
        "Funding approved by {funder}[ ({scheme})]: {months} months",
    )

    funder: Funder
    scheme: Label | None = None
    """The scheme's name, and nothing about the person."""
    months: int
    target_group: Annotated[TargetGroup | None, Kind.HEALTH] = None

    def grants(self, stream: UUID) -> tuple[Grant, ...]:
        """Say what it pays for: the team there records it; nobody reads more by it."""
        return (Grant(stream, "trajectory", self.trajectory, GrantKind.FUNDING),)


class FundingExtended(_FundingEvent):
    """The funder added months."""

    TYPE: ClassVar[str] = "funding.extended.v1"
    STANDS = "funding_extended/{extension}"
    SENTENCE = Text(
        "Financiering verlengd met {months} maanden", "Funding extended by {months} months"
    )

    extension: UUID
    months: int


class FundingEnded(_FundingEvent):
    """A funding ended, with the dates that a funder's end report asks; the support goes on."""

    TYPE: ClassVar[str] = "funding.ended.v1"
    STANDS = "funding_ended"
    SENTENCE = Text("Financiering geëindigd: {reason}", "Funding ended: {reason}")

    reason: FundingEnd
    started_on: date | None = None
    resumed_work_on: date | None = None
    placed_on: date | None = None


class FundingDocumentNoted(_FundingEvent):
    """A paper of the funding is there, of the day it occurred: where it is kept, not its text."""

    TYPE: ClassVar[str] = "funding.document_noted.v1"
    STANDS = "funding_document/{document}"
    SENTENCE = Text(
        "Stuk bij de financiering: {kind}[, bewaard: {kept_at}]",
        "Paper of the funding: {kind}[, kept: {kept_at}]",
    )

    document: UUID
    kind: FundingDocument
    kept_at: Label | None = None
    """Where to find it, and nothing about the person."""
