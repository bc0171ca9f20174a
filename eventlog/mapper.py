"""Seals events into entries and opens them again; takes the place of the library's mapper."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from datetime import UTC
from hashlib import sha256
from typing import Any, get_args
from uuid import UUID

import orjson
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCMSIV
from eventsourcing.persistence import Mapper, StoredEvent

from domain.corrections import Correction, resolve
from domain.events import BY_TYPE
from domain.events.base import Event
from eventlog.entry import Draft, Entry, StoredEntry
from eventlog.keys import NONCE_BYTES, KeyRing
from eventlog.problems import Unreadable

__all__ = ["EntryMapper", "Unreadable", "canonical", "decode", "subjects", "unseal"]

_ID_BYTES, SALT_BYTES = 16, 16
_FRESH = _ID_BYTES + NONCE_BYTES + SALT_BYTES
"""Random bytes of an entry, asked for at once: each call costs as much as these."""
_CORRECTIONS = get_args(Correction)


class EntryMapper(Mapper[UUID]):
    """Knows types by our own registry (never by module path) and keys by subject."""

    def __init__(self, keys: KeyRing) -> None:
        """Seal and open with these keys. The library's transcoder and cipher stay unused."""
        self.keys = keys

    def to_stored_event(self, domain_event: Any) -> StoredEntry:
        """Seal a draft."""
        draft: Draft = domain_event
        event, stream, actor, why = draft.event, draft.stream, draft.actor, draft.why
        kind = type(event)
        key_id, cipher = self.keys.sealing(*sealed_for(stream, event))
        fresh = os.urandom(_FRESH)
        event_id = UUID(bytes=fresh[:_ID_BYTES], version=4)
        nonce, salt = fresh[_ID_BYTES:-SALT_BYTES], fresh[-SALT_BYTES:]
        body = event.__pydantic_serializer__.to_json(event, exclude_none=True)
        bound_to = event_id.bytes + stream.bytes + key_id.bytes
        state = nonce + cipher.encrypt(nonce, body, bound_to)
        header = canonical(
            {
                "actor": actor.person,
                "causation": why.causation,
                "correlation": why.correlation,
                "on_behalf_of": actor.on_behalf_of,
                "organisation": actor.organisation,
                "origin": why.origin,
                "role": actor.role,
                "salt": salt.hex(),
                "stream": stream,
                "type": kind.TYPE,
                "version": draft.version,
            }
        )
        recorded_at = draft.recorded_at.astimezone(UTC)  # worded alike whatever the clock's zone
        return StoredEntry(
            originator_id=stream,
            originator_version=draft.version,
            topic=kind.TYPE,
            state=state,
            event_id=event_id,
            key_id=key_id,
            bound_to=bound_to,
            recorded_at=recorded_at,
            header=header,
            envelope=canonical(
                {
                    "event": event_id,
                    "header": sha256(header).hexdigest(),
                    "payload": sha256(state).hexdigest(),
                    # orjson words a time as isoformat() does: at .000000 that has to be asked for
                    "recorded_at": recorded_at
                    if recorded_at.microsecond
                    else recorded_at.isoformat(timespec="microseconds"),
                }
            ),
        )

    def to_domain_event(self, stored_event: StoredEvent) -> Any:
        """Open a stored entry; raises Unreadable."""
        assert isinstance(stored_event, StoredEntry)  # noqa: S101 - our recorder gives no other
        return self.entries([stored_event])[0]

    def open(
        self, kind: str, state: bytes, event_id: bytes, stream: bytes, key_id: UUID
    ) -> bytes | None:
        """Decrypt a body to its JSON; None when its key was destroyed; raises Unreadable."""
        cipher = self.keys.opening(key_id)
        if cipher is None:
            return None
        return unseal(cipher, kind, state, event_id + stream + key_id.bytes)

    def entries(self, stored: Sequence[StoredEntry]) -> list[Entry]:
        """Open many, with corrections resolved: the body of a corrected entry is the last one."""
        # One kind of work at a time: each has its code in the processor's cache to itself.
        bound = [each.bound_to for each in stored]
        ciphers = self._ciphers({each[-_ID_BYTES:] for each in bound})
        kinds = [each.topic for each in stored]
        plains = [
            None
            if (cipher := ciphers[ids[-_ID_BYTES:]]) is None
            else unseal(cipher, kind, each.state, ids)
            for each, kind, ids in zip(stored, kinds, bound, strict=True)
        ]
        bodies = [
            None if plain is None else decode(kind, plain)
            for kind, plain in zip(kinds, plains, strict=True)
        ]
        try:
            return resolve(list(map(Entry, stored, bodies)))
        except ValueError:  # without its cause, which quotes what was written
            msg = "A correction does not fit what it corrects."
            raise Unreadable(msg) from None

    def _ciphers(self, raw: Iterable[bytes]) -> dict[bytes, AESGCMSIV | None]:
        """Look each key up once; None for one that was destroyed."""
        keys = {each: UUID(bytes=each) for each in raw}
        self.keys.load(keys.values())
        return {each: self.keys.opening(key_id) for each, key_id in keys.items()}


def unseal(cipher: AESGCMSIV, kind: str, state: bytes, bound_to: bytes) -> bytes:
    """Decrypt a body sealed for event id, stream and key id; raises Unreadable."""
    try:
        return cipher.decrypt(state[:NONCE_BYTES], state[NONCE_BYTES:], bound_to)
    except (InvalidTag, ValueError) as error:  # ValueError: too short to be one
        msg = f"An entry of type {kind} was altered, or moved from where it was sealed."
        raise Unreadable(msg) from error


def decode(kind: str, body: bytes) -> Event:
    """Read a body by its TYPE: shape only, never today's rules; raises Unreadable."""
    try:
        return BY_TYPE[kind].__pydantic_validator__.validate_json(body)  # type: ignore[no-any-return]
    except (KeyError, ValueError):  # without its cause, which quotes what was written
        msg = f"An entry of type {kind} cannot be read."
        raise Unreadable(msg) from None


def canonical(value: dict[str, Any]) -> bytes:
    """Write JSON as RFC 8785 does, for ASCII keys and values of text, whole numbers and null.

    Ids, times and choices are written as their text.
    """
    return orjson.dumps(value, option=orjson.OPT_SORT_KEYS)


def subjects(events: Iterable[tuple[UUID, Event]]) -> list[tuple[UUID, str]]:
    """Name whose keys these events of these streams need."""
    return [sealed_for(stream, event) for stream, event in events]


def sealed_for(stream: UUID, event: Event) -> tuple[UUID, str]:
    """Say whose key seals an event, and for how long: a correction goes as what it corrects."""
    if isinstance(event, _CORRECTIONS):
        target = BY_TYPE[event.target_type]
        subject = None if target.SUBJECT is None else event.body.get(target.SUBJECT)
        return (stream if subject is None else UUID(str(subject))), target.RETENTION
    subject = None if event.SUBJECT is None else getattr(event, event.SUBJECT)
    return (stream if subject is None else subject), event.RETENTION
