"""What is asked of the log, and what comes of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import NamedTuple
from uuid import UUID, uuid4

from domain.rules.base import Command
from eventlog.entry import Actor


class NotFound(Exception):
    """There is no such stream, or none for this person: both answer alike."""


class NotAllowed(Exception):
    """The person sees the trajectory but may not record such a thing."""


class Busy(Exception):
    """The same stream or key is still being written, or others kept writing: try again."""


class KeyReused(Exception):
    """The idempotency key was used for another request."""


class Changed(Exception):
    """Somebody else wrote since the version that was named (If-Match)."""


@dataclass(slots=True)
class Request:
    """A command, for a stream, by somebody.

    Never changed, but not frozen: that would make making one thrice as dear.
    """

    actor: Actor
    stream: UUID
    command: Command
    key: str | None = None
    """Idempotency key, 1 to 255 characters: of this person alone."""
    if_match: Callable[[int], bool] | None = None
    """Says whether the stream's version is still the one that the person saw."""
    origin: str = ""
    correlation: UUID = field(default_factory=uuid4)
    operator: bool = False
    """An import or the demo, from the command line of who holds the database's password: no tie
    is asked, because the original authors record through it. Never set for a request over HTTP."""


class Answer(NamedTuple):
    """What a command led to."""

    stream: UUID
    version: int
    """The version of the stream after it."""
    entries: tuple[UUID, ...] = ()
    position: int = 0
    """Of the last entry; 0 when nothing changed."""
    replayed: bool = False
