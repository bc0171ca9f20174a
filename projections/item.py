"""One entry on its way from the log into the read models: opened and decoded once for all."""

from __future__ import annotations

from copy import copy
from datetime import UTC, datetime, timedelta
from struct import Struct
from typing import Any, Self, get_args
from uuid import UUID

import orjson

from domain import policy
from domain.corrections import Rewriting, undone
from domain.events import BY_TYPE
from domain.events.base import Event, Kind, field_kinds
from domain.events.correction import EntryShielded, EntryUnshielded

_HIDDEN = {
    kind: tuple(name for name, of in field_kinds(event).items() if of is not Kind.FACT)
    for kind, event in BY_TYPE.items()
}
"""The fields of each TYPE that may not stand in the clear; a body has no other than its own."""
ADDRESSED = frozenset(
    kind
    for kind, event in BY_TYPE.items()
    if not event.model_fields.keys().isdisjoint((*policy.ADDRESSED, policy.PARTICIPANTS))
)
"""The TYPEs that can be meant for somebody or about them."""
_EPOCH = datetime(2000, 1, 1, tzinfo=UTC)
_MICROSECONDS = Struct("!q").unpack


class Item:
    """An entry; slotted and plain, because a catch-up makes tens of thousands a second.

    Ids and the moment stay as the database sends them, which is also how they are written.
    """

    __slots__ = (
        "_facts",
        "_recorded",
        "body",
        "correction",
        "header",
        "packed_head",
        "packed_whole",
        "plain",
        "position",
        "raw_event_id",
        "raw_key_id",
        "raw_recorded_at",
        "raw_stream",
        "state",
        "stream",
        "type",
        "version",
    )

    position: int
    raw_stream: bytes
    stream: UUID
    version: int
    type: str
    state: bytes
    raw_event_id: bytes
    raw_key_id: bytes
    raw_recorded_at: bytes
    header: bytes
    plain: bytes
    """The body as JSON, as it was sealed."""
    body: Event
    """How it reads by now: replaced when it was corrected."""
    correction: Item | None
    """The entry that changed how it reads."""

    def __init__(self, row: tuple[Any, ...], stream: UUID, plain: bytes, body: Event) -> None:
        """Take a row of the log, its stream's id and what was sealed in it."""
        (
            self.position,
            self.raw_stream,
            self.version,
            self.type,
            self.state,
            self.raw_event_id,
            self.raw_key_id,
            self.raw_recorded_at,
            self.header,
        ) = row
        self.stream = stream
        self.plain = plain
        self.body = body
        self.correction = None
        self._recorded: Item | None = None
        self._facts: bytes | None = None
        self.packed_head: bytes | None = None
        self.packed_whole: bytes | None = None

    def with_body(self, body: Event) -> Self:
        """Give the same entry with a corrected body."""
        corrected = copy(self)
        corrected.body = body
        corrected._recorded = self.original  # noqa: SLF001 - its own class
        corrected._facts = None  # noqa: SLF001 - its own class
        corrected.packed_head = corrected.packed_whole = None
        return corrected

    @property
    def original(self) -> Item:
        """The same entry as it was recorded; named only in a copy, as it would keep itself."""
        return self._recorded or self

    @property
    def event_id(self) -> UUID:
        """Its own id."""
        return UUID(bytes=self.raw_event_id)

    @property
    def recorded_at(self) -> datetime:
        """When the log took it in."""
        return _EPOCH + timedelta(microseconds=_MICROSECONDS(self.raw_recorded_at)[0])

    @property
    def facts(self) -> bytes:
        """The facts of its body as JSON, as it reads by now."""
        if self._facts is None:
            if self.correction is None:
                whole = orjson.loads(self.plain)
            else:
                whole = orjson.loads(self.correction.plain)["body"]
            for name in _HIDDEN[self.type]:
                whole.pop(name, None)
            self._facts = orjson.dumps(whole)
        return self._facts

    @property
    def who(self) -> bytes:
        """Give of the header who recorded it, in which role, on whose behalf, from where.

        Being canonical JSON it is sorted by name: what differs for every entry is cut out, and
        the same is left for all that somebody records.
        """
        header = self.header
        actor = header.index(b',"causation":')
        start = header.index(b',"on_behalf_of":', actor)
        return header[:actor] + header[start : header.rindex(b',"salt":')]

    @property
    def addressed(self) -> tuple[UUID, ...]:
        """Name the people that it is meant for or about, and who took part in it."""
        return policy.addressed(self.body.__dict__) if self.type in ADDRESSED else ()

    @property
    def corrects(self) -> UUID | None:
        """Name the entry that this one corrects, or takes back."""
        return self.body.target if isinstance(self.body, Rewriting) else None

    @property
    def undone(self) -> bool:
        """Say whether it was taken back: it counts nowhere."""
        return undone(self.type, self.body)


CORRECTIONS = frozenset(event.TYPE for event in get_args(Rewriting))
"""The TYPEs that change how an earlier entry reads."""
REFOLDING = CORRECTIONS | {EntryShielded.TYPE, EntryUnshielded.TYPE}
"""Those, and the TYPEs that change whether one counts: what was made is made anew."""
