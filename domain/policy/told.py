"""What a role is told besides entries, and who stands around a client in it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from domain.events.trust import ClientStatementAdded, DissentRecorded
from domain.roles import Role
from domain.state.circle import STANDS_IN


def leads(role: Role) -> bool:
    """Say whether somebody reads summaries of what coaches do, and no names (reference 0.1)."""
    return role is Role.TEAM_LEAD


def employs(role: Role) -> bool:
    """Say whether somebody has one page of a file: what was agreed on about work (0.1, 7.2)."""
    return role is Role.EMPLOYER


def is_close(role: Role) -> bool:
    """Say whether somebody has one page of a file as who was invited by the client (0.1)."""
    return role is Role.NETWORK_MEMBER


def is_asked(role: Role) -> bool:
    """Say whether somebody is asked how it goes, and told who reads the answers (0.1)."""
    return role is Role.CLIENT


def told_of_sample(role: Role) -> bool:
    """Say whether somebody is told that an auditor reads the file in a sample (0.1)."""
    return role is Role.CLIENT


def takes_part(role: Role) -> bool:
    """Say whether somebody is invited to peer groups in this role, and takes part in them."""
    return role in {Role.PEER, Role.CLIENT}


def no_professional(role: Role) -> bool:
    """Say whether somebody reads for themselves or for somebody close, and not for their work."""
    return role in {Role.CLIENT, Role.NETWORK_MEMBER, Role.LEGAL_REPRESENTATIVE}


def chooses_reader(role: Role) -> bool:
    """Say whether somebody chooses who reads a signal: the client, or who speaks for them (0.1)."""
    return role in {Role.CLIENT, Role.LEGAL_REPRESENTATIVE}


def named_around(role: Role, *, permissions: bool) -> bool:
    """Say whether somebody in this role is named among those around the client.

    Who represents them is told to who sees the `permissions`.
    """
    return permissions or role is not Role.LEGAL_REPRESENTATIVE


def client_among(around: Mapping[UUID, Role]) -> UUID | None:
    """Name the client among those who stand in a role around a file."""
    return next((who for who, role in around.items() if role is Role.CLIENT), None)


def in_place_of(role: Role) -> tuple[Role, ...]:
    """Name the roles in which somebody can have this one around the client.

    Who stands in for a coach may lead the team besides.
    """
    return STANDS_IN if role is Role.JOB_COACH else (role,)


STOOD_IN_FOR = (Role.JOB_COACH,)
"""The roles in which somebody who is away is stood in for (reference 0.1)."""


def own_word(kind: str, body: Mapping[str, Any]) -> bool:
    """Say whether it is the client's own word: shown wherever what it is about is shown (0.1)."""
    if kind == DissentRecorded.TYPE:
        return bool(body.get("by") == Role.CLIENT)
    return kind == ClientStatementAdded.TYPE
