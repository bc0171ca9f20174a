"""Who works beside somebody: on the teams of their files, and at their own organisation."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import NamedTuple
from uuid import UUID

from api.reading.asking import Asking
from api.reading.gate import Access
from api.reading.names import WHOLE_NAME, lookup
from api.reading.sorting import family_key
from api.wiring import Services
from domain.policy import names_colleagues
from domain.policy.fields import Seen
from domain.policy.relation import ON_TEAM, roles_at
from domain.roles import ROLE_OF, Role
from eventlog.log import grants


class Colleague(NamedTuple):
    """Somebody who works there, in one of their roles."""

    person: UUID
    name: str
    role: Role
    label: str
    """The role, in the reader's language."""


def around(services: Services, asking: Asking, files: Iterable[Access]) -> list[Colleague]:
    """Give who is on the teams of these files beside the asker, as far as they know their names."""
    seen = {
        who: (role, access.sight.names(role))
        for access in files
        for who, role in access.roles.items()
        if role in ON_TEAM and who != asking.actor.person
    }
    return _called(services, asking, seen)


def colleagues(
    services: Services, asking: Asking, roles: Collection[Role] = ON_TEAM
) -> list[Colleague]:
    """Give who else works in one of these roles where the asker does; nobody to who may not know.

    Somebody with two of the roles stands here once.
    """
    person, today = asking.actor.person, services.today()
    mine = grants(services.log.grants_between(person, person))
    if not names_colleagues(asking.reader, mine, today):
        return []
    places = [each for each in roles_at(asking.reader, mine, today) if each is not None]
    held = {
        each.person: (ROLE_OF[each.role], WHOLE_NAME)
        for each in services.views.directory.working(places)
        if each.person != person and ROLE_OF.get(each.role) in roles
    }
    return _called(services, asking, held)


def _called(
    services: Services, asking: Asking, seen: Mapping[UUID, tuple[Role, Seen]]
) -> list[Colleague]:
    """Name them by family name; who has no name for the asker is left out."""
    known = lookup(services, seen.keys())
    named = sorted(known, key=lambda who: (family_key(known[who].given, known[who].family), who))
    return [
        Colleague(who, name, role, role.label.to(asking.language))
        for who in named
        for role, parts in [seen[who]]
        if (name := known[who].as_seen(parts))
    ]
