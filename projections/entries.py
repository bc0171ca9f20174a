"""The columns in which read models keep an entry, and the same entry as it is read back."""

from __future__ import annotations

from datetime import date, datetime
from functools import lru_cache
from struct import Struct
from typing import Any, LiteralString, NamedTuple
from uuid import UUID

import orjson

from domain.events import BY_TYPE
from domain.events.base import Category
from domain.roles import Role
from eventlog.mapper import EntryMapper
from projections import packing
from projections.item import ADDRESSED, Item
from projections.packing import Pack

HEAD: dict[str, Pack] = {
    "position": packing.bigint,
    "stream": packing.uuid,
    "version": packing.integer,
    "event_id": packing.uuid,
    "type": packing.text,
    "category": packing.text,
    "occurred_on": packing.day,
    "recorded_at": packing.moment,
    "actor": packing.uuid,
    "role": packing.text,
    "organisation": packing.uuid,
    "on_behalf_of": packing.uuid,
    "origin": packing.text,
}
WHOLE: dict[str, Pack] = {
    **HEAD,
    "employer": packing.uuid,
    "placement": packing.uuid,
    "addressed": packing.uuids,
    "changed": packing.bigint,
    "corrected_by": packing.uuid,
    "corrected_at": packing.moment,
    "facts": packing.blob,
    "sealed": packing.blob,
    "sealed_by": packing.uuid,
    "key_id": packing.uuid,
}
READ: LiteralString = (
    "e.position, e.stream, e.version, e.event_id, e.type, e.category, e.occurred_on,"
    " e.recorded_at, e.actor, e.role, e.organisation, e.on_behalf_of, e.origin, e.employer,"
    " e.placement, e.changed, e.corrected_by, e.corrected_at, e.facts::text, e.sealed,"
    " e.sealed_by, e.key_id"
)
"""What a query names to make rows of `Row`; the table is `e`."""


class Row(NamedTuple):
    """An entry as a read model keeps it: structure in the clear, text as ciphertext."""

    position: int
    stream: UUID
    version: int
    event_id: UUID
    type: str
    category: str
    occurred_on: date
    recorded_at: datetime
    actor: UUID
    role: str
    organisation: UUID | None
    on_behalf_of: UUID | None
    origin: str
    employer: UUID | None
    placement: UUID | None
    changed: int
    """The position at which it last changed: its own, or that of its correction."""
    corrected_by: UUID | None
    corrected_at: datetime | None
    facts: str
    """JSON of the fields of kind fact, as they read by now."""
    sealed: bytes | None
    """None when the wall keeps the words from who asks."""
    sealed_by: UUID
    """The entry that the ciphertext was sealed for: its own, or its correction."""
    key_id: UUID

    def open(self, mapper: EntryMapper) -> dict[str, Any] | None:
        """Decrypt the body as it reads by now, or its facts; None once its key was destroyed."""
        if self.sealed is None:
            return facts_of(self.facts, self.key_id, mapper)
        plain = mapper.open(
            self.type, self.sealed, self.sealed_by.bytes, self.stream.bytes, self.key_id
        )
        if plain is None:
            return None
        body: dict[str, Any] = orjson.loads(plain)
        return body if self.corrected_by is None else body["body"]


def facts_of(facts: str, key_id: UUID, mapper: EntryMapper) -> dict[str, Any] | None:
    """Give the facts of a body whose words are kept back; None once its key was destroyed."""
    if mapper.keys.opening(key_id) is None:
        return None
    body: dict[str, Any] = orjson.loads(facts)
    return body | {"body": {}} if "target_type" in body else body


class Scope(NamedTuple):
    """Which entries a query may give, so that a page is filled with visible ones only.

    What is asked for is decided elsewhere; the fields of an entry are filtered there too.
    """

    reader: UUID
    categories: frozenset[str] = frozenset()
    """Every entry of these."""
    own: frozenset[str] = frozenset()
    """Of these only what the reader recorded, had recorded, or was addressed with."""
    job: frozenset[str] = frozenset()
    """Of these only what is about one of `employers`."""
    employers: frozenset[UUID] = frozenset()
    by_sending: frozenset[str] = frozenset()
    """Of these only what the client sent: the entries and sendings in `sent`."""
    sent: frozenset[UUID] = frozenset()

    def parameters(self) -> dict[str, Any]:
        """Give it as the parameters of WITHIN."""
        return {
            "reader": self.reader,
            "categories": list(self.categories),
            "own": list(self.own),
            "job": list(self.job),
            "employers": list(self.employers),
            "by_sending": list(self.by_sending),
            "sent": list(self.sent),
        }


