"""Rules for support: noting contacts, agreeing on a rhythm, leaving somebody in peace."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Annotated
from uuid import UUID

from pydantic import Field

from domain.events.base import Event
from domain.events.search import Mode
from domain.events.support import (
    ContactRhythmAgreed,
    ContactWelcomeAgain,
    EmployerAskedCall,
    EmployerSupported,
    LeftInPeace,
    Minutes,
    OutreachAttempted,
    RhythmChoice,
    SupportContact,
    SupportType,
    Towards,
    WithWhom,
)
from domain.roles import Role
from domain.rules import references
from domain.rules.base import Facts, Refused
from domain.rules.limits import Day, ShortText, Story
from domain.rules.references import Reference
from domain.rules.shared import Note, OnTrajectory, employer_of, not_past, stands, whose_choice
from domain.state import Trajectory
from domain.state.said import mark
from domain.state.support import Rhythm

_TOWARDS = {
    WithWhom.CLIENT: Towards.CLIENT,
    WithWhom.BOTH: Towards.CLIENT,
    WithWhom.FAMILY: Towards.FAMILY,
    WithWhom.EMPLOYER: Towards.EMPLOYER,
    WithWhom.COLLEAGUE: Towards.EMPLOYER,
}


class LogContact(Note):
    """Note a contact; without an answer it is an attempt of ours, nobody's miss."""

    NAME = "log-contact"
    YIELDS = (SupportContact, OutreachAttempted)

    worked_out: bool = True
    mode: Mode
    with_whom: WithWhom = WithWhom.CLIENT
    support_type: SupportType | None = None
    location: ShortText | None = None
    employer: UUID | None = None
    placement: UUID | None = None
    minutes: Minutes | None = None
    joint: bool = False
    network: bool = False
    text: Story | None = None
    in_confidence: Story | None = None
    """What somebody else told in confidence; only professionals of the team read this."""

    def decide(self, state: Trajectory, facts: Facts) -> Sequence[Event]:
        about = self.begin(state, facts)
        if self.again(state):
            return []
        employer = employer_of(state, self.placement, self.employer)
        if self.worked_out:
            said = self.said("worked_out", "joint", "network", "employer")
            joint, network = self.joint or None, self.network or None
            return [
                SupportContact(**about, **said, joint=joint, network=network, employer=employer)
            ]
        said = self.said("worked_out", "with_whom", "employer")
        towards = _TOWARDS[self.with_whom]
        told = None if self.with_whom.value == towards.value else self.with_whom
        return [
            OutreachAttempted(**about, **said, towards=towards, with_whom=told, employer=employer)
        ]

    def refers(self) -> Mapping[str, Reference]:
        return references.employer(self.employer)


class SupportEmployer(Note):
    """Note what an employer asked and how it was helped."""

    NAME = "support-employer"
    YIELDS = (EmployerSupported,)

    employer: UUID
    placement: UUID | None = None
    mode: Mode | None = None
    question: Story | None = None
    help_given: Story | None = None
    in_confidence: Story | None = None
    """What the employer told in confidence; only professionals of the team read this."""

    def decide(self, state: Trajectory, facts: Facts) -> Sequence[Event]:
        about = self.begin(state, facts)
        if self.again(state):
            return []
        employer_of(state, self.placement, self.employer)
        return [EmployerSupported(**about, **self.said())]

    def refers(self) -> Mapping[str, Reference]:
        return references.employer(self.employer)


class AskCall(Note):
    """Ask to be called, as the employer ("bel mij"); the coach hears of it."""

    NAME = "ask-call"
    YIELDS = (EmployerAskedCall,)

    employer: UUID
    placement: UUID
    words: Story | None = None
    """What it is about; the coach and the employee read it."""

    def decide(self, state: Trajectory, facts: Facts) -> Sequence[Event]:
        about = self.begin(state, facts)
        if self.again(state):
            return []
        employer_of(state, self.placement, self.employer)
        return [EmployerAskedCall(**about, **self.said())]

    def refers(self) -> Mapping[str, Reference]:
        return references.employer(self.employer)


class AgreeRhythm(OnTrajectory):
    """Agree how often to be in touch; it replaces the default of twice a month."""

    NAME = "agree-rhythm"
    YIELDS = (ContactRhythmAgreed,)

    per_month: Annotated[int, Field(ge=1, le=31)]
    mode: Mode | None = None
    place: ShortText | None = None
    choice: RhythmChoice | None = None
    """Whose choice; the client's own when the client records it."""
    words: Story | None = None

    def decide(self, state: Trajectory, facts: Facts) -> Sequence[Event]:
        about = self.begin(state, facts)
        choice = whose_choice(self.choice, facts)
        rhythm = Rhythm(self.per_month, about["occurred_on"], choice, self.mode, self.place)
        agreed = state.support.rhythm
        if (
            agreed is not None
            and rhythm == agreed._replace(words=None)
            and stands((mark(self.words), agreed.words))
        ):
            return []
        return [ContactRhythmAgreed(**about, **self.said("choice"), choice=choice)]


LONGEST_PEACE = timedelta(days=92)
"""When others than the client note it: longer would be a way to forget somebody (P)."""


class LeaveInPeace(OnTrajectory):
    """Leave the client alone until a day of their choice; every reminder about them is still."""

    NAME = "leave-in-peace"
    YIELDS = (LeftInPeace,)

    until: Day

    def decide(self, state: Trajectory, facts: Facts) -> Sequence[Event]:
        about = self.begin(state, facts)
        if state.support.peace_until == self.until:
            return []
        not_past(self.until, facts, "until")
        if facts.role is not Role.CLIENT and self.until - facts.today > LONGEST_PEACE:
            raise Refused(
                "Dit is langer dan drie maanden. Kies een eerdere dag, of laat de cliënt het "
                "zelf noteren.",
                "This is more than three months. Choose an earlier day, or let the client note it.",
                "until",
            )
        return [LeftInPeace(**about, until=self.until)]


class WelcomeContact(OnTrajectory):
    """Contact is welcome again."""

    NAME = "welcome-contact"
    YIELDS = (ContactWelcomeAgain,)

    def decide(self, state: Trajectory, facts: Facts) -> Sequence[Event]:
        about = self.begin(state, facts)
        return [] if state.support.peace_until is None else [ContactWelcomeAgain(**about)]
