"""given(events).when(command).then(events), .nothing() or .refused(...): the shape of a spec."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from functools import reduce
from typing import Any
from uuid import UUID, uuid5

import pytest

from docs.generate_refusals import printed
from domain.events.base import Category, Event
from domain.roles import Role
from domain.rules import Command, Facts, Refused, Target
from domain.rules.base import Held
from domain.state import STATES

TODAY = date(2026, 3, 10)
NOW = datetime(2026, 3, 10, 9, tzinfo=UTC)
_NAMES = UUID("6b0d5c1e-0000-4000-8000-000000000000")


def an_id(name: str) -> UUID:
    """Give the same id for the same name: readable in a spec, repeatable in a run."""
    return uuid5(_NAMES, name)


COACH = an_id("Ria, coach")
CLIENT = an_id("Tom, client")


@contextmanager
def refusing(sentence: str, at: str | None = None) -> Iterator[None]:
    """Expect a refusal with this Dutch sentence (a part of it), about this field.

    Both sentences stand word for word in docs/reference/refusals.csv, which is there to be read.
    """
    with pytest.raises(Refused) as refusal:
        yield
    assert sentence in refusal.value.text.nl
    assert printed(*refusal.value.text)
    assert refusal.value.field == at


def facts(**known: Any) -> Facts:
    """Give what the handler would have looked up: the coach records, today, if not said else."""
    return Facts(today=TODAY, person=COACH, role=Role.JOB_COACH, now=NOW)._replace(**known)


@dataclass(frozen=True)
class When:
    """A command on what went before."""

    past: tuple[Event, ...]
    command: Command
    facts: Facts = field(default_factory=facts)

    def by(self, role: Role, person: UUID | None = None) -> When:
        """Let somebody else ask."""
        who = person or (CLIENT if role is Role.CLIENT else COACH)
        return replace(self, facts=self.facts._replace(role=role, person=who))

    def on_behalf_of(self, person: UUID) -> When:
        """Let it be recorded in somebody's name."""
        return replace(self, facts=self.facts._replace(on_behalf_of=person))

    def knowing(self, *held: tuple[UUID, Role, UUID]) -> When:
        """Let these roles be held by those whom it names, and no others."""
        roles = frozenset(Held(*each) for each in held)
        return replace(self, facts=self.facts._replace(held=roles))

    def not_seeing(self, *categories: Category) -> When:
        """Let entries of these categories not be seen by who asks."""
        return replace(self, facts=self.facts._replace(sees=lambda each: each not in categories))

    def of_teams(self, **organisations: UUID) -> When:
        """Let the teams of these trajectories work for these organisations, and no other be there.

        A trajectory by the name that its id is made of.
        """
        teams = {an_id(name): frozenset({each}) for name, each in organisations.items()}
        return replace(self, facts=self.facts._replace(teams=teams))

    def about(self, body: Event, recorded_by: UUID = COACH) -> When:
        """Let it point at an entry."""
        event_id = self.command.target() or an_id("entry")
        return replace(self, facts=self.facts._replace(target=Target(event_id, body, recorded_by)))

    def decide(self) -> list[Event]:
        """Let the command decide."""
        initial, evolve = STATES[self.command.STREAM]
        return list(self.command.decide(reduce(evolve, self.past, initial), self.facts))

    def then(self, *expected: Event) -> None:
        """Exactly these events follow."""
        assert self.decide() == list(expected)

    def nothing(self) -> None:
        """Nothing changes, so nothing is recorded."""
        assert self.decide() == []

    def refused(self, sentence: str, at: str | None = None) -> None:
        """It is refused with this Dutch sentence (a part of it), about this field."""
        with refusing(sentence, at):
            self.decide()


@dataclass(frozen=True)
class Given:
    """What went before."""

    past: tuple[Event, ...]

    def when(self, command: Command) -> When:
        """Ask for something."""
        return When(self.past, command)


def given(*past: Event) -> Given:
    """Say what went before, in the order of the log."""
    return Given(past)
