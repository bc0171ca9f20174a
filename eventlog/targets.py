"""Finds what a command points at, as far as it exists for who asks."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import chain
from typing import Any
from uuid import UUID, uuid4

from domain import policy
from domain.corrections import begins, names
from domain.events.base import Event
from domain.roles import ROLE_OF
from domain.rules.base import NO_SUCH_ENTRY, Refused, Since, Target
from eventlog.access import looked
from eventlog.entry import Entry
from eventlog.log import Log
from eventlog.request import Request
from eventlog.ties import sees, wrote


def unknowing(log: Log, request: Request, tie: policy.Relation | None) -> Request:
    """Put an id of nothing in place of each that does not exist for who asks.

    A rule decides on the whole file. So it answers alike for what is hidden and what never was.
    """
    if tie is None or not tie.hidden:
        return request
    asked = request.command.model_dump(exclude_unset=True)
    hidden = tie.hidden.intersection(_ids(asked))
    if not hidden:
        return request
    own = set(_recorded(log.entries(request.stream), tie))
    nothing = {each: uuid4() for each in hidden - own}
    command = type(request.command).model_validate(_instead(asked, nothing))
    return replace(request, command=command)


def check_rests_on(log: Log, request: Request, tie: policy.Relation | None) -> None:
    """Refuse entries that are not there for who asks: what a choice rests on, others read too."""
    asked = request.command.rests_on()
    if not any(asked.values()):
        return
    there = {
        each.event_id
        for each in log.entries(request.stream)
        if tie is None or (each.body is not None and sees(tie, each, each.body))
    }
    for field, named in asked.items():
        if not there.issuperset(named):
            raise Refused(*NO_SUCH_ENTRY, field)


def _ids(value: object) -> Iterator[UUID]:
    if isinstance(value, UUID):
        yield value
    elif isinstance(value, dict):
        yield from chain.from_iterable(map(_ids, value.values()))
    elif isinstance(value, list | tuple):
        yield from chain.from_iterable(map(_ids, value))


def _instead(value: Any, others: Mapping[UUID, UUID]) -> Any:
    if isinstance(value, UUID):
        return others.get(value, value)
    if isinstance(value, dict):
        return {name: _instead(each, others) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [_instead(each, others) for each in value]
    return value


def _recorded(entries: Sequence[Entry], tie: policy.Relation) -> Iterator[UUID]:
    """Name what somebody recorded: the entries, and what those began."""
    for each in entries:
        if wrote(tie, each.header):
            yield each.event_id
            if each.body is not None:
                yield from begins(each.body, _before(each, entries))


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
        ROLE_OF[found.header.role],
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
