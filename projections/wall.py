"""Who asks: told to the database with each query, which by itself gives no more than it may.

It goes with the request, as the way into it says: a query that nobody asked for sees nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime
from typing import LiteralString, NamedTuple
from uuid import UUID

import orjson

ASKING: LiteralString = "SELECT set_config('samenspoor.asks', %s, true)"
"""Until the end of the transaction: the next query over this connection is somebody else's."""


class Asker(NamedTuple):
    """Somebody who reads, in a role, for an organisation, at a moment on a day."""

    person: UUID
    role: str
    organisation: UUID | None
    now: datetime
    day: date


_ASKER: ContextVar[Asker | None] = ContextVar("asker", default=None)


@contextmanager
def asked_by(asker: Asker | None) -> Iterator[None]:
    """Say in whose name queries are asked here, and in the threads that work for it."""
    before = _ASKER.set(asker)
    try:
        yield
    finally:
        _ASKER.reset(before)


def asks(files: Sequence[UUID] | None) -> str | None:
    """Word who asks as the wall reads it, for these files or all that they are tied to."""
    asker = _ASKER.get()
    if asker is None:
        return None
    return orjson.dumps({**asker._asdict(), "files": files}).decode()
