"""Shows entries: opens them, leaves the visible fields, names people, and words the sentence."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import cache, lru_cache
from typing import Any, NamedTuple, get_args
from uuid import UUID

from api.reading.gate import ROLES, Access
from api.reading.names import NAMELESS, Names, names
from api.wiring import Services
from domain.events import BY_TYPE
from domain.events.base import Category, Event, Kind, field_kinds
from domain.events.correction import EntryCorrected
from domain.language import Language
from domain.policy import Sight, addressed, show, visible_fields, withheld
from domain.policy.fields import Seen
from domain.roles import Role
from domain.wording import word
from eventlog.entry import Entry
from projections.entries import Row

CATEGORIES = {each.value: each for each in Category}
_LANES = {
    Role.CLIENT: "self",
    Role.NETWORK_MEMBER: "network",
    Role.LEGAL_REPRESENTATIVE: "network",
    Role.EK_COORDINATOR: "network",
    Role.PEER: "network",
    Role.CARE_WORKER: "care",
    Role.PEER_WORKER: "care",
}
"""Where in the timeline an entry stands, by who recorded it; the others are about work."""
_AT_WORK = frozenset({Role.CLIENT, Role.JOB_COACH, Role.EMPLOYER})
"""The roles that an employer hears of; who else wrote is to them simply the job coach."""
_HOLE = re.compile(r"\{(\w+)\}")


class Shown(NamedTuple):
    """An entry with what the asker sees of its body."""

    row: Row
    event: type[Event]
    fields: Mapping[str, Any]


def opened(services: Services, access: Access, rows: Sequence[Row]) -> Iterator[Shown]:
    """Open those of these rows that exist for the asker."""
    mapper = services.log.entry_mapper
    mapper.keys.load({row.key_id for row in rows})
    for row in rows:
        body = row.open(mapper)
        if body is not None and (seen := visible(access, row, body)) is not None:
            yield unmarked(services, access, seen)


def visible(access: Access, row: Row, body: Mapping[str, Any]) -> Shown | None:
    """Leave what the asker sees; None when the entry does not exist for them."""
    seen, person = access.sight, access.person
    own = person in (row.actor, row.on_behalf_of) or str(person) in addressed(body)
    if withheld(seen.relation, row.type, body, own=own):
        return None
    job = (row.employer, row.placement) if seen.relation.jobs else (None, None)
    kinds, fields = _allowed(seen, row.type, row.category, own, *job)
    if not fields:
        return None
    event = BY_TYPE[row.type]
    if body.keys() <= fields and "target_type" not in body:
        return Shown(row, event, body)
    return Shown(row, event, show(event, body, kinds))


def hidden(access: Access, entry: Entry) -> bool:
    """Say whether an entry is withheld from the asker, although the matrix would show it."""
    if access.role is not Role.AUDITOR or entry.body is None:
        return False
    row, body = from_log(entry)
    own = access.person in (row.actor, row.on_behalf_of) or str(access.person) in addressed(body)
    return withheld(access.sight.relation, entry.type, body, own=own)


def sees_correction(access: Access, row: Row) -> bool:
    """Say whether a correction of this entry exists for the asker, whoever made it."""
    category = CATEGORIES[row.category]
    fields = access.sight.fields(
        EntryCorrected, category, employer=row.employer, placement=row.placement
    )
    return bool(fields)


def unmarked(services: Services, access: Access, shown: Shown) -> Shown:
    """Take away that an entry was corrected, from who sees no correction nor what it changed."""
    row = shown.row
    if row.corrected_by is None or sees_correction(access, row):
        return shown
    (first,) = services.log.stored_entries(row.stream, row.version, 1)
    own = row._replace(
        corrected_by=None,
        corrected_at=None,
        changed=row.position,
        sealed=first.state,
        sealed_by=row.event_id,
        key_id=first.key_id,
    )
    body = own.open(services.log.entry_mapper)
    before = None if body is None else visible(access, own, body)
    return Shown(own, *shown[1:]) if before and before.fields == shown.fields else shown


@lru_cache(maxsize=16_384)
def _allowed(  # noqa: PLR0913, PLR0917 - what the policy asks of an entry
    seen: Sight,
    kind: str,
    category: str,
    own: bool,  # noqa: FBT001 - a key of the memory
    employer: UUID | None,
    placement: UUID | None,
) -> tuple[Seen, frozenset[str]]:
    """Ask the policy once for entries that are alike to it."""
    kinds = seen.kinds(CATEGORIES[category], own=own, employer=employer, placement=placement)
    if Kind.FACT not in kinds:
        return kinds, frozenset()
    return kinds, visible_fields(BY_TYPE[kind], kinds)


def rendered(services: Services, access: Access, shown: Sequence[Shown]) -> list[dict[str, Any]]:
    """Word entries in the reader's language, with the names that the reader may know."""
    named = names(services, access, set(_ids(shown)))
    return [_entry(access, each, named) for each in shown]


