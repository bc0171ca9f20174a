"""Which roles record an event, and who else records what somebody may not: told to them."""

from __future__ import annotations

from domain.events.base import Event, StreamKind
from domain.policy.eyes import told_as
from domain.policy.recording import Yielding, might_record
from domain.policy.table import ROLES
from domain.roles import Role


def recorded_by(event: type[Event]) -> frozenset[Role]:
    """Name the roles that record an event in some tie: what the reference prints of it."""
    if event.STREAM is not StreamKind.TRAJECTORY:
        return event.RECORDED_BY
    return frozenset(role for role in ROLES if might_record(role, event))


def recorders(command: type[Yielding], reader: Role) -> tuple[Role, ...]:
    """Name the other roles that record what a command leads to, as the reader knows them."""
    named = frozenset[Role]().union(*map(recorded_by, command.YIELDS))
    found = (role for role in Role if role in named)
    return tuple(dict.fromkeys(told_as(reader, role) for role in found if role is not reader))
