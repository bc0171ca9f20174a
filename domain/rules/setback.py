"""Rules for a bad patch: anyone near may say so, the team answers, better closes it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID, uuid4

from pydantic import Field

from domain.events.base import Event
from domain.events.setback import (
    RecoveryNoted,
    SetbackAnswered,
    SetbackSignalled,
    SignalledBy,
    Urgency,
)
from domain.roles import Role
from domain.rules import references
from domain.rules.base import Facts, Refused
from domain.rules.limits import Story
from domain.rules.references import Reference
from domain.rules.shared import OnTrajectory, noted, nothing_new, stands
from domain.state import Trajectory
from domain.state.said import mark
from domain.state.wellbeing import Setback

_BY = {
    Role.CLIENT: SignalledBy.CLIENT,
    Role.NETWORK_MEMBER: SignalledBy.NETWORK,
    Role.JOB_COACH: SignalledBy.JOB_COACH,
    Role.CARE_WORKER: SignalledBy.CARE_WORKER,
    Role.EMPLOYER: SignalledBy.EMPLOYER,
}


class SignalSetback(OnTrajectory):
    """Say that it is not going well; nothing else changes by it."""

    NAME = "signal-setback"
    YIELDS = (SetbackSignalled,)
    GUARDS = False

    setback: UUID = Field(default_factory=uuid4)
    words: Story | None = None
    would_help: Story | None = None
    urgency: Urgency | None = None
    wants_reader: UUID | None = None

    def decide(self, state: Trajectory, facts: Facts) -> Sequence[Event]:
        about = self.begin(state, facts)
        if state.wellbeing.setback(self.setback) is not None:
            return []
        own = facts.on_behalf_of == state.client
        by = SignalledBy.CLIENT if own else _BY.get(facts.role, SignalledBy.TEAM)
        return [SetbackSignalled(**about, **self.said(), by=by)]

    def refers(self) -> Mapping[str, Reference]:
        return references.person(self.wants_reader, "wants_reader")


class _OnSetback(OnTrajectory):
    setback: UUID

    def find(self, state: Trajectory, facts: Facts) -> tuple[Setback, dict[str, Any]]:
        about = self.begin(state, facts)
        setback = state.wellbeing.setback(self.setback)
        if setback is None:
            raise Refused(
                "Dit signaal staat er niet. Kies er een uit de lijst.",
                "There is no such signal. Choose one from the list.",
                "setback",
            )
        return setback, about


class AnswerSetback(_OnSetback):
    """Answer a signal."""

    NAME = "answer-setback"
    YIELDS = (SetbackAnswered,)
    GUARDS = False

    note: UUID = Field(default_factory=uuid4)
    agreed_help: Story | None = None

    def decide(self, state: Trajectory, facts: Facts) -> Sequence[Event]:
        _, about = self.find(state, facts)
        return [] if noted(self.note, state) else [SetbackAnswered(**about, **self.said())]


class NoteRecovery(_OnSetback):
    """Note that it is going better again; this closes the signal."""

    NAME = "note-recovery"
    YIELDS = (RecoveryNoted,)

    words: Story | None = None

    def decide(self, state: Trajectory, facts: Facts) -> Sequence[Event]:
        setback, about = self.find(state, facts)
        if not setback.open and stands((mark(self.words), setback.recovered)):
            return nothing_new((self.occurred_on, setback.closed_on))
        return [RecoveryNoted(**about, **self.said())]
