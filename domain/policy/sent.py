"""What was sent to one reader by the client: of that more is seen than the matrix opens (0.1)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any
from uuid import UUID

from domain.events.base import Grant, GrantKind
from domain.events.permissions import EntrySent
from domain.roles import Role

SENDING = EntrySent.TYPE
"""The entry that says what was sent: for who reads by it, as long as it stands."""
_PARTS = 3


def sent_to(person: UUID, role: Role, live: Iterable[Grant]) -> frozenset[UUID]:
    """Name the entries that were sent to somebody in this role, and by which sendings."""
    return frozenset(each for sent in _sent(person, role, live) for each in sent)


def sendings(person: UUID, role: Role, live: Iterable[Grant]) -> frozenset[UUID]:
    """Name the sendings by which somebody in this role sees more than without."""
    return frozenset(sent[0] for sent in _sent(person, role, live))


def is_sent(sent: Collection[UUID], entry: UUID, kind: str, body: Mapping[str, Any]) -> bool:
    """Say whether an entry was sent, or tells of a sending that stands; `body` stored or not."""
    if not sent:
        return False
    return entry in sent or (kind == SENDING and UUID(str(body["sending"])) in sent)


def _sent(person: UUID, role: Role, live: Iterable[Grant]) -> Iterator[tuple[UUID, ...]]:
    for grant in live:
        mine = grant.holder == person and grant.role == role.value
        if grant.kind is GrantKind.SENT and mine and (ids := _ids(grant.key)):
            yield ids


def _ids(key: str) -> tuple[UUID, ...]:
    """Give sending and entry of a key; none when it tells none: then nothing follows."""
    parts = key.split("/")
    try:
        return tuple(map(UUID, parts[1:])) if len(parts) == _PARTS else ()
    except ValueError:
        return ()
