"""Whom one calls: an employer the coach, a client the team, with who stands in; and clients."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from api.reading.asking import Asking
from api.reading.gate import Access, admitted
from api.reading.names import names
from api.wiring import Services
from domain.events.base import Category, Kind
from domain.policy import in_force


def whom_to_call(services: Services, access: Access) -> list[dict[str, Any]]:
    """Give whom the reader calls, as they are now (reference 0.1); who stands in goes first."""
    standing_in = {each.holder for each in access.covers if in_force(each, access.today)}
    reached = {who: role for who, role in access.roles.items() if access.sight.calls(role)}
    called = names(services, access, reached)
    return [
        {
            "name": called.of(who, role),
            "label": role.label.to(access.asking.language),
            # Not to who looks through another's eyes, and may not have it.
            "telephone": None if access.within is not None else _telephone(services, who),
            "stands_in": who in standing_in,
        }
        for who, role in sorted(
            reached.items(), key=lambda each: (each[0] not in standing_in, called.of(*each))
        )
    ]


def telephones(services: Services, asking: Asking, trajectories: Sequence[UUID]) -> dict[UUID, str]:
    """Give the numbers of clients, to who sees how to reach them (reference 7.5, A); or none.

    That they look there is written down first; raises Unavailable when it cannot be.
    """
    found = {
        trajectory: _telephone(services, access.client)
        for trajectory, access in admitted(services, asking, trajectories).items()
        if access.client is not None
        and access.sees_all(Category.IDENTITY)
        and Kind.CONTACT in access.sight.kinds(Category.IDENTITY)
    }
    return {trajectory: number for trajectory, number in found.items() if number}


def _telephone(services: Services, person: UUID) -> str | None:
    """Give the number of now, when there is one."""
    slots = dict(services.views.directory.one(person))
    row = slots.get("contact") or slots.get("person")
    body = None if row is None else row.open(services.log.entry_mapper)
    return None if body is None else body.get("phone")
