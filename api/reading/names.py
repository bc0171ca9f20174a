"""What people, organisations and employers are called to this reader; pseudonyms for auditors."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any, NamedTuple
from uuid import UUID

from api.reading.gate import Access
from api.wiring import Services
from domain.events.base import Category, Kind
from domain.events.people import OrganisationKind
from domain.language import Text
from domain.policy.fields import Seen
from domain.roles import Role

WHOLE_NAME: Seen = frozenset({Kind.GIVEN, Kind.FAMILY})
_SORTS = {each.value: each for each in OrganisationKind}
_SOMEBODY = Text("iemand", "somebody")
_KINDS = {
    "person": Text("persoon", "person"),
    "employer": Text("werkgever", "employer"),
    "organisation": Text("organisatie", "organisation"),
    "programme": Text("programma", "programme"),
}
NAMELESS = frozenset(
    {
        *("note", "placement", "permission", "disclosure", "application", "accommodation"),
        *("setback", "decision", "based_on", "revises", "about", "target", "preference_ref"),
        "covers",
        *("sample", "trajectories", "education", "activity", "issue", "order", "request", "lead"),
        "tryout",
        *("sub_question", "conference", "plan", "action"),
        *("entry", "entries", "begins", "sending"),
        "emergency",
        *("cover", "other"),
        *("session", "training", "trajectory", "extension"),
    }
)
"""Fields with ids of things that have no name of their own."""


class Known(NamedTuple):
    """What the directory knows: a name in the clear, or of a person the two parts of it."""

    kind: str
    name: str | None
    given: str | None
    family: str | None

    def as_seen(self, seen: Seen) -> str | None:
        """Give as much of the name as is seen; None for nothing at all."""
        if self.kind != "person":
            return self.name
        parts = (
            self.given if Kind.GIVEN in seen else None,
            self.family if Kind.FAMILY in seen else None,
        )
        return " ".join(filter(None, parts)) or None


class Alone(NamedTuple):
    """A name made of a role, and what is left where that role is said already."""

    role: str
    without: str


class Names:
    """The names in one answer, each as this reader may know it."""

    def __init__(
        self,
        services: Services,
        access: Access,
        known: Mapping[UUID, Known],
        roles: Mapping[UUID, Role],
        within: Category | None = None,
    ) -> None:
        """Take what is known, and in which role people stand in this trajectory."""
        self._within = within
        self._pseudonymous = access.sight.pseudonymous and (
            within is None or not access.sight.named(within)
        )
        self._access = access
        self._tokens = services.tokens
        self._known = known
        self._roles = roles
        self._language = access.asking.language
        self._called: dict[tuple[UUID, Role | None], str] = {}
        self.alone: dict[str, Alone] = {}
        """By name: who is called by a role so far, and not by a name of their own."""
        self.labels = {str(each): self.of(each) for each in known}

    def of(self, who: UUID, role: Role | None = None) -> str:
        """Say what somebody or something is called; `role` when it is known better here."""
        key = who, role
        called = self._called.get(key)
        if called is None:
            called = self._called[key] = self._call(who, role or self._roles.get(who))
        return called

    def said(self, fields: Mapping[str, Any]) -> Mapping[str, Any]:
        """Give fields as they may be told: to whom knows no names, no ids of people either."""
        return self._hidden(fields) if self._pseudonymous else fields

    def slot(self, slot: str) -> str:
        """Give the name of a place in the state, which may hold the id of a person."""
        if not self._pseudonymous:
            return slot
        return "/".join(self._mark(who) if (who := _id(part)) else part for part in slot.split("/"))

    def _hidden(self, value: Any) -> Any:
        if isinstance(value, Mapping):
            return {
                name: each if name in NAMELESS else self._hidden(each)
                for name, each in value.items()
            }
        if isinstance(value, list):
            return [self._hidden(each) for each in value]
        who = _id(value)
        return value if who is None else self.of(who)

    def _mark(self, who: UUID) -> str:
        return self._tokens.pseudonym(self._access.person, who)

    def _call(self, who: UUID, role: Role | None) -> str:
        known = self._known.get(who)
        mark = self._mark(who) if self._pseudonymous else None
        name = None if mark else self._name(who, known, role)
        if name:
            return name
        label = self._label(known, role)
        called = f"{label} {mark}" if mark else label
        self.alone[called] = Alone(label, mark or _SOMEBODY.to(self._language))
        return called

    def _name(self, who: UUID, known: Known | None, role: Role | None) -> str | None:
        """Give the own name of somebody or something, as far as this reader may know it."""
        if known is None or (known.kind == "person" and role is None):
            return None
        if who == self._access.person:
            return known.as_seen(WHOLE_NAME)
        joined = who in self._access.joined
        seen: Seen = frozenset()
        if role is not None:
            seen = self._access.sight.names(role, self._within, joined=joined)
        return known.as_seen(seen)

    def _label(self, known: Known | None, role: Role | None) -> str:
        if role is not None:
            return role.label.to(self._language)
        if known is None or known.kind == "person":
            return _SOMEBODY.to(self._language)
        return _KINDS[known.kind].to(self._language)


def _id(value: object) -> UUID | None:
    try:
        return UUID(value) if isinstance(value, str) else None
    except ValueError:
        return None


def names(
    services: Services,
    access: Access,
    ids: Collection[UUID],
    roles: Mapping[UUID, Role] | None = None,
    within: Category | None = None,
) -> Names:
    """Look names up, all at once; `roles` adds to who stands around the client by now.

    `within` says what it is about, for a reader who knows people by name only there.
    """
    around = access.roles if roles is None else {**roles, **access.roles}
    if access.covers:  # who stood in for a while is still called by name
        around = {**dict.fromkeys((c.holder for c in access.covers), Role.JOB_COACH), **around}
    missing = [each for each in ids if each not in access.named]
    access.named.update(dict.fromkeys(missing))
    access.named.update(lookup(services, missing, [access.trajectory]))
    known = {who: found for who in ids if (found := access.named[who]) is not None}
    return Names(services, access, known, around, within)


def look_up_for(services: Services, files: Collection[Access], ids: Collection[UUID]) -> None:
    """Look these up once for several files, of which each is still told what it may be."""
    if len(files) > 1:
        found = lookup(services, ids, [each.trajectory for each in files])
        for each in files:
            each.named.update({who: found.get(who) for who in ids if who not in each.named})


def lookup(
    services: Services, ids: Collection[UUID], files: Sequence[UUID] | None = None
) -> dict[UUID, Known]:
    """Open the names that the wall gives, without asking the policy: for this package alone."""
    if not ids:
        return {}
    mapper = services.log.entry_mapper
    known = {}
    for who, named in services.views.directory.names(ids, files).items():
        if named.kind != "person":
            known[who] = Known(named.kind, named.name, None, None)
        elif (body := named.entry.open(mapper)) is not None:
            known[who] = Known(named.kind, None, body.get("given_name"), body.get("family_name"))
    return known


def organisation_kinds(services: Services, ids: Collection[UUID]) -> dict[UUID, OrganisationKind]:
    """Say of these organisations what sort they are, as far as they are known."""
    mapper = services.log.entry_mapper
    found = services.views.directory.names(ids) if ids else {}
    bodies = {who: named.entry.open(mapper) for who, named in found.items()}
    return {who: _SORTS[body["kind"]] for who, body in bodies.items() if body and "kind" in body}
