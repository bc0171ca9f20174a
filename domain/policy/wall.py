"""The policy as rows, for the wall in the database: the most that somebody may be given.

It is never narrower than the policy. What is finer than a row, its words and the parts of a state
is left to `relation` and `sight`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple
from uuid import UUID

from domain.events.base import Category, GrantKind, Kind
from domain.events.correction import PRIVATE
from domain.policy.outside import knows_staff
from domain.policy.relation import (
    BY_KIND,
    BY_ORGANISATION,
    BY_PERMISSION,
    ON_TEAM,
    Reader,
    Relation,
)
from domain.policy.sight import sight
from domain.policy.table import ROLES, Ground, Limit, cell
from domain.policy.withheld import COMING, OF_ONE_AUDITOR, OUTCOMES
from domain.roles import Role
from domain.state import Trajectory
from domain.state.circle import STANDS_IN

_NOBODY = UUID(int=0)
_NAMED_IN = (Category.PERMISSIONS, Category.ACCESS)
"""Where some who know people by pseudonym call them by name."""
_CLOSE = frozenset({Role.NETWORK_MEMBER, Role.LEGAL_REPRESENTATIVE})
SEALED = frozenset(Kind) - {Kind.FACT, Kind.GIVEN, Kind.FAMILY}
"""What an entry about a trajectory holds beside facts: no names, those are of the directory."""
_WHOLE = frozenset({Ground.ALWAYS, Ground.PERMISSION})
_HINDSIGHT = Role.AUDITOR, Category.TRUST
"""What follows from all choices tells how they turned out (reference 0.1)."""
_FOLLOWS = frozenset({None, Limit.CARE_FIRST})
"""That care comes first is all that the state keeps of what is clinical."""

# Which rows of the matrix the parts of the state follow from; the fields named are the exceptions,
# `notes`, `protection` and `linked_as` are for commands alone. A test compares it with what each
# event changes.
_STATE: Mapping[str, tuple[str, Mapping[str, str]]] = {
    "course": ("B", {"wants": "D"}),
    "circle": ("A", {"permissions": "C", "disclosures": "C", "mandates": "C", "sendings": "C"}),
    "work": ("F", {}),
    "search": ("E", {}),
    "support": ("H", {"employers": "EFH"}),
    "wellbeing": ("I", {"setbacks": "J"}),
    "trust": ("Q", {}),
    "eigen_kracht": ("N", {}),
    "participation": ("F", {"care_first_on": "K", "informal_care": "L"}),
    "health": ("J", {}),
    "issues": ("L", {}),
    "profile": ("D", {}),
    "trying": ("F", {}),
    "audit": ("Q", {}),
    "emergencies": ("R", {}),
    "files": ("A", {}),
}


class Piece(NamedTuple):
    """A field of a part of the state, by their places, and the categories it follows from."""

    part: int
    field: int
    """Counted from 1; 0 for a part without fields."""
    categories: str
    empty: object
    """What stands there as long as nothing happened."""


class Opening(NamedTuple):
    """What a role gets of a category on one ground."""

    role: Role
    category: Category
    outside: bool
    """No coach on the team works for the care organisation."""
    ground: Ground
    facts: bool
    words: bool
    """More than facts: with this the sealed body is given."""
    follows: bool
    """What follows from the facts of all entries is given too."""


class Way(NamedTuple):
    """By which grant somebody who acts in a role comes in, and as which role they then read."""

    role: Role
    kind: GrantKind
    of: str
    """The role in that grant; '' for any."""
    opens: Role
    held: bool = False
    """Only while they hold their role somewhere."""
    by_organisation: bool = False
    """The grant need not be theirs, but of an organisation for which they hold their role."""
    personal: bool = True
    """The grant must be their own, not that of their organisation or employer."""


class Closed(NamedTuple):
    """Which kind of entry a role sees on one ground only."""

    role: Role
    kind: str
    """The TYPE."""
    ground: str
    """recorded, addressed (also recorded), judged (the choice in `field`), to_come (the day)."""
    field: str = ""


def ways() -> Iterator[Way]:
    """Give every way in: what `relation` asks of the grants of a trajectory."""
    for role, kind in BY_KIND.items():
        yield Way(role, kind, "", role)
    for role in sorted(ON_TEAM):
        yield Way(role, GrantKind.TEAM, role, role, held=True)
    for role in sorted(BY_PERMISSION):
        yield Way(role, GrantKind.PERMISSION, "", role, held=True, personal=False)
    for role in sorted(BY_ORGANISATION):
        of = Role.JOB_COACH if role is Role.TEAM_LEAD else ""
        way = Way(role, GrantKind.TEAM, of, role, held=True, by_organisation=True, personal=False)
        yield way
    lead = Role.TEAM_LEAD
    yield Way(lead, GrantKind.LEFT, "", lead, held=True, by_organisation=True, personal=False)
    for role in STANDS_IN:
        yield Way(role, GrantKind.COVER, "", Role.JOB_COACH, held=True)
    care = Role.CARE_WORKER
    yield Way(care, GrantKind.EMERGENCY, care, care, held=True)
    yield Way(Role.EMPLOYER, GrantKind.EMPLOYER, "", Role.EMPLOYER, personal=False)
    yield Way(Role.AUDITOR, GrantKind.SAMPLE, "", Role.AUDITOR, held=True)


def openings() -> Iterator[Opening]:
    """Give every way through the wall."""
    for role in sorted(ROLES):
        for category in Category:
            for outside in (False, True):
                found = cell(role, category, outside=outside)
                for ground in Ground:
                    facts = ground in found.grounds(Kind.FACT)
                    words = any(ground in on for kind, on in found.access.items() if kind in SEALED)
                    if facts or words:
                        follows = facts and ground in _WHOLE and found.limit in _FOLLOWS
                        follows = follows and (role, category) != _HINDSIGHT
                        yield Opening(role, category, outside, ground, facts, words, follows)


def closed() -> Iterator[Closed]:
    """Give which kinds of entries are for some alone, or for later, as `withheld` has it."""
    for role in sorted(Role):
        if role is not Role.CLIENT:
            yield from (Closed(role, kind, "recorded") for kind in sorted(PRIVATE))
    for kind in sorted(OF_ONE_AUDITOR):
        yield Closed(Role.AUDITOR, kind, "addressed")
    for kind, field in sorted(OUTCOMES.items()):
        yield Closed(Role.AUDITOR, kind, "judged", field)
    for kind in sorted(COMING):
        yield Closed(Role.EMPLOYER, kind, "to_come", "planned_on")


def namings() -> Iterator[tuple[Role, Role]]:
    """Give who knows whom by name, on whatever ground; who knows no names at all is not there."""
    for role in sorted(ROLES):
        found = sight(Relation(Reader(_NOBODY, role), _NOBODY, frozenset(Category)))
        for of in Role:
            if any(found.names(of, within) for within in (None, *_NAMED_IN)):
                yield role, of
        if role in _CLOSE:  # whoever is on the team has a page with a name (outside.py)
            yield role, Role.PEER_WORKER


def staff() -> Iterator[tuple[Role, Role]]:
    """Give who knows whom by name that works somewhere, without a client between them."""
    return ((role, of) for role in sorted(Role) for of in sorted(knows_staff(role)))


def pieces() -> Iterator[Piece]:
    """Give of which categories somebody must see all facts to be told each field of the state."""
    for part, (name, fields) in enumerate(Trajectory()._asdict().items()):
        if name not in _STATE:
            continue
        category, others = _STATE[name]
        if not hasattr(fields, "_asdict"):
            yield Piece(part, 0, category, fields)
            continue
        for field, (each, empty) in enumerate(fields._asdict().items(), 1):
            yield Piece(part, field, others.get(each, category), empty)
