"""Who else records what somebody may not: told to them instead of a bare no."""

from __future__ import annotations

from domain.events.base import StreamKind
from domain.policy.eyes import told_as
from domain.policy.recording import OUTSIDE, Yielding, might_record
from domain.policy.table import ROLES
from domain.roles import Role


def recorders(command: type[Yielding], reader: Role) -> tuple[Role, ...]:
    """Name the other roles that record what a command leads to, as the reader knows them."""
    found = (
        role
        for role in Role
        if role in ROLES
        and any(
            might_record(role, event)
            if command.STREAM is StreamKind.TRAJECTORY
            else role in OUTSIDE[command.STREAM] & event.RECORDED_BY
            for event in command.YIELDS
        )
    )
    return tuple(dict.fromkeys(told_as(reader, role) for role in found if role is not reader))
