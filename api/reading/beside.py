"""What belongs beside entries: the client's statements, and only such ids as their reader sees."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple
from uuid import UUID

from api.reading.gate import Access
from api.reading.objections import CHOICES, SPOKEN, beside_choices
from api.reading.opening import Shown, sees_words, visible
from api.wiring import Services
from domain.events.base import Event
from domain.events.erasure import EraseRequested
from domain.events.permissions import EntrySent
from domain.events.trust import (
    ClientStatementAdded,
    TrustDecisionRecorded,
    TrustDecisionRevised,
)
from domain.policy import hears_of_all
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


def beside(services: Services, access: Access, shown: Sequence[Shown]) -> Beside:
    """Take ids away of entries that the reader does not see, find statements and objections.

    The statements are those of now, also where facts are those of then: the client's word about
    an entry goes with it. They are for whoever sees the words of the entry.
    """
    pointed = {each for entry in shown for each in _pointed(entry)}
    about = {each.row.event_id for each in shown if sees_words(access, each.row)}
    spoken = SPOKEN if any(each.row.type in CHOICES for each in shown) else ()
    if not (pointed or about or spoken):
        return Beside(list(shown), {}, {})
    trajectory = access.trajectory
    rows = services.views.timeline.beside(trajectory, pointed, about, spoken)
    mapper = services.log.entry_mapper
    mapper.keys.load({each.key_id for each in rows})
    there: set[UUID] = {each.row.event_id for each in shown}
    statements: dict[UUID, list[dict[str, Any]]] = {}
    said: list[Shown] = []
    for row in rows:
        body = row.open(mapper)
        if body is None:
            continue
        if (found := visible(access, row, body)) is not None:
            there.add(row.event_id)
            said += [found] if row.type in spoken else []
        if row.event_id in access.sight.relation.hidden:
            continue
        stated = row.type == ClientStatementAdded.TYPE and "text" in body
        if stated and UUID(body.get("about", _NIL)) in about:
            statements.setdefault(UUID(body["about"]), []).append(_statement(row, body))
    against = beside_choices(shown, said, access.asking.language)
    if not hears_of_all(access.role):
        shown = [_without(each, there) for each in shown]
    return Beside(list(shown), statements, against)


_NIL = str(UUID(int=0))


def _statement(row: Row, body: Mapping[str, Any]) -> dict[str, Any]:
    return {"text": body["text"], "occurred_on": row.occurred_on, "recorded_at": row.recorded_at}


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
