"""One event as it stands in the log: what is stored, and what it says once opened."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any, NamedTuple, Self
from uuid import UUID

import orjson
from eventsourcing.persistence import Notification, StoredEvent

from domain.events.base import Event
from domain.roles import Role


@dataclass(frozen=True, slots=True)
class Actor:
    """Who records or reads: a person in a role, for an organisation or on somebody's behalf."""

    person: UUID
    role: Role
    organisation: UUID | None = None
    on_behalf_of: UUID | None = None


class Why(NamedTuple):
    """Where an entry came from: the request, what caused it, and an import's name."""

    correlation: UUID
    causation: UUID | None = None
    origin: str = ""
    """'' for what people entered here; 'import:<source>' for what came from a workbook."""


class Header(NamedTuple):
    """Who recorded an entry and why; readable without any key, cut off at erasure."""

    actor: UUID
    role: str
    organisation: UUID | None
    on_behalf_of: UUID | None
    correlation: UUID | None
    causation: UUID | None
    origin: str


@dataclass(frozen=True, kw_only=True)
class StoredEntry(StoredEvent):
    """The library's stored event with our columns beside it; `state` is nonce and ciphertext."""

    event_id: UUID
    key_id: UUID
    recorded_at: datetime
    header: bytes
    envelope: bytes

    def __init__(self, **fields: Any) -> None:
        """Take every field by its name; at once, as one by one costs thrice as much.

        Who made `bound_to` already gives it along.
        """
        self.__dict__.update(fields)

    @cached_property
    def bound_to(self) -> bytes:
        """What its body is sealed for: the ids of event, stream and key."""
        return self.event_id.bytes + self.originator_id.bytes + self.key_id.bytes  # type: ignore[union-attr]  # uuid throughout


Record = tuple[int, bytes, int, str, bytes, bytes, bytes, datetime, bytes, bytes]
"""A row of the log: see COLUMNS. Ids are the bytes that the database sends."""


class StoredNotification(Notification, StoredEntry):
    """An entry read back, with its position in the log (`id`).

    A row is kept as it came: filling ten fields and making three ids of it would cost as much as
    decrypting, and who folds a stream asks for few of them.
    """

    record: Record

    def __init__(self, record: Record) -> None:
        """Take a row of the log."""
        object.__setattr__(self, "record", record)  # the library's classes are frozen

    @property
    def id(self) -> int:
        """Its place in the log."""
        return self.record[0]

    @property
    def originator_id(self) -> UUID:
        """The stream it belongs to."""
        return UUID(bytes=self.record[1])

    @property
    def originator_version(self) -> int:
        """Its place in the stream."""
        return self.record[2]

    @property
    def topic(self) -> str:
        """The TYPE of its event."""
        return self.record[3]

    @property
    def state(self) -> bytes:
        """Nonce and ciphertext."""
        return self.record[4]

    @property
    def event_id(self) -> UUID:
        """Its own id."""
        return UUID(bytes=self.record[5])

    @property
    def key_id(self) -> UUID:
        """The key that its body is sealed with."""
        return UUID(bytes=self.record[6])

    @property
    def recorded_at(self) -> datetime:
        """When the log took it in."""
        return self.record[7]

    @property
    def header(self) -> bytes:
        """Who recorded it and why, as canonical JSON."""
        return self.record[8]

    @property
    def envelope(self) -> bytes:
        """What vouches for header and body, as canonical JSON."""
        return self.record[9]

    @property
    def bound_to(self) -> bytes:
        """What its body is sealed for: the ids of event, stream and key."""
        record = self.record
        return record[5] + record[1] + record[6]


@dataclass
class Entry:
    """A stored entry with its event opened; `body` is None once its key was destroyed.

    Never changed, but not frozen: that would make making one thrice as dear.
    """

    stored: StoredEntry
    body: Event | None

    @property
    def event_id(self) -> UUID:
        """Its own id."""
        return self.stored.event_id

    @property
    def stream(self) -> UUID:
        """The stream it belongs to."""
        return self.stored.originator_id  # type: ignore[return-value]  # uuid throughout

    @property
    def version(self) -> int:
        """Its place in the stream, from 1."""
        return self.stored.originator_version

    @property
    def type(self) -> str:
        """The TYPE of its event."""
        return self.stored.topic

    @property
    def position(self) -> int:
        """Its place in the log; only for entries read back."""
        return self.stored.id  # type: ignore[attr-defined,no-any-return]

    @property
    def recorded_at(self) -> datetime:
        """When the log took it in."""
        return self.stored.recorded_at

    @cached_property
    def header(self) -> Header:
        """Who recorded it, in which role, and why."""
        raw: dict[str, Any] = orjson.loads(self.stored.header)
        return Header(
            UUID(raw["actor"]),
            raw["role"],
            _uuid(raw["organisation"]),
            _uuid(raw["on_behalf_of"]),
            _uuid(raw["correlation"]),
            _uuid(raw["causation"]),
            raw["origin"],
        )

    def with_body(self, body: Event) -> Self:
        """Give the same entry with a corrected body."""
        return dataclasses.replace(self, body=body)


class Draft(NamedTuple):
    """An event about to be recorded as the next of its stream."""

    stream: UUID
    version: int
    event: Event
    actor: Actor
    why: Why
    recorded_at: datetime


Rests = tuple[UUID, int]
"""A stream that a decision rests on beside its own, and the version which that had."""


@dataclass(slots=True)
class Unit:
    """What is stored whole or not at all: the entries of one command (or of one stream's import).

    `base` is the version of the stream that it was decided on. `keys` holds, by index of the
    entry, the idempotency key, the digest of what was asked and the number of entries it gave.
    `rests` is the stream of who asks, whose roles it was decided on; none for an import.
    """

    stream: UUID
    base: int
    entries: list[StoredEntry]
    keys: dict[int, tuple[bytes, bytes, int]] = field(default_factory=dict)
    grants: list[Any] = field(default_factory=list)
    rests: Rests | None = None


def _uuid(text: str | None) -> UUID | None:
    return None if text is None else UUID(text)
