"""What a book comes to: for each stream the commands, in the order in which to record them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple
from uuid import UUID

from domain.events.base import StreamKind
from domain.rules.base import Command
from eventlog.entry import Actor


class Place(NamedTuple):
    """Where in the book something stands, or would stand."""

    sheet: str
    row: int
    column: str = ""


class Step(NamedTuple):
    """One command that a row leads to, by whom."""

    place: Place
    actor: Actor
    command: Command


@dataclass(slots=True)
class Story:
    """What a book says about one stream."""

    stream: UUID
    kind: StreamKind
    steps: list[Step] = field(default_factory=list)
    team: dict[UUID, Step] = field(default_factory=dict)
    """How each member would join the team."""
    empty: dict[str, Place] = field(default_factory=dict)
    """The cells that this book leaves empty, by the slot that an entry from it would take."""

    @property
    def colleague(self) -> bool:
        """Say whether it is about who works there, whom rows name without a row of their own."""
        return self.kind is StreamKind.DIRECTORY and self.steps[0].actor.person == self.stream

    @property
    def entries(self) -> int:
        """How many entries it comes to; who takes a client in is on the team by that."""
        return len(self.steps) + max(len(self.team) - 1, 0)
