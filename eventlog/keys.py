"""Data keys per subject and retention class, wrapped by a master key the database never sees."""

from __future__ import annotations

import base64
import os
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from secrets import token_bytes, token_hex
from threading import Lock
from typing import Any, Protocol
from uuid import UUID, uuid4

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCMSIV
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.hmac import HMAC
from cryptography.hazmat.primitives.kdf.hkdf import HKDFExpand

from eventlog.embedded.files import sync
from eventlog.problems import KeyProblem

__all__ = ["KeyProblem", "KeyRing", "KeyStore", "MasterKey", "WrappedKey"]

KEY_BYTES = 32
NONCE_BYTES = 12
CACHED = 100_000
"""Opened keys held in memory; the oldest go first."""


class MasterKey:
    """Wraps data keys, and derives the keys of fingerprints and tokens."""

    def __init__(self, secret: bytes) -> None:
        """Take 32 secret bytes; raises KeyProblem for any other number."""
        if len(secret) != KEY_BYTES:
            msg = f"The master key must be {KEY_BYTES} bytes."
            raise KeyProblem(msg)
        self._secret = secret
        self._wrap = AESGCMSIV(self.derive("wrap"))

    @classmethod
    def from_text(cls, text: str) -> MasterKey:
        """Read the key as base64 of 32 bytes; raises KeyProblem."""
        try:
            return cls(base64.b64decode(text.strip(), validate=True))
        except ValueError:  # without its cause, which may quote the key
            msg = "The master key must be base64 of 32 bytes."
            raise KeyProblem(msg) from None

    def text(self) -> str:
        """Word the key as `from_text` reads it, for a process of our own and nothing that stays."""
        return base64.b64encode(self._secret).decode("ascii")

    @classmethod
    def from_file(cls, path: Path, *, create: bool = False) -> MasterKey:
        """Read the key from a file; with `create`, make one that only its owner can read.

        Raises KeyProblem.
        """
        try:
            if create and not path.exists():
                _make(path)
            return cls.from_text(path.read_text(encoding="ascii"))
        except (OSError, UnicodeDecodeError) as error:
            msg = "The master key file cannot be read."
            raise KeyProblem(msg) from error

    def derive(self, purpose: str) -> bytes:
        """Give a key of 32 bytes for one purpose."""
        return HKDFExpand(SHA256(), KEY_BYTES, b"samenspoor/" + purpose.encode()).derive(
            self._secret
        )

    def fingerprint(self, purpose: str) -> Callable[[bytes], bytes]:
        """Give a keyed fingerprint (HMAC-SHA256): a plain hash of guessable text reveals it."""
        keyed = HMAC(self.derive(purpose), SHA256())

        def fingerprint(data: bytes) -> bytes:
            copied = keyed.copy()  # keyed once: a third of the cost
            copied.update(data)
            return copied.finalize()

        return fingerprint

    def wrap(self, key: bytes, bound_to: bytes) -> bytes:
        """Encrypt a data key, bound to its id, subject and retention."""
        nonce = token_bytes(NONCE_BYTES)
        return nonce + self._wrap.encrypt(nonce, key, bound_to)

    def unwrap(self, wrapped: bytes, bound_to: bytes) -> bytes:
        """Decrypt a data key; raises KeyProblem when this is not the master key that wrapped it."""
        try:
            return self._wrap.decrypt(wrapped[:NONCE_BYTES], wrapped[NONCE_BYTES:], bound_to)
        except InvalidTag as error:
            msg = "A data key does not open with this master key."
            raise KeyProblem(msg) from error

    def opens(self, key_id: UUID, subject: UUID, retention: str, wrapped: bytes) -> bool:
        """Say whether this is the master key that wrapped a data key."""
        try:
            self.unwrap(wrapped, _bound(key_id, subject, retention))
        except KeyProblem:
            return False
        return True


