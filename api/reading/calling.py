"""Whom one calls: an employer the coach, a client the team, with who stands in; and clients."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from api.reading.gate import Access
from api.reading.names import names
from api.wiring import Services
from domain.events.base import Category, Kind
from domain.policy import in_force

SAID = ("birth_year", "phone", "language")
"""What is said of how to reach somebody, as a whole: what is absent is not known any more."""


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


def telephones(services: Services, found: Iterable[Access]) -> dict[UUID, str]:
    """Give the numbers of clients by file, to who sees how to reach them; nobody calls themselves.

    For who was let in to these files: that they look is written down by then.
    """
    others = [each for each in found if each.client != each.person]
    reached = _reached(services, others)
    return {file: said["phone"] for file, said in reached.items() if said.get("phone")}


def reach(services: Services, access: Access) -> Mapping[str, Any] | None:
    """Give what is said of how to reach a client; None to who is told nothing of it."""
    return _reached(services, [access]).get(access.trajectory)


def _reached(services: Services, found: Iterable[Access]) -> dict[UUID, Mapping[str, Any]]:
    """Give by file how its client is reached, to who sees that (reference 7.5, A): all at once."""
    clients = {
        access.trajectory: access.client
        for access in found
        if access.client is not None
        and access.sees_all(Category.IDENTITY)
        and Kind.CONTACT in access.sight.kinds(Category.IDENTITY)
    }
    if not clients:
        return {}
    mapper = services.log.entry_mapper
    rows = services.views.directory.reached(list(clients.values()), list(clients))
    mapper.keys.load({each.key_id for each in rows.values()})
    bodies = {who: row.open(mapper) or {} for who, row in rows.items()}
    return {
        file: {name: bodies[who][name] for name in SAID if name in bodies[who]}
        for file, who in clients.items()
        if who in bodies
    }


def _telephone(services: Services, person: UUID) -> str | None:
    """Give the number of now, when there is one."""
    slots = dict(services.views.directory.one(person))
    row = slots.get("contact") or slots.get("person")
    body = None if row is None else row.open(services.log.entry_mapper)
    return None if body is None else body.get("phone")
