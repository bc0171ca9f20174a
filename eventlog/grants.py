"""Which rights an entry begins or ends; the rows of log.grants are the fold of these."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from uuid import UUID

from domain.corrections import Correction
from domain.events import BY_TYPE
from domain.events.base import Event, Grant, GrantEnd
from eventlog.entry import Entry

Right = Grant | GrantEnd


def rights(event: Event, stream: UUID, history: Callable[[], Sequence[Entry]]) -> Sequence[Right]:
    """Give the rights that change with an event about to be appended to a stream.

    A correction (of the day on which work ended, say) gives those of the better body anew, unless
    a later entry of `history()` has decided on them since.
    """
    if not isinstance(event, Correction):
        return event.grants(stream)
    better = BY_TYPE[event.target_type].model_validate(event.body).grants(stream)
    if not better:
        return []
    last = {right.key: e.event_id for e in history() for right in _of(e)}
    return [right for right in better if last.get(right.key) == event.target]


def refold(entries: Iterable[Entry]) -> dict[tuple[UUID, str], Grant]:
    """Fold entries, corrections resolved, in the order of the log into the rows they should give.

    For comparing with the table. Entries of which the key was destroyed give nothing.
    """
    rows: dict[tuple[UUID, str], Grant] = {}
    for entry in entries:
        for right in _of(entry):
            if isinstance(right, Grant):
                rows[right.stream, right.key] = right
            else:
                rows.pop((right.stream, right.key), None)
    return rows


def _of(entry: Entry) -> Sequence[Right]:
    return () if entry.body is None else entry.body.grants(entry.stream)
