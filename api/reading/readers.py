"""Who around the client sees what, each by their own tie: for saying who reads something."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple
from uuid import UUID

from api.reading.gate import Access, tie_to
from api.wiring import Services
from domain.policy import Sight, in_place_of, sight
from domain.roles import Role


class Around(NamedTuple):
    """Somebody around the client, and what they see."""

    person: UUID
    role: Role
    sight: Sight


def around(services: Services, access: Access) -> Iterator[Around]:
    """Give everybody around the client whom something ties to the file now, but the client."""
    for person, role in sorted(access.roles.items(), key=lambda each: str(each[0])):
        if person != access.client and (found := _sight(services, access, person, role)):
            yield Around(person, role, found)


def _sight(services: Services, access: Access, person: UUID, role: Role) -> Sight | None:
    """Find what somebody sees, in whichever role they have this place."""
    for each in in_place_of(role):
        tie = tie_to(services, access.trajectory, person, each)
        if tie is not None and tie.role is role:
            return sight(tie)
    return None
