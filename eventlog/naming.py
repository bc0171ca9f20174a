"""Of the people whom a command names: who they are, and which roles they hold."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from domain.events.base import GrantKind, StreamKind
from domain.policy import in_force
from domain.roles import ROLE_OF
from domain.rules.base import Command, Held
from eventlog.log import Given, Log, grants
from eventlog.request import Request

_FIELDS = ("client", "person", "received_by", "recipient", "checked_by")
"""Those that name people of whom gate and rules ask more than that they exist."""


def named_by(command: Command) -> list[UUID]:
    """Give the people of whom gate and rules ask what they are here."""
    # Not getattr: asking a pydantic model for a field it lacks costs more than all the rest.
    given = command.__dict__
    return [who for name in _FIELDS if (who := given.get(name)) is not None]


def teams(log: Log, request: Request, today: date) -> Mapping[UUID, frozenset[UUID]] | None:
    """Give for which organisations teams work that a command asks about; None as in `held`."""
    if request.operator:
        return None
    asked = request.command.asks_teams()
    if not asked:
        return {}
    return {
        trajectory: frozenset(
            grant.organisation
            for grant in grants(given)
            if grant.stream == trajectory
            and grant.kind in {GrantKind.TEAM, GrantKind.LEFT}
            and grant.organisation is not None
            and in_force(grant, today)
        )
        for trajectory, given in log.ties(asked, request.actor.person).items()
    }


def held(request: Request, given: Given, today: date) -> frozenset[Held] | None:
    """Give the roles of whom a command names, and of who asks; None where it is not asked."""
    if request.operator:
        return None
    people = named_by(request.command)
    if not people:
        return frozenset()
    people.append(request.actor.person)
    return frozenset(
        Held(grant.holder, ROLE_OF[grant.role], grant.organisation)
        for grant in grants(given)
        if grant.kind is GrantKind.ROLE
        and grant.holder in people
        and grant.organisation is not None
        and in_force(grant, today)
    )


def plain(request: Request) -> bool:
    """Say whether a command needs nothing but its own trajectory and the roles of who asks."""
    command = request.command
    return (
        command.STREAM is StreamKind.TRAJECTORY
        and request.if_match is None
        and command.target() is None
        and not command.refers()
        and not command.asks_teams()
        and not any(command.rests_on().values())
        and not named_by(command)
    )
