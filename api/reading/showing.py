"""Shows entries that were opened: names people, words the sentence, puts beside what others say."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import cache, lru_cache
from typing import Any, get_args
from uuid import UUID

from api.reading.beside import beside
from api.reading.gate import Access
from api.reading.names import NAMELESS, Alone, Names, names
from api.reading.opening import CATEGORIES, Shown
from api.wiring import Services
from domain.events import BY_TYPE
from domain.events.base import Event, Kind, field_kinds
from domain.language import ClientWord, Language, capital, client_word
from domain.policy import told_as
from domain.roles import ROLE_OF, Role
from domain.wording import word
from eventlog.entry import Entry

_LANES = {
    Role.CLIENT: "self",
    Role.NETWORK_MEMBER: "network",
    Role.LEGAL_REPRESENTATIVE: "network",
    Role.EK_COORDINATOR: "network",
    Role.PEER: "network",
    Role.CARE_WORKER: "care",
    Role.PEER_WORKER: "care",
}
"""Where in the timeline an entry stands, by who recorded it; the others are about work."""
_HOLE = re.compile(r"\{(\w+)\}")


def rendered(
    services: Services,
    access: Access,
    shown: Sequence[Shown],
    known: Sequence[Entry] | None = None,
) -> list[dict[str, Any]]:
    """Word entries in the reader's language, with the names that the reader may know.

    `known`: all that was known at the moment that is told of, when it is not now.
    """
    told, statements, objections = beside(services, access, shown, known)
    named = names(services, access, set(named_in(told)))
    by_name = _by_name(services, access, told)
    return [
        {
            **_objected(objections.get(each.row.event_id), called),
            **_entry(access, each, called),
            "statements": [called.said(one) for one in statements.get(each.row.event_id, [])],
        }
        for each, called in ((each, by_name.get(each.row.category, named)) for each in told)
    ]


def sentences(services: Services, access: Access, shown: Sequence[Shown]) -> list[str]:
    """Word entries as `rendered` does, with nothing beside them."""
    named = names(services, access, set(named_in(shown)))
    by_name = _by_name(services, access, shown)
    language = access.asking.language
    return [
        _sentence(each.row.type, about.said(each.fields), language, about, to_client=access.own)
        for each in shown
        for about in [by_name.get(each.row.category, named)]
    ]


def _objected(found: list[dict[str, Any]] | None, called: Names) -> dict[str, Any]:
    """Put before a choice who disagrees with it (reference 0.1)."""
    return {} if found is None else {"objections": [called.said(each) for each in found]}


def _by_name(services: Services, access: Access, shown: Sequence[Shown]) -> dict[str, Names]:
    """Look names up per category, for a reader who knows people by name in some only."""
    if not access.sight.pseudonymous:
        return {}
    found: dict[str, Names] = {}
    for letter in {each.row.category for each in shown}:
        category = CATEGORIES[letter]
        if access.sight.named(category):
            here = {*named_in(each for each in shown if each.row.category == letter)}
            found[letter] = names(services, access, here, within=category)
    return found


def lane(access: Access, role: Role) -> str:
    """Say where an entry stands, by who recorded it."""
    return _LANES.get(told_as(access.role, role), "work")


def roles_in(access: Access, lane_: str) -> frozenset[Role]:
    """Name the roles whose entries stand in a lane."""
    return frozenset(role for role in Role if lane(access, role) == lane_)


def _entry(access: Access, shown: Shown, named: Names) -> dict[str, Any]:
    row, event, fields = shown
    language = access.asking.language
    role = told_as(access.role, ROLE_OF[row.role])
    words = _words(event)
    said = named.said(fields)
    return {
        "id": row.event_id,
        "type": row.type,
        "category": row.category,
        "lane": _LANES.get(role, "work"),
        "occurred_on": row.occurred_on,
        "recorded_at": row.recorded_at,
        "imported": row.origin.startswith("import"),
        "by": {"name": named.of(row.actor, role), "role": role},
        "on_behalf_of": None if row.on_behalf_of is None else named.of(row.on_behalf_of),
        "sentence": _sentence(row.type, said, language, named, to_client=access.own),
        "text": {name: said[name] for name in words if name in said},
        "fields": {name: value for name, value in said.items() if name not in words},
        "corrected_at": row.corrected_at,
    }


def _sentence(
    kind: str, said: Mapping[str, Any], language: Language, named: Names, *, to_client: bool
) -> str:
    """Word an entry; what was worded before from the same values is not worded again.

    Nothing is found there without these very values, so what was erased stays unreadable.
    """
    values = []
    for name in _worded(kind, language):
        value = said.get(name)
        values.append((name, tuple(value) if isinstance(value, list) else value))
    called = tuple((each, named.labels[each]) for _, each in values if each in named.labels)
    if any(type(each) is tuple for _, each in values):
        called = tuple(named.labels.items())
    there = (each for _, each in (*called, *values) if isinstance(each, str))
    alone = tuple((name, named.alone[name]) for name in there if name in named.alone)
    return _remembered(
        kind, language, client_word(), tuple(values), called, alone, to_client=to_client
    )


@lru_cache(maxsize=20_000)
def _remembered(  # noqa: PLR0913, PLR0917 - all that a sentence is made of
    kind: str,
    language: Language,
    client: ClientWord,
    values: tuple[tuple[str, Any], ...],
    called: tuple[tuple[str, str], ...],
    alone: tuple[tuple[str, Alone], ...],
    *,
    to_client: bool,
) -> str:
    del client  # it is in the sentence, and so in what is remembered
    fields = {name: list(each) if type(each) is tuple else each for name, each in values}
    sentence = word(kind, fields, language, dict(called), to_client=to_client)
    for name, each in alone:
        begins = each._replace(without=capital(each.without, language))
        sentence = _role_once(sentence, name, each)
        sentence = _role_once(sentence, capital(name, language), begins)
    return sentence


def _role_once(sentence: str, name: str, alone: Alone) -> str:
    """Leave the role out of a name where the sentence says that role already."""
    rest = sentence.replace(name, "")
    doubled = name in sentence and alone.role.casefold() in rest.casefold()
    return sentence.replace(name, alone.without) if doubled else sentence


@cache
def _worded(kind: str, language: Language) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_HOLE.findall(BY_TYPE[kind].SENTENCE.to(language))))


def named_in(shown: Iterable[Shown]) -> Iterator[UUID]:
    """Name whom entries name, and who recorded them."""
    for row, event, fields in shown:
        yield row.actor
        if row.on_behalf_of is not None:
            yield row.on_behalf_of
        for name in _refers(event):
            yield from _named(fields.get(name))


def _named(value: object) -> Iterator[UUID]:
    """Find the ids in a field that holds some; what stands beside them there is none."""
    if isinstance(value, str):
        with suppress(ValueError):
            yield UUID(value)
    elif isinstance(value, Mapping):
        for each in value.values():
            yield from _named(each)
    elif isinstance(value, list):
        for each in value:
            yield from _named(each)


@cache
def _words(event: type[Event]) -> tuple[str, ...]:
    of = field_kinds(event)
    return tuple(name for name, kind in of.items() if kind in {Kind.WORDS, Kind.THIRD})


@cache
def _refers(event: type[Event]) -> tuple[str, ...]:
    """Name the fields that hold the id of somebody or something with a name."""
    return tuple(
        name
        for name, field in event.model_fields.items()
        if name not in NAMELESS and _holds_ids(field.annotation)
    )


def _holds_ids(annotation: object) -> bool:
    inner = [field.annotation for field in getattr(annotation, "model_fields", {}).values()]
    return annotation is UUID or any(map(_holds_ids, (*get_args(annotation), *inner)))
