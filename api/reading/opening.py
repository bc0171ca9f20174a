"""Opens entries for one reader: what exists for them, and which fields of it they see."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple
from uuid import UUID

from api.reading.gate import Access
from api.wiring import Services
from domain.events import BY_TYPE
from domain.events.base import Category, Event, Kind
from domain.events.correction import EntryCorrected
from domain.policy import (
    Limit,
    Sight,
    addressed,
    but_hidden,
    is_sent,
    show,
    visible_fields,
    withheld,
    withholds,
)
from domain.policy.fields import Seen
from eventlog.entry import Entry
from projections.entries import Row

CATEGORIES = {each.value: each for each in Category}


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
    shown = _visible(access, row, body)
    if access.within is None or shown is None:
        return shown
    own = visible(access.within, row, body)
    if own is None:
        return None
    both = {name: value for name, value in shown.fields.items() if name in own.fields}
    return Shown(row, shown.event, both)


def _visible(access: Access, row: Row, body: Mapping[str, Any]) -> Shown | None:
    seen, person = access.sight, access.person
    own = person in (row.actor, row.on_behalf_of) or str(person) in addressed(body)
    if _withheld(access, row, body, own=own):
        return None
    job = (row.employer, row.placement) if seen.relation.jobs else (None, None)
    sent = is_sent(seen.relation.sent, row.event_id, row.type, body)
    kinds, fields = _allowed(seen, row.type, row.category, own, sent, *job)
    if not fields:
        return None
    event = BY_TYPE[row.type]
    if not body.keys() <= fields or "target_type" in body:
        body = show(event, body, kinds)
    return Shown(row, event, but_hidden(seen.relation, body))


def hidden(access: Access, entry: Entry) -> bool:
    """Say whether an entry is withheld from the asker, although the matrix would show it."""
    if access.within is not None and hidden(access.within, entry):
        return True
    if entry.body is None or not withholds(access.sight.relation):
        return False
    row, body = from_log(entry)
    own = access.person in (row.actor, row.on_behalf_of) or str(access.person) in addressed(body)
    return _withheld(access, row, body, own=own)


def _withheld(access: Access, row: Row, body: Mapping[str, Any], *, own: bool) -> bool:
    person = access.person
    wrote = (row.actor, row.role) == (person, access.role) or row.on_behalf_of == person
    return withheld(access.sight.relation, row.event_id, row.type, body, own=own, wrote=wrote)


def sees_correction(access: Access, row: Row) -> bool:
    """Say whether a correction of this entry exists for the asker, whoever made it."""
    category = CATEGORIES[row.category]
    fields = access.sight.fields(
        EntryCorrected, category, employer=row.employer, placement=row.placement
    )
    return bool(fields)


def sees_words(access: Access, row: Row) -> bool:
    """Say whether the asker sees the words of an entry, whatever sort of entry it is."""
    kinds = access.sight.kinds(
        CATEGORIES[row.category],
        own=access.person in (row.actor, row.on_behalf_of),
        employer=row.employer,
        placement=row.placement,
        sent=row.event_id in access.sight.relation.sent,
    )
    seen = Kind.WORDS in kinds and not any(isinstance(each, Limit) for each in kinds)
    return seen and (access.within is None or sees_words(access.within, row))


def sees_fields(access: Access, row: Row) -> frozenset[str]:
    """Name the fields of an entry that the asker sees, filled in or not."""
    own = access.person in (row.actor, row.on_behalf_of)
    job = (row.employer, row.placement) if access.sight.relation.jobs else (None, None)
    sent = row.event_id in access.sight.relation.sent
    return _allowed(access.sight, row.type, row.category, own, sent, *job)[1]


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
    sent: bool,  # noqa: FBT001
    employer: UUID | None,
    placement: UUID | None,
) -> tuple[Seen, frozenset[str]]:
    """Ask the policy once for entries that are alike to it."""
    kinds = seen.kinds(
        CATEGORIES[category], own=own, employer=employer, placement=placement, sent=sent
    )
    if Kind.FACT not in kinds:
        return kinds, frozenset()
    return kinds, visible_fields(BY_TYPE[kind], kinds)


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
