"""What a permission can open, and what can be sent: to whom, and of what."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from types import MappingProxyType
from uuid import UUID

from domain.events.base import Category, Event, Grant, GrantKind, Kind
from domain.events.permissions import RecipientKind
from domain.policy.relation import BY_PERMISSION
from domain.policy.table import ROLES, Ground, cell
from domain.roles import Role

_IN_A_ROLE = frozenset({GrantKind.TEAM, GrantKind.NETWORK, GrantKind.ROLE})
_NAMED = {each.value: each for each in Role}
_OPENING = frozenset({Ground.ALWAYS, Ground.PERMISSION})

SENDABLE: Mapping[Role, frozenset[Category]] = MappingProxyType(
    {
        role: found
        for role in ROLES
        if (
            found := frozenset(
                each
                for each in Category
                if each is not Category.PERMISSIONS  # where the sending itself stands
                and Ground.SENT in cell(role, each).grounds(Kind.FACT)
            )
        )
    }
)
"""To whom the client can send an entry, and of which categories (reference 0.1)."""


OPENED: Mapping[Role, frozenset[Category]] = MappingProxyType(
    {
        role: frozenset(each for each in Category if cell(role, each).grounds(Kind.FACT) & _OPENING)
        for role in ROLES
    }
)
"""What a role reads when a permission names it; of all else a permission changes nothing. So of
E and H nothing is told to who pays (reference 0.1: towards a paymaster it is not freely given)."""

OF_ALL = frozenset({"copy.requested.v1"})
"""What is about the whole file, whatever its own row."""


def within_mandate(named: AbstractSet[Category], event: type[Event]) -> bool:
    """Say whether who represents the client records it by a mandate that names these rows."""
    whole = OPENED[Role.LEGAL_REPRESENTATIVE]
    return named >= (whole if event.TYPE in OF_ALL else {event.CATEGORY})


def read_in(recipient: UUID, kind: str | None, live: Iterable[Grant]) -> frozenset[Role]:
    """Name the roles in which a permission is read by; none: that is not known yet.

    Who works at an organisation and is not on the team comes in as those do who need no place.
    `live`: the rows in force of the file, and of which the recipient is the holder.
    """
    if kind == RecipientKind.EMPLOYER:
        return frozenset({Role.EMPLOYER})
    rows = [grant for grant in live if grant.kind in _IN_A_ROLE]
    if kind == RecipientKind.ORGANISATION:
        team = (grant for grant in rows if grant.kind is GrantKind.TEAM)
        there = frozenset(_NAMED[each.role] for each in team if each.organisation == recipient)
        return there or BY_PERMISSION
    return frozenset(_NAMED[each.role] for each in rows if each.holder == recipient)
