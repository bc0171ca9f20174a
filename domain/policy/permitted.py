"""What a permission can open, and what can be sent: to whom, and of what."""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from types import MappingProxyType

from domain.events.base import Category, Event, Kind
from domain.policy.table import ROLES, Ground, cell
from domain.roles import Role

_BY_PERMISSION = frozenset({Ground.ALWAYS, Ground.PERMISSION})

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
        role: frozenset(
            each for each in Category if cell(role, each).grounds(Kind.FACT) & _BY_PERMISSION
        )
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