class WrappedKey(tuple[UUID, UUID, str, bytes]):
    """(key id, subject, retention, wrapped key) as the database keeps it."""

    __slots__ = ()


class KeyStore(Protocol):
    """Where wrapped keys are kept."""

    def ensure(self, offered: Sequence[WrappedKey]) -> Sequence[WrappedKey]:
        """Keep each offered key unless its subject and retention have one; give the kept ones."""

    def load(self, key_ids: Sequence[UUID]) -> Sequence[WrappedKey]:
        """Give those of these keys that exist."""


class KeyRing:
    """Opened data keys: for sealing by subject and retention, for opening by key id."""

    def __init__(self, master: MasterKey, store: KeyStore) -> None:
        """Start empty; keys are opened when they are first needed.

        A key found destroyed stays so for this ring: one brought back asks for a new start.
        """
        self._master = master
        self._store = store
        self._gone: set[UUID] = set()
        self._opened: dict[UUID, AESGCMSIV] = {}
        self._current: dict[tuple[int, str], tuple[UUID, AESGCMSIV]] = {}
        self._lock = Lock()

    def sealing(self, subject: UUID, retention: str) -> tuple[UUID, AESGCMSIV]:
        """Give the key that this subject's entries are sealed with; makes it at first use."""
        found = self._current.get((subject.int, retention))
        if found is None:
            self.prepare([(subject, retention)])
            found = self._current[subject.int, retention]
        return found

    def prepare(self, wanted: Iterable[tuple[UUID, str]]) -> None:
        """Make or open the keys of many subjects in one round trip."""
        missing = [
            (subject, retention)
            for subject, retention in dict.fromkeys(wanted)
            if (subject.int, retention) not in self._current
        ]
        if missing:
            self._keep(self._store.ensure([self._offer(*each) for each in missing]), current=True)

    def opening(self, key_id: UUID) -> AESGCMSIV | None:
        """Give the key with this id, or None when it was destroyed."""
        found = self._opened.get(key_id)
        if found is None and key_id not in self._gone:
            kept = self._store.load([key_id])
            self._keep(kept, current=False)
            found = self._opened.get(key_id)
            if not kept:
                self._gone.add(key_id)
        return found

    def load(self, key_ids: Iterable[UUID]) -> None:
        """Open many keys in one round trip."""
        missing = [k for k in set(key_ids) if k not in self._opened and k not in self._gone]
        if missing:
            kept = self._store.load(missing)
            self._keep(kept, current=False)
            self._gone.update(set(missing) - {key_id for key_id, *_ in kept})

    def _offer(self, subject: UUID, retention: str) -> WrappedKey:
        key_id = uuid4()
        bound_to = _bound(key_id, subject, retention)
        wrapped = self._master.wrap(token_bytes(KEY_BYTES), bound_to)
        return WrappedKey((key_id, subject, retention, wrapped))

    def _keep(self, kept: Iterable[WrappedKey], *, current: bool) -> None:
        with self._lock:
            for key_id, subject, retention, wrapped in kept:
                key = self._master.unwrap(wrapped, _bound(key_id, subject, retention))
                cipher = self._opened[key_id] = AESGCMSIV(key)
                if current:
                    self._current[subject.int, retention] = key_id, cipher
            _forget(self._opened)
            _forget(self._current)


def _make(path: Path) -> None:
    """Write a new key, whole and durably: without it nothing written later can be read."""
    fresh = path.with_name(f"{path.name}.{token_hex(8)}")
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(base64.b64encode(token_bytes(KEY_BYTES)) + b"\n")
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(fresh, path)
    except FileExistsError:
        pass  # another was first, and that one counts
    finally:
        fresh.unlink()
    sync(path.parent)


def _forget(oldest: dict[Any, Any]) -> None:
    while len(oldest) > CACHED:
        del oldest[next(iter(oldest))]


def _bound(key_id: UUID, subject: UUID, retention: str) -> bytes:
    return key_id.bytes + subject.bytes + retention.encode()
