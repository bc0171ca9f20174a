"""Rules for an audit: first the judgement, then the outcome; nobody is passed or failed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated
from uuid import UUID

from pydantic import Field

from domain.events.audit import (
    AuditFinding,
    FindingKind,
    FindingReplied,
    FindingTo,
    JudgementWritten,
)
from domain.events.base import Event
from domain.rules.base import Facts, Refused, not_later
from domain.rules.limits import Day, Story
from domain.rules.shared import NewId, Note, OnTrajectory
from domain.state import Trajectory
from domain.state.audit import Judged


class WriteJudgement(Note):
    """Judge a choice by what was known then, before you see how it went."""

    NAME = "write-judgement"
    YIELDS = (JudgementWritten,)
    AFTER_CLOSING = True

    decision: UUID
    words: Story

    def decide(self, state: Trajectory, facts: Facts) -> Sequence[Event]:
        about = self.begin(state, facts)
        if self.again(state):
            return []
        _shown(state, facts, self.decision)
        if Judged(facts.person, self.decision) in state.audit.judged:
            raise Refused(
                "Je oordeel over deze keuze staat er al, en blijft zoals het was. Schrijf wat je "
                "nu ziet als bevinding.",
                "Your judgement of this choice is there, and stays as it was. Write what you see "
                "now as a finding.",
                "decision",
            )
        return [JudgementWritten(**about, **self.said(), auditor=facts.person)]


class RecordFinding(OnTrajectory):
    """Record what you appreciate, ask, or think can be learned from."""

    NAME = "record-finding"
    YIELDS = (AuditFinding,)
    GUARDS = False
    AFTER_CLOSING = True

    finding: NewId
    kind: FindingKind
    to_whom: FindingTo
    words: Story
    decision: UUID | None = Field(default=None)
    """The choice that it is about, when it is about one."""
    talked_with: Annotated[tuple[FindingTo, ...], Field(max_length=3)] = ()
    """With whom it was talked over: the team, the client, or both."""
    talked_on: Day | None = None
    talk: Story | None = None
    """What was said, as they agreed that it may be read."""

    def decide(self, state: Trajectory, facts: Facts) -> Sequence[Event]:
        about = self.begin(state, facts)
        if state.audit.finding(self.finding) is not None:
            return []
        if (self.kind, self.to_whom) == (FindingKind.CONCERN, FindingTo.CLIENT):
            raise Refused(
                "Een zorg is voor het team of de organisatie, niet voor de cliënt. Kies een van "
                "die twee.",
                "A concern is for the team or the organisation, not for the client. Choose one of "
                "those two.",
                "to_whom",
            )
        if self.decision is not None:
            _shown(state, facts, self.decision)
        if self.talked_on is not None:
            not_later(self.talked_on, facts, "talked_on")
        if not self.talked_with and (self.talked_on or self.talk):
            raise Refused(
                "Kies met wie dit gesprek was: het team, de cliënt of allebei.",
                "Choose with whom this talk was: the team, the client or both.",
                "talked_with",
            )
        said, people = self.said("talked_with"), tuple(dict.fromkeys(self.talked_with))
        return [AuditFinding(**about, **said, talked_with=people, auditor=facts.person)]


class ReplyToFinding(Note):
    """Reply to a finding, as team or as client."""

    NAME = "reply-to-finding"
    YIELDS = (FindingReplied,)
    AFTER_CLOSING = True

    finding: UUID
    words: Story

    def decide(self, state: Trajectory, facts: Facts) -> Sequence[Event]:
        about = self.begin(state, facts)
        if self.again(state):
            return []
        finding = state.audit.finding(self.finding)
        if finding is None:
            raise Refused(
                "Deze bevinding staat er niet. Kies er een uit de lijst.",
                "There is no such finding. Choose one from the list.",
                "finding",
            )
        return [FindingReplied(**about, **self.said(), auditor=finding.auditor)]


def _shown(state: Trajectory, facts: Facts, decision: UUID) -> None:
    """Refuse a choice that is not there, or that this auditor does not see yet.

    A choice that took the place of another is seen once that other was judged.
    """
    choices = state.trust.decisions
    earlier = next((each.id for each in choices if each.revised_by == decision), None)
    hidden = earlier is not None and Judged(facts.person, earlier) not in state.audit.judged
    if hidden or state.trust.find(decision) is None:
        raise Refused(
            "Deze keuze staat er niet. Kies een keuze uit de tijdlijn.",
            "There is no such choice. Choose one from the timeline.",
            "decision",
        )
