"""Whom client or employer calls: who coaches or treats now, with a telephone; who stands in."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from api.reading.gate import Access
from api.reading.names import names
from api.wiring import Services
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
            "telephone": _telephone(services, access, who),
            "stands_in": who in standing_in,
        }
        for who, role in sorted(
            reached.items(), key=lambda each: (each[0] not in standing_in, called.of(*each))
        )
    ]


def _telephone(services: Services, access: Access, person: UUID) -> str | None:
    """Give the number of now; not to who looks through another's eyes, and may not have it."""
    if access.within is not None:
        return None
    slots = dict(services.views.directory.one(person))
    row = slots.get("contact") or slots.get("person")
    body = None if row is None else row.open(services.log.entry_mapper)
    return None if body is None else body.get("phone")
