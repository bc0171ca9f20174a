"""Peer groups as somebody in one sees them: who asks and who offers what, and who trained whom."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from api.reading.asking import Asking
from api.reading.people import called, group_name, one
from api.reading.sorting import folded
from api.wiring import Services
from domain.events.base import GrantKind, StreamKind
from domain.events.peer_group import PeerSessionHeld, PeerTrainingGiven
from domain.language import Text
from domain.policy import seen_outside
from domain.policy.relation import in_group, roles_at
from domain.state.peer_group import Peer
from eventlog.log import grants

_TIES = frozenset({GrantKind.PEER, GrantKind.GROUP})
_PEER = Text("een groepsgenoot", "a peer")


def groups(services: Services, asking: Asking) -> list[dict[str, Any]]:
    """Give the groups of the asker by name; `opens`: in this role they read what is in it."""
    person, today = asking.actor.person, services.today()
    mine = list(grants(services.log.grants_between(person, person)))
    at = [each for each in roles_at(asking.reader, mine, today) if each is not None]
    run = (row for place in at for row in grants(services.log.grants_between(place, place)))
    found = []
    for group in {each.stream for each in (*mine, *run) if each.kind in _TIES}:
        rows = list(grants(services.log.grants_between(group, person)))
        if in_group(asking.reader, group, rows, today):
            name = group_name(services, group) or ""
            seen = seen_outside(asking.reader, StreamKind.PEER_GROUP, group, rows, today)
            found.append({"peer_group": group, "name": name, "opens": bool(seen)})
    return sorted(found, key=lambda each: (folded(each["name"]), str(each["peer_group"])))


def group(services: Services, asking: Asking, stream: UUID) -> dict[str, Any]:
    """Give what a group asks, offers and did, to who reads it; raises Problem."""
    _, found = one(services, asking, stream)
    _, state = services.handler.state(stream, StreamKind.PEER_GROUP)
    known = _Called(services, asking, [each.person for each in state.peers])
    members = [each for each in state.peers if not each.left]
    held = [each for each in found["standing"] if each["type"] == PeerSessionHeld.TYPE]
    given = [each for each in found["standing"] if each["type"] == PeerTrainingGiven.TYPE]
    return {
        "peer_group": stream,
        "name": state.name,
        "members": sorted((known.member(each) for each in members), key=_by_name),
        "trainings": _latest(known.training(each["fields"]) for each in given),
        "sessions": _latest(known.session(each["fields"]) for each in held),
    }


class _Called:
    """Whoever is or was in a group, by name as this reader may know them."""

    def __init__(self, services: Services, asking: Asking, people: Collection[UUID]) -> None:
        self._asking = asking
        self._names = called(services, asking, people)

    def name(self, person: UUID) -> str:
        return self._names.get(person) or _PEER.to(self._asking.language)

    def member(self, peer: Peer) -> dict[str, Any]:
        return {
            "person": peer.person,
            "name": self.name(peer.person),
            "needs": peer.needs,
            "offers": peer.offers,
            "own": peer.person == self._asking.actor.person,
        }

    def training(self, fields: Mapping[str, Any]) -> dict[str, Any]:
        return {**self.session(fields), "by": self.name(UUID(fields["person"]))}

    def session(self, fields: Mapping[str, Any]) -> dict[str, Any]:
        came = [self.name(UUID(each)) for each in fields.get("came", ())]
        on = date.fromisoformat(fields["occurred_on"])
        return {"on": on, "topic": fields.get("topic"), "came": came}


def _by_name(member: Mapping[str, Any]) -> tuple[bool, Any]:
    """Oneself first, the others by name."""
    return not member["own"], folded(member["name"])


def _latest(found: Iterator[dict[str, Any]]) -> list[dict[str, Any]]:
    return sorted(found, key=lambda each: each["on"], reverse=True)


def members(services: Services, asking: Asking, stream: UUID) -> list[tuple[UUID, str]]:
    """Name who can be picked in the forms of a group, to who reads it; raises Problem."""
    return [(each["person"], each["name"]) for each in group(services, asking, stream)["members"]]
