"""Whom an employer calls: who coaches now, with a telephone, and who stands in meanwhile."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from api.reading.gate import Access
from api.reading.names import names
from api.wiring import Services
from domain.policy import in_force
from domain.roles import Role


def whom_to_call(services: Services, access: Access) -> list[dict[str, Any]]:
    """Give who coaches and who stands in, as they are now (reference 0.1); who stands in first."""
    standing_in = {each.holder for each in access.covers if in_force(each, access.today)}
    coaches = [who for who, role in access.roles.items() if access.sight.may_call(role)]
    called = names(services, access, coaches)
    return [
        {
            "name": called.of(who, Role.JOB_COACH),
            "label": Role.JOB_COACH.label.to(access.asking.language),
            "telephone": _telephone(services, access, who),
            "stands_in": who in standing_in,
        }
        for who in sorted(coaches, key=lambda who: (who not in standing_in, called.of(who)))
    ]


def _telephone(services: Services, access: Access, person: UUID) -> str | None:
    """Give the number of now; not to who looks through an employer's eyes, and may not have it."""
    if access.within is not None:
        return None
    slots = dict(services.views.directory.one(person))
    row = slots.get("contact") or slots.get("person")
    body = None if row is None else row.open(services.log.entry_mapper)
    return None if body is None else body.get("phone")
