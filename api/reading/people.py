"""The directory as one reader sees it: oneself, the people around, employers, organisations."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from itertools import islice
from typing import Any
from uuid import UUID

from api.problems import not_found
from api.reading.asking import Asking
from api.reading.gate import Access, admitted, given_all, own_grants
from api.reading.moment import corrections, refuse
from api.reading.names import WHOLE_NAME, lookup, names
from api.reading.sorting import folded
from api.wiring import Services
from domain.events import BY_TYPE
from domain.events.base import Category, Event, Grant, GrantKind, Kind, StreamKind, field_kinds
from domain.policy import (
    but_score,
    enters,
    named_around,
    seen_outside,
    show,
    speaks_for,
    takes_part,
)
from domain.policy.fields import Seen
from domain.roles import Role
from domain.state.programme import Programme
from eventlog.entry import Entry
from eventlog.log import grants
from projections.directory import Named
from projections.standing import standing as standing_of

_KINDS = {"person": StreamKind.DIRECTORY, "organisation": StreamKind.DIRECTORY}
_KINDS |= {"employer": StreamKind.EMPLOYER, "programme": StreamKind.PROGRAMME}
_KINDS |= {"peer_group": StreamKind.PEER_GROUP}
_TIES = frozenset(
    {
        *(GrantKind.CLIENT, GrantKind.TEAM, GrantKind.NETWORK, GrantKind.MANDATE),
        *(GrantKind.SAMPLE, GrantKind.EMERGENCY, GrantKind.COVER),
    }
)
_PERSONAL: Seen = frozenset({Kind.GIVEN, Kind.FAMILY, Kind.CONTACT})
_NOTHING: Seen = frozenset()
_LAST = str(UUID(int=2**128 - 1))
MOST = 50
_MANY = 500


def me(services: Services, asking: Asking) -> dict[str, Any]:
    """Say who is signed in, and with which trajectories they have to do in this role."""
    person = asking.actor.person
    organisation = asking.actor.organisation
    known = lookup(services, [person, *([organisation] if organisation else [])])
    mine = own_grants(services, asking)
    own = known.get(person)
    works_for = known.get(organisation) if organisation else None
    return {
        "person": person,
        "name": own and own.as_seen(WHOLE_NAME),
        "role": asking.actor.role,
        "label": asking.actor.role.label.to(asking.language),
        "organisation": organisation,
        "organisation_name": works_for and works_for.name,
        "trajectories": [
            each.trajectory for each in _tied(services, replace(asking, view=None), mine)
        ],
        "invitations": [
            {"peer_group": each.stream, "name": group_name(services, each.stream)}
            for each in mine
            if each.kind is GrantKind.INVITED and takes_part(asking.actor.role)
        ],
    }


def group_name(services: Services, group: UUID) -> str | None:
    row = dict(services.views.directory.one(group)).get("peer_group")
    body = None if row is None else row.open(services.log.entry_mapper)
    return None if body is None else str(body["name"])


def ties(services: Services, asking: Asking) -> list[Access]:
    """Find the trajectories that the asker is tied to in this role."""
    return _tied(services, asking, own_grants(services, asking))


def _tied(services: Services, asking: Asking, mine: Collection[Grant]) -> list[Access]:
    """Find them by the grants that somebody holds."""
    streams = {grant.stream for grant in mine if grant.kind in _TIES}
    for employer in speaks_for(asking.actor.role, mine):
        rows = grants(services.log.grants_between(employer, employer))
        streams |= {grant.stream for grant in rows if grant.kind is GrantKind.EMPLOYER}
    access = admitted(services, asking, list(streams))
    return [access[each] for each in sorted(access)]


def people(services: Services, asking: Asking) -> dict[str, Any]:
    """Give the people around the trajectories of the asker, as far as their names are seen."""
    found: dict[tuple[str, str], dict[str, Any]] = {}
    tied = [each for each in ties(services, asking) if not each.sight.pseudonymous]
    around_all = given_all(services, tied, Category.IDENTITY)
    mandated = given_all(services, around_all.values(), Category.PERMISSIONS)
    for access in around_all.values():
        around = _around(access, mandates=access.trajectory in mandated)
        called = names(services, access, around.keys())
        for who, role in around.items():
            line = found.setdefault(
                (str(who), role.value),
                {
                    "person": who,
                    "name": called.of(who, role),
                    "role": role,
                    "label": role.label.to(asking.language),
                    "trajectories": [],
                },
            )
            line["trajectories"].append(access.trajectory)
    return {"people": sorted(found.values(), key=lambda line: (folded(line["name"]), line["role"]))}


def clients(services: Services, asking: Asking) -> list[tuple[UUID, str]]:
    """Name the clients of the asker, by family name, as far as their names are seen."""
    found = given_all(services, ties(services, asking), Category.IDENTITY).values()
    named = [(each.client, names(services, each, [each.client])) for each in found if each.client]
    return sorted(((who, called.of(who)) for who, called in named), key=lambda e: folded(e[1]))


def _around(access: Access, *, mandates: bool) -> Mapping[UUID, Role]:
    """Who stands around the client; who represents them is told where permissions are."""
    around = access.roles.items()
    return {who: role for who, role in around if named_around(role, permissions=mandates)}


def employers(
    services: Services, asking: Asking, start: str, *, limit: int = 20, cursor: str | None = None
) -> dict[str, Any]:
    """Search employers by the beginning of their name; raises Problem."""
    person = asking.actor.person
    after: list[str] | None = ["", _LAST]
    if cursor is not None:
        after = services.tokens.opened("employers-by-name", person, cursor)
    if after is None:
        raise refuse("cursor", "Begin opnieuw zonder cursor.", "Begin again without a cursor.")
    found = list(islice(_employers(services, asking, start, after, limit + 1), limit + 1))
    following = None
    if len(found) > limit:
        last = [found[limit - 1].name, str(found[limit - 1].id)]
        following = services.tokens.sealed("employers-by-name", person, last)
    lines = [{"employer": each.id, "name": each.name} for each in found[:limit]]
    return {"employers": lines, "next": following}


def _employers(
    services: Services, asking: Asking, start: str, after: list[str], at_once: int
) -> Iterator[Named]:
    """Go by name through those that are seen: what is not tells nothing by its place."""
    mine = own_grants(services, asking)
    while found := services.views.directory.employers(
        start, limit=at_once, after=after[0], after_id=UUID(after[1])
    ):
        for each in found:
            if seen_outside(asking.reader, StreamKind.EMPLOYER, each.id, mine, services.today()):
                yield each
        after, at_once = [found[-1].name or "", str(found[-1].id)], _MANY


def called(services: Services, asking: Asking, ids: Collection[UUID]) -> dict[UUID, str | None]:
    """Give what people are called, as far as their names are seen outside any file."""
    known = lookup(services, ids)
    return {
        who: known[who].as_seen(_seen(services, asking, who, "person")) if who in known else None
        for who in ids
    }


def one(services: Services, asking: Asking, stream: UUID) -> tuple[str, dict[str, Any]]:
    """Give one person, organisation, employer, programme or group, and its fingerprint."""
    slots = dict(services.views.directory.one(stream))
    kind = next((slot for slot in slots if slot in _KINDS), None)
    if kind is None:
        raise not_found()
    seen = _seen(services, asking, stream, kind)
    if kind == "person" and enters(asking.actor.role):
        seen |= _in_emergency(services, asking, stream)
    if not seen:
        raise not_found()
    if kind == "person" and stream != asking.actor.person:
        _note_client(services, asking, stream)
    mapper = services.log.entry_mapper
    mapper.keys.load({row.key_id for row in slots.values()})
    standing, held = [], {}
    programme = Programme()
    if kind == "programme":
        _, programme = services.handler.state(stream, StreamKind.PROGRAMME)
    for slot, row in slots.items():
        body = row.open(mapper)
        event = BY_TYPE[row.type]
        if body and (fields := but_score(event, _shown(event, body, seen), programme)):
            held[slot] = row.sealed_by
            standing.append(
                {
                    "slot": slot,
                    "id": row.event_id,
                    "type": row.type,
                    "category": row.category,
                    "fields": fields,
                }
            )
    if not standing:
        raise not_found()
    return _part(services, asking, held), {"id": stream, "kind": kind, "standing": standing}


def _note_client(services: Services, asking: Asking, person: UUID) -> None:
    """Who looks at a client looks at the files of theirs by which they may."""
    if files := _files(services, person):
        admitted(services, asking, files)


def _in_emergency(services: Services, asking: Asking, person: UUID) -> Seen:
    """Say what is seen of a client by who reads their file in an emergency: how to reach them."""
    files = _files(services, person)
    found = admitted(services, asking, files).values() if files else ()
    return next(
        (
            each.sight.kinds(Category.IDENTITY)
            for each in found
            if each.sight.relation.emergency is not None
        ),
        _NOTHING,
    )


def _files(services: Services, person: UUID) -> list[UUID]:
    """Name the files of which somebody is the client."""
    theirs = grants(services.log.grants_between(person, person))
    return [grant.stream for grant in theirs if grant.kind is GrantKind.CLIENT]


def part_at(services: Services, asking: Asking, stream: UUID, entries: list[Entry]) -> str:
    """Fingerprint what one of them was to its reader after these entries, as `one` does."""
    slots, by = standing_of(entries), corrections(entries)
    kind = next((slot for slot in slots if slot in _KINDS), None)
    seen = _seen(services, asking, stream, kind) if kind else _NOTHING
    held = {
        slot: by.get(each.event_id, each).event_id
        for slot, each in slots.items()
        if each.body is not None
        and _shown(type(each.body), each.body.model_dump(mode="json", exclude_none=True), seen)
    }
    return _part(services, asking, held)


def _part(services: Services, asking: Asking, slots: Mapping[str, UUID]) -> str:
    """Fingerprint which entry holds each slot that is seen."""
    text = "|".join(f"{slot}:{slots[slot].hex}" for slot in sorted(slots))
    return services.tokens.tag(b"stream", asking.actor.person.bytes, text.encode())[1:-1]


def _shown(event: type[Event], body: Mapping[str, Any], seen: Seen) -> Mapping[str, Any]:
    """Leave what is seen; nothing of an entry that is about something unseen, not even its day."""
    about = _PERSONAL & set(field_kinds(event).values())
    return {} if about and about.isdisjoint(seen) else show(event, body, seen)


def _seen(services: Services, asking: Asking, stream: UUID, kind: str) -> Seen:
    given = grants(services.log.grants_between(stream, asking.actor.person))
    return seen_outside(
        asking.reader,
        _KINDS[kind],
        stream,
        given,
        services.today(),
        organisation=kind == "organisation",
    )