def from_log(entry: Entry, corrected: Entry | None = None) -> tuple[Row, dict[str, Any]]:
    """Give an entry of the log as a read model would, with its body opened."""
    header, body = entry.header, entry.body
    assert body is not None  # noqa: S101 - asked of entries that still open
    changed = corrected or entry
    row = Row(
        entry.position,
        entry.stream,
        entry.version,
        entry.event_id,
        entry.type,
        body.category.value,
        body.occurred_on,
        entry.recorded_at,
        header.actor,
        header.role,
        header.organisation,
        header.on_behalf_of,
        header.origin,
        body.__dict__.get("employer"),
        body.__dict__.get("placement"),
        changed.position,
        None if corrected is None else corrected.event_id,
        None if corrected is None else corrected.recorded_at,
        "",
        b"",
        changed.event_id,
        entry.stored.key_id,
    )
    return row, body.model_dump(mode="json", exclude_none=True)


def lane(access: Access, role: Role) -> str:
    """Say where an entry stands, by who recorded it."""
    return _LANES.get(_told(access, role), "work")


def roles_in(access: Access, lane_: str) -> frozenset[Role]:
    """Name the roles whose entries stand in a lane."""
    return frozenset(role for role in Role if lane(access, role) == lane_)


def _told(access: Access, role: Role) -> Role:
    """An employer hears of the job coach and of nobody else around the client."""
    if access.role is Role.EMPLOYER and role not in _AT_WORK:
        return Role.JOB_COACH
    return role


def _entry(access: Access, shown: Shown, named: Names) -> dict[str, Any]:
    row, event, fields = shown
    language = access.asking.language
    role = _told(access, ROLES[row.role])
    words = _words(event)
    said = named.said(fields)
    return {
        "id": row.event_id,
        "type": row.type,
        "category": row.category,
        "lane": _LANES.get(role, "work"),
        "occurred_on": row.occurred_on,
        "recorded_at": row.recorded_at,
        "imported": row.origin.startswith("import"),
        "by": {"name": named.of(row.actor, role), "role": role},
        "on_behalf_of": None if row.on_behalf_of is None else named.of(row.on_behalf_of),
        "sentence": _sentence(row.type, said, language, named),
        "text": {name: said[name] for name in words if name in said},
        "fields": {name: value for name, value in said.items() if name not in words},
        "corrected_at": row.corrected_at,
    }


def _sentence(kind: str, said: Mapping[str, Any], language: Language, named: Names) -> str:
    """Word an entry; what was worded before from the same values is not worded again.

    Nothing is found there without these very values, so what was erased stays unreadable.
    """
    values = []
    for name in _worded(kind, language):
        value = said.get(name)
        values.append((name, tuple(value) if isinstance(value, list) else value))
    called = tuple((each, named.labels[each]) for _, each in values if each in named.labels)
    if any(type(each) is tuple for _, each in values):
        called = tuple(named.labels.items())
    return _remembered(kind, language, tuple(values), called)


@lru_cache(maxsize=20_000)
def _remembered(
    kind: str,
    language: Language,
    values: tuple[tuple[str, Any], ...],
    called: tuple[tuple[str, str], ...],
) -> str:
    fields = {name: list(each) if type(each) is tuple else each for name, each in values}
    return word(kind, fields, language, dict(called))


@cache
def _worded(kind: str, language: Language) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_HOLE.findall(BY_TYPE[kind].SENTENCE.to(language))))


def _ids(shown: Iterable[Shown]) -> Iterator[UUID]:
    for row, event, fields in shown:
        yield row.actor
        if row.on_behalf_of is not None:
            yield row.on_behalf_of
        for name in _refers(event):
            yield from _named(fields.get(name))


def _named(value: object) -> Iterator[UUID]:
    """Find the ids in a field that holds some; what stands beside them there is none."""
    if isinstance(value, str):
        with suppress(ValueError):
            yield UUID(value)
    elif isinstance(value, Mapping):
        for each in value.values():
            yield from _named(each)
    elif isinstance(value, list):
        for each in value:
            yield from _named(each)


@cache
def _words(event: type[Event]) -> tuple[str, ...]:
    of = field_kinds(event)
    return tuple(name for name, kind in of.items() if kind in {Kind.WORDS, Kind.THIRD})


@cache
def _refers(event: type[Event]) -> tuple[str, ...]:
    """Name the fields that hold the id of somebody or something with a name."""
    return tuple(
        name
        for name, field in event.model_fields.items()
        if name not in NAMELESS and _holds_ids(field.annotation)
    )


def _holds_ids(annotation: object) -> bool:
    inner = [field.annotation for field in getattr(annotation, "model_fields", {}).values()]
    return annotation is UUID or any(map(_holds_ids, (*get_args(annotation), *inner)))
