"""Rules for a bad patch: anyone near may say so, the team answers, better closes it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
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
from domain.rules.shared import OnTrajectory, by_the_client, known, noted, nothing_new, stands
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
READERS = frozenset({Role.JOB_COACH, Role.CARE_WORKER, Role.PEER_WORKER})
"""Whom the client may choose of the team; besides them, who is close and takes part."""


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
    """Who the client would like to read it."""

    def decide(self, state: Trajectory, facts: Facts) -> Sequence[Event]:
        known(state)
        if state.course.closed and facts.role is Role.CLIENT:
            raise Refused(
                "Je traject is afgerond: hier leest nu niemand mee. Bel een van de nummers "
                "hieronder. Je kunt altijd terugkomen: noteer dat, dan leest je team weer mee.",
                "Your trajectory is closed: nobody reads along here now. Call one of the numbers "
                "below. You can always come back: note that, and your team reads along again.",
            )
        about = self.begin(state, facts)
        if state.wellbeing.setback(self.setback) is not None:
            return []
        chosen_by_the_client(self.wants_reader, state, facts)
        own = facts.on_behalf_of == state.client
        by = SignalledBy.CLIENT if own else _BY.get(facts.role, SignalledBy.TEAM)
        return [SetbackSignalled(**about, **self.said(), by=by)]

    def refers(self) -> Mapping[str, Reference]:
        return references.person(self.wants_reader, "wants_reader")


def chosen_by_the_client(
    reader: UUID | None, state: Trajectory, facts: Facts, field: str = "wants_reader"
) -> None:
    """Refuse a reader whom the client did not choose, or who could not read it (0.1)."""
    if reader is None:
        return
    if not by_the_client(state, facts):
        raise Refused(
            "Alleen de cliënt kiest wie dit leest. Laat dit leeg: het team ziet het signaal.",
            "Only the client chooses who reads this. Leave this empty: the team sees the signal.",
            field,
        )
    if not _could_read(reader, state, facts.today):
        raise Refused(
            "Deze persoon leest dit niet. Kies iemand van je team of een naaste die meedoet, of "
            "laat dit leeg.",
            "This person does not read this. Choose somebody of your team or somebody close who "
            "takes part, or leave this empty.",
            field,
        )


def _could_read(person: UUID, state: Trajectory, today: date) -> bool:
    """Say whether somebody is near the client in a role to which a signal can be addressed."""
    circle = state.circle
    member, close = circle.member(person), circle.close(person)
    return (
        (member is not None and member.role in READERS)
        or (close is not None and close.joined)
        or circle.covering(person, today) is not None
        or circle.represented_by(person, today)
    )


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
    in_confidence: Story | None = None
    """What somebody else told in confidence; only professionals of the team read this."""

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
