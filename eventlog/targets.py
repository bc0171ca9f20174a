"""Finds the entry that a command points at, when it exists for who asks."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from uuid import UUID

from domain import policy
from domain.corrections import begins, names
from domain.events.base import Event
from domain.roles import Role
from domain.rules.base import Since, Target
from eventlog.access import looked
from eventlog.entry import Entry
from eventlog.log import Log
from eventlog.request import Request
from eventlog.ties import sees

_ROLES = {each.value: each for each in Role}


def target(
    log: Log, request: Request, tie: policy.Relation | None, now: Callable[[], datetime]
) -> Target | None:
    """Give what the command points at; None when it points at nothing, or at nothing there.

    To who asks by a tie an entry that they do not see is one that is not there.
    """
    wanted = request.command.target()
    if wanted is None:
        return None
    entries = log.entries(request.stream)
    found = next((each for each in entries if each.event_id == wanted), None)
    if found is None or found.body is None:
        return None
    if tie is not None and not sees(tie, found, found.body):
        return None
    begun = begins(found.body, _before(found, entries))
    return Target(
        found.event_id,
        found.body,
        found.header.actor,
        _ROLES[found.header.role],
        begun,
        _since(log, found, begun, entries, now) if request.command.ASKS_SINCE else None,
    )


def _since(
    log: Log,
    entry: Entry,
    begun: Sequence[UUID],
    entries: Sequence[Entry],
    now: Callable[[], datetime],
) -> Since:
    """Look up what happened since; the append then confirms that nobody wrote more."""
    ids = {entry.event_id, *begun}
    later = (each.body for each in entries if each.version > entry.version)
    return Since(
        now() - entry.recorded_at,
        looked(log.entries_recorder.rows, entry.stream, entry.recorded_at, but=entry.header.actor),
        any(body is not None and names(body, ids) for body in later),
    )


def _before(entry: Entry, entries: Sequence[Entry]) -> list[Event]:
    return [each.body for each in entries if each.version < entry.version and each.body is not None]
