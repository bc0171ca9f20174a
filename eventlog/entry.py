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


@dataclass(frozen=True, kw_only=True)
class StoredNotification(Notification, StoredEntry):
    """A stored entry with its position in the log (`id`)."""


@dataclass(frozen=True)
class Entry:
    """A stored entry with its event opened; `body` is None once its key was destroyed."""

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


@dataclass(frozen=True, slots=True)
class Draft:
    """An event about to be recorded as the next of its stream."""

    stream: UUID
    version: int
    event: Event
    actor: Actor
    why: Why
    recorded_at: datetime


@dataclass(slots=True)
class Unit:
    """What is stored whole or not at all: the entries of one command (or of one stream's import).

    `base` is the version of the stream that it was decided on. `keys` holds, by index of the
    entry, the idempotency key, the digest of what was asked and the number of entries it gave.
    """

    stream: UUID
    base: int
    entries: list[StoredEntry]
    keys: dict[int, tuple[bytes, bytes, int]] = field(default_factory=dict)
    grants: list[Any] = field(default_factory=list)


def _uuid(text: str | None) -> UUID | None:
    return None if text is None else UUID(text)
