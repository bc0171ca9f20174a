"""Keyed tokens: what we hand out comes back unchanged, or counts for nothing."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping
from functools import lru_cache
from hmac import compare_digest
from types import MappingProxyType
from typing import Any
from uuid import UUID

import orjson
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCMSIV

from eventlog.keys import MasterKey

KNOWN = 1024
"""Tokens of which it is remembered what they say: whoever comes back shows the same one."""
LONGEST = 2048
"""Characters of a token that are looked at; ours are far shorter."""
# One nonce for all: equal values give equal tokens, so that a repeated request gets an equal
# answer. AES-GCM-SIV stays safe with it and shows no more than that equality.
_NONCE = bytes(12)
_ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
_PSEUDONYM = 5


class Tokens:
    """Signs, seals and fingerprints with keys derived from the master key."""

    def __init__(self, master: MasterKey) -> None:
        """Derive a key for each purpose."""
        self._sign = master.fingerprint("token")
        self._tag = master.fingerprint("etag")
        self._session = master.fingerprint("session")
        self._pseudonym = master.fingerprint("pseudonym")
        self._number = master.fingerprint("number")
        self._seal = AESGCMSIV(master.derive("cursor"))
        self._known = lru_cache(KNOWN)(self._claims)

    def signed(self, claims: Mapping[str, Any]) -> str:
        """Give a token that its holder may read and cannot change."""
        body = orjson.dumps(claims)
        return f"{_encode(body)}.{_encode(self._sign(body))}"

    def claims(self, token: str) -> Mapping[str, Any] | None:
        """Read a signed token; None when we did not make it."""
        return self._known(token) if len(token) <= LONGEST else None

    def _claims(self, token: str) -> Mapping[str, Any] | None:
        first, _, second = token.partition(".")
        body, signature = _decode(first), _decode(second)
        if not body or not compare_digest(self._sign(body), signature):
            return None
        return MappingProxyType(orjson.loads(body))

    def sealed(self, purpose: str, reader: UUID, value: Any) -> str:
        """Hide a value in a token that works for this purpose and reader only."""
        hidden = self._seal.encrypt(_NONCE, orjson.dumps(value), purpose.encode() + reader.bytes)
        return _encode(hidden)

    def opened(self, purpose: str, reader: UUID, token: str) -> Any:
        """Give the value in a sealed token; None when it is not one, or not for this reader."""
        if len(token) > LONGEST:
            return None
        try:
            value = self._seal.decrypt(_NONCE, _decode(token), purpose.encode() + reader.bytes)
        except (InvalidTag, ValueError):
            return None
        return orjson.loads(value)

    def tag(self, *parts: bytes) -> str:
        """Give the ETag of an answer: a fingerprint of all that it depends on."""
        return f'"{_encode(self._tag(b"".join(len(p).to_bytes(8) + p for p in parts))[:18])}"'

    def number(self, file: UUID) -> int:
        """Fingerprint a file by what fits a short number, which tells nothing of its id."""
        return int.from_bytes(self._number(file.bytes)[:8])

    def session(self, token: str) -> str:
        """Fingerprint what somebody is signed in with: it can be told apart, and not used."""
        return _encode(self._session(token.encode()))

    def pseudonym(self, reader: UUID, person: UUID) -> str:
        """Name somebody for one auditor: the same person always alike, never across auditors."""
        mark = int.from_bytes(self._pseudonym(reader.bytes + person.bytes)[:8])
        letters = (_ALPHABET[(mark >> (5 * at)) % 32] for at in range(_PSEUDONYM))
        return "".join(letters)


def _encode(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode("ascii")


def _decode(text: str) -> bytes:
    """Decode strictly: each value has one spelling, so that nothing is accepted twice."""
    try:
        data = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        return b""
    return data if _encode(data) == text else b""
