"""How the read models are: how far, how far behind, what is parked, what went wrong last."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import LiteralString
from uuid import UUID

from eventlog.connection import connect
from projections.database import Database, NotMade
from projections.models import NAMES
from projections.sections import sections

_COUNTED = 100_000


@dataclass(frozen=True, slots=True)
class Parked:
    """A stream that a read model could not take in further."""

    stream: UUID
    position: int
    reason: str
    parked_at: datetime


@dataclass(frozen=True, slots=True)
class Status:
    """How one read model is."""

    name: str
    made: bool
    """Whether its schema is there: the projector makes it."""
    position: int = 0
    behind: int = 0
    """Entries still to take in; counting ends at 100,000."""
    behind_seconds: float = 0.0
    """How long ago the first of them was recorded."""
    parked: tuple[Parked, ...] = ()
    error: str | None = None
    error_at: datetime | None = None


def status(database: Database) -> list[Status]:
    """Say how every read model is; the service role may ask."""
    return [_one(database, name) for name in NAMES]


def unpark(dsn: str, name: str, stream: UUID | None = None) -> int:
    """Ask, as the projector's role, to fold a parked stream anew, or all; give how many.

    The projector that works does it within a second; without one, the next that starts.
    """
    if name not in NAMES:
        raise KeyError(name)
    with connect(dsn) as connection:
        asked = connection.execute(_named("unpark", name), {"stream": stream}).rowcount
        connection.execute("NOTIFY samenspoor_log")
    return asked


def _one(database: Database, name: str) -> Status:
    try:
        rows = database.rows(_named("status", name), {"counted": _COUNTED})
        parked = database.rows(_named("parked", name), {})
    except NotMade:
        return Status(name, made=False)
    position, behind, seconds, error, error_at = rows[0]
    return Status(
        name,
        made=True,
        position=position,
        behind=behind,
        behind_seconds=float(seconds or 0),
        parked=tuple(Parked(*row) for row in parked),
        error=error,
        error_at=error_at,
    )


def _named(section: str, name: str) -> LiteralString:
    # The name is one of ours, checked against the list of read models.
    assert name in NAMES  # noqa: S101 - see above
    return sections("asking")[section].replace("{schema}", name)
