"""Rules for looking for work: from the first day on, and as often as it takes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID, uuid4

from pydantic import Field

from domain.events.base import Event
from domain.events.search import (
    ApplicationMade,
    ContactPurpose,
    ContactResult,
    EmployerContactMade,
    InterviewHeld,
    InterviewOutcome,
    Mode,
    NextJobSearchStarted,
    OfferDeclined,
    OfferMade,
)
from domain.rules import references
from domain.rules.base import Facts, Refused
from domain.rules.limits import HoursPerWeek, ShortText, Story
from domain.rules.references import Reference
from domain.rules.shared import Note, OnTrajectory, noted, stands
from domain.state import Trajectory
from domain.state.said import mark
from domain.state.search import Application


class LogEmployerContact(Note):
    """Note a contact with an employer for this client."""

    NAME = "log-employer-contact"
    YIELDS = (EmployerContactMade,)

    employer: UUID
    mode: Mode
    result: ContactResult = ContactResult.SPOKE
    client_present: bool | None = None
    client_specific: bool | None = None
    preference_ref: UUID | None = None
    purpose: ContactPurpose | None = None
    words: Story | None = None
    lead: UUID | None = None
    """The lead of somebody close that it followed."""

    def decide(self, state: Trajectory, facts: Facts) -> Sequence[Event]:
        about = self.begin(state, facts)
        if self.again(state):
            return []
        if self.lead is not None and self.lead not in state.search.leads:
            raise Refused(
                "Deze tip staat er niet. Noteer die eerst, of laat het leeg.",
                "There is no such lead. Note it first, or leave it empty.",
                "lead",
            )
        return [EmployerContactMade(**about, **self.said())]

    def refers(self) -> Mapping[str, Reference]:
        return references.employer(self.employer)


class LogApplication(OnTrajectory):
    """Note that the client applied for a job."""

    NAME = "log-application"
    YIELDS = (ApplicationMade,)
    GUARDS = False

    application: UUID = Field(default_factory=uuid4)
    title: ShortText
    employer: UUID | None = None
    words: Story | None = None

    def decide(self, state: Trajectory, facts: Facts) -> Sequence[Event]:
        about = self.begin(state, facts)
        if state.search.application(self.application) is not None:
            return []
        return [ApplicationMade(**about, **self.said())]

    def refers(self) -> Mapping[str, Reference]:
        return references.employer(self.employer)


class _OnApplication(OnTrajectory):
    application: UUID

    def find(self, state: Trajectory, facts: Facts) -> tuple[Application, dict[str, Any]]:
        about = self.begin(state, facts)
        application = state.search.application(self.application)
        if application is None:
            raise Refused(
                "Deze sollicitatie staat er niet. Noteer eerst dat er gesolliciteerd is.",
                "There is no such application. First note that one was made.",
                "application",
            )
        return application, about


class LogInterview(_OnApplication):
    """Note a job interview."""

    NAME = "log-interview"
    YIELDS = (InterviewHeld,)
    GUARDS = False

    note: UUID = Field(default_factory=uuid4)
    outcome: InterviewOutcome | None = None
    reason: Story | None = None
    """Why it went so, in the client's own words."""
    words: Story | None = None

    def decide(self, state: Trajectory, facts: Facts) -> Sequence[Event]:
        _, about = self.find(state, facts)
        return [] if noted(self.note, state) else [InterviewHeld(**about, **self.said())]


class LogOffer(_OnApplication):
    """Note that the job was offered."""

    NAME = "log-offer"
    YIELDS = (OfferMade,)

    hours_per_week: HoursPerWeek | None = None

    def decide(self, state: Trajectory, facts: Facts) -> Sequence[Event]:
        application, about = self.find(state, facts)
        if application.offered and stands((self.hours_per_week, application.hours_offered)):
            return []
        return [OfferMade(**about, **self.said())]


class DeclineOffer(_OnApplication):
    """Note that the client said no; why is up to them."""

    NAME = "decline-offer"
    YIELDS = (OfferDeclined,)

    reason: Story | None = None

    def decide(self, state: Trajectory, facts: Facts) -> Sequence[Event]:
        application, about = self.find(state, facts)
        if not application.offered:
            raise Refused(
                "Er is nog geen aanbod. Noteer eerst het aanbod.",
                "There is no offer yet. Note the offer first.",
                "application",
            )
        if application.declined and stands((mark(self.reason), application.reason)):
            return []
        return [OfferDeclined(**about, **self.said())]


class StartNextSearch(OnTrajectory):
    """Look for the next job, whatever the reason the last one ended."""

    NAME = "start-next-search"
    YIELDS = (NextJobSearchStarted,)

    def decide(self, state: Trajectory, facts: Facts) -> Sequence[Event]:
        about = self.begin(state, facts)
        if state.search.restarted_on == about["occurred_on"]:
            return []
        return [NextJobSearchStarted(**about)]
