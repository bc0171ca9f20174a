"""What belongs beside entries: the client's statements, and only such ids as their reader sees."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple
from uuid import UUID

from api.reading.gate import Access
from api.reading.moment import corrections
from api.reading.objections import CHOICES, SPOKEN, beside_choices
from api.reading.opening import Shown, from_log, sees_words, visible
from api.wiring import Services
from domain.corrections import undone
from domain.events.base import Event
from domain.events.erasure import EraseRequested
from domain.events.permissions import EntrySent
from domain.events.trust import (
    ClientStatementAdded,
    TrustDecisionRecorded,
    TrustDecisionRevised,
)
from domain.policy import hears_of_all, own_word
from eventlog.entry import Entry
from projections.entries import Row

POINTS: Mapping[type[Event], tuple[str, ...]] = {
    ClientStatementAdded: ("about",),
    TrustDecisionRecorded: ("based_on", "covers"),
    TrustDecisionRevised: ("based_on", "covers"),
    EraseRequested: ("entries",),
    EntrySent: ("entry",),
}
"""The fields that hold the ids of other entries."""


class Beside(NamedTuple):
    """Entries as their reader may have them, and by entry what the client put beside it."""

    shown: list[Shown]
    statements: Mapping[UUID, list[dict[str, Any]]]
    objections: Mapping[UUID, list[dict[str, Any]]]
    """By the entry of each choice, who disagrees."""


class Spoken(NamedTuple):
    """An entry as it read at the moment that is told of; `since`: it was only said later."""

    row: Row
    body: Mapping[str, Any]
    since: bool


def beside(
    services: Services,
    access: Access,
    shown: Sequence[Shown],
    known: Sequence[Entry] | None = None,
) -> Beside:
    """Take ids away of entries that the reader does not see, find statements and objections.

    `known`: the entries of then, where facts are those of then. Of what was said since, only the
    client's own word is there: it goes with what it is about, and says that it came later. The
    statements are for whoever sees the words of the entry.
    """
    pointed = {each for entry in shown for each in _pointed(entry)}
    about = {each.row.event_id for each in shown if sees_words(access, each.row)}
    spoken = SPOKEN if any(each.row.type in CHOICES for each in shown) else ()
    if not (pointed or about or spoken):
        return Beside(list(shown), {}, {})
    trajectory = access.trajectory
    rows = services.views.timeline.beside(trajectory, pointed, about, spoken)
    there: set[UUID] = {each.row.event_id for each in shown}
    statements: dict[UUID, list[dict[str, Any]]] = {}
    said: list[Shown] = []
    later: set[UUID] = set()
    for each in _as_known(services, rows, known):
        row, body, since = each
        if since and not own_word(row.type, body):
            continue
        later |= {row.event_id} if since else set()
        if (found := visible(access, row, body)) is not None:
            there.add(row.event_id)
            said += [found] if row.type in spoken else []
        if row.event_id in access.sight.relation.hidden:
            continue
        stated = row.type == ClientStatementAdded.TYPE and "text" in body
        if stated and UUID(body.get("about", _NIL)) in about:
            statements.setdefault(UUID(body["about"]), []).append(_statement(each))
    against = beside_choices(shown, said, access.asking.language, later)
    if not hears_of_all(access.role):
        shown = [_without(each, there) for each in shown]
    return Beside(list(shown), statements, against)


_NIL = str(UUID(int=0))


def _as_known(
    services: Services, rows: Sequence[Row], known: Sequence[Entry] | None
) -> Iterator[Spoken]:
    """Open what was said as it read then; what was not yet known reads as it does now."""
    mapper = services.log.entry_mapper
    mapper.keys.load({each.key_id for each in rows})
    then = {each.event_id: each for each in known or ()}
    by = corrections(then.values())
    for row in rows:
        entry = then.get(row.event_id)
        if entry is None:
            if (body := row.open(mapper)) is not None:
                yield Spoken(row, body, since=known is not None)
        elif entry.body is not None and not undone(entry.type, entry.body):
            yield Spoken(*from_log(entry, by.get(entry.event_id)), since=False)


def _statement(said: Spoken) -> dict[str, Any]:
    row = said.row
    return {
        "text": said.body["text"],
        "occurred_on": row.occurred_on,
        "recorded_at": row.recorded_at,
        "since": said.since,
    }


def _pointed(shown: Shown) -> Iterator[UUID]:
    for name in POINTS.get(shown.event, ()):
        value = shown.fields.get(name)
        yield from map(UUID, [value] if isinstance(value, str) else value or ())


def _without(shown: Shown, there: Iterable[UUID]) -> Shown:
    """Leave out the ids of entries that are not there for the reader."""
    names = [each for each in POINTS.get(shown.event, ()) if each in shown.fields]
    if not names:
        return shown
    known = set(map(str, there))
    fields = dict(shown.fields)
    for name in names:
        value = fields[name]
        if isinstance(value, list):
            fields[name] = [each for each in value if each in known]
        elif value not in known:
            del fields[name]
    return shown._replace(fields=fields)