WITHIN: LiteralString = """(e.category = ANY(%(categories)s::text[])
    OR (e.category = ANY(%(own)s::text[]) AND (%(reader)s IN (e.actor, e.on_behalf_of)
        OR %(reader)s = ANY(e.addressed)))
    OR (e.category = ANY(%(job)s::text[]) AND e.employer = ANY(%(employers)s::uuid[]))
    OR (e.category = ANY(%(by_sending)s::text[]) AND (e.event_id = ANY(%(sent)s::uuid[])
        OR e.facts->>'sending' = ANY((%(sent)s::uuid[])::text[]))))"""


def head(item: Item) -> bytes:
    """Pack the columns that say who recorded what when, once for all read models."""
    if item.packed_head is None:
        item.packed_head = b"".join(
            (
                _FIRST(
                    *(8, item.position, 16, item.raw_stream),
                    *(4, item.version, 16, item.raw_event_id),
                ),
                _KINDS.get(item.type) or _kind(item.type, item.body.category),
                _WHEN(4, item.body.occurred_on.toordinal() - _EPOCH_DAY, 8, item.raw_recorded_at),
                _by(item.who),
            )
        )
    return item.packed_head


def whole(item: Item) -> bytes:
    """Pack every column, once for all read models."""
    if item.packed_whole is None:
        by, facts = item.correction, item.facts
        seal = by or item
        state = seal.state
        item.packed_whole = b"".join(
            (
                item.packed_head or head(item),
                _about(item) if item.type in _ABOUT else _NOBODY,
                _AS_RECORDED(8, item.position, -1, -1, len(facts))
                if by is None
                else _CORRECTED(8, by.position, 16, by.raw_event_id, 8, by.raw_recorded_at)
                + _LENGTH(len(facts)),
                facts,
                _LENGTH(len(state)),
                state,
                _LAST(16, seal.raw_event_id, 16, seal.raw_key_id),
            )
        )
    return item.packed_whole


def roles(values: frozenset[Role] | None) -> list[str] | None:
    """Give roles as a parameter; None for all."""
    return None if values is None else [each.value for each in values]


_FIRST = Struct("!iq i16s ii i16s").pack
_WHEN = Struct("!ii i8s").pack
_AS_RECORDED = Struct("!iq ii i").pack
_LENGTH = Struct("!i").pack
_LAST = Struct("!i16s i16s").pack
_CORRECTED = Struct("!iq i16s i8s").pack
_EPOCH_DAY = date(2000, 1, 1).toordinal()
_NOBODY = packing.NULL * 3
_ABOUT = frozenset(
    kind
    for kind, event in BY_TYPE.items()
    if kind in ADDRESSED or not event.model_fields.keys().isdisjoint(("employer", "placement"))
)
"""The TYPEs that can be about somebody or something."""


def _about(item: Item) -> bytes:
    about = item.body.__dict__
    employer, placement = about.get("employer"), about.get("placement")
    return packing.uuid(employer) + packing.uuid(placement) + packing.uuids(item.addressed)


@lru_cache(maxsize=4_096)
def _kind(kind: str, category: Category) -> bytes:
    return packing.text(kind) + packing.text(category.value)


_KINDS = {
    kind: _kind(kind, event.CATEGORY)
    for kind, event in BY_TYPE.items()
    if "target_type" not in event.model_fields
}
"""Of an entry about another the category is that of the other."""


@lru_cache(maxsize=65_536)
def _by(who: bytes) -> bytes:
    """Pack who recorded it: few people record much, so most of it was packed before."""
    by = orjson.loads(who + b"}")
    return b"".join(
        (
            packing.uuid(UUID(by["actor"])),
            packing.text(by["role"]),
            packing.uuid(UUID(by["organisation"]) if by["organisation"] else None),
            packing.uuid(UUID(by["on_behalf_of"]) if by["on_behalf_of"] else None),
            packing.text(by["origin"]),
        )
    )
