"""Takes names out of what people wrote, for who knows those people by pseudonym.

The names come from the log and stay here: they are replaced, and never given to a reader. Found is
what was registered, as whole words; a nickname, or a name spelled in another way, is not.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from typing import Any, NamedTuple
from uuid import UUID

from api.reading.gate import Access
from api.wiring import Services
from domain.events.base import StreamKind
from domain.events.employer import (
    EmployerContactPersonAdded,
    EmployerDetailsChanged,
    EmployerRegistered,
)
from domain.events.people import PersonRegistered, RegistrationCorrected
from domain.language import Language, capital
from eventlog.entry import Entry

_SENTENCE_ENDS = frozenset(".!?:\n")
_SHORTEST = 2
"""A name of one letter would be found everywhere."""


class Circle(NamedTuple):
    """Who and what a file speaks of, by what they are called."""

    names: Mapping[str, frozenset[UUID]]
    employers: frozenset[UUID]
    """Which of them are employers."""

    def without(self, text: str, language: Language, instead: Callable[[UUID | None], str]) -> str:
        """Put what `instead` gives in the place of each name; None: of several people it is one."""
        pattern = _pattern(tuple(sorted(self.names, key=lambda each: (-len(each), each))))

        def other(found: re.Match[str]) -> str:
            whose = self.names[found["name"]]
            called = instead(next(iter(whose)) if len(whose) == 1 else None)
            before = text[: found.start()].rstrip(" ")
            begins = not before or before[-1] in _SENTENCE_ENDS
            return (capital(called, language) if begins else called) + ("’s" * bool(found["of"]))

        return text if pattern is None else pattern.sub(other, text)


def circle(services: Services, access: Access) -> Circle:
    """Find who this file speaks of, once for a request; but for who asks: they know themselves."""
    known = access.asking.circles
    if access.trajectory not in known:
        known[access.trajectory] = _circle(services, access)
    found: Circle = known[access.trajectory]
    return found


def _circle(services: Services, access: Access) -> Circle:
    ids = {*access.roles, *(each.holder for each in access.covers)}
    for entry in services.log.entries(access.trajectory):
        ids |= {*_ids(entry)}
    kinds = services.log.kinds(sorted(ids))
    employers = frozenset(who for who, kind in kinds.items() if kind is StreamKind.EMPLOYER)
    people = {who for who, kind in kinds.items() if kind is StreamKind.DIRECTORY}
    names: dict[str, set[UUID]] = {}
    for employer in employers:
        bodies = [each.body for each in services.log.entries(employer)]
        people |= {each.person for each in bodies if isinstance(each, EmployerContactPersonAdded)}
        for each in bodies:
            if isinstance(each, EmployerRegistered | EmployerDetailsChanged):
                names.setdefault(each.name, set()).add(employer)
    for who in people - {access.person}:
        for called in _goes_by(services.log.entries(who)):
            names.setdefault(called, set()).add(who)
    return Circle(
        {name: frozenset(whose) for name, whose in names.items() if len(name) >= _SHORTEST},
        employers,
    )


def _ids(entry: Entry) -> Iterator[UUID]:
    """Name who recorded an entry, and whatever it is about."""
    yield entry.header.actor
    if entry.header.on_behalf_of is not None:
        yield entry.header.on_behalf_of
    if entry.body is not None:
        yield from _held(entry.body.model_dump())


def _held(value: Any) -> Iterator[UUID]:
    if isinstance(value, UUID):
        yield value
    elif isinstance(value, Mapping):
        for each in value.values():
            yield from _held(each)
    elif isinstance(value, list | tuple | set | frozenset):
        for each in value:
            yield from _held(each)


def _goes_by(entries: list[Entry]) -> Iterator[str]:
    """Give every way in which somebody is called, the names that were put right as well."""
    for each in entries:
        if isinstance(each.body, PersonRegistered):
            yield from _called(each.body.given_name, each.body.family_name)
        elif isinstance(each.body, RegistrationCorrected):
            said = each.body.body
            yield from _called(said.get("given_name"), said.get("family_name"))


def _called(given: str | None, family: str | None) -> Iterator[str]:
    """Give the whole name and its parts; "van den Berg" begins with a capital after a title."""
    families = {family, family[:1].upper() + family[1:]} if family else set[str]()
    if given:
        yield given
        yield from (f"{given} {each}" for each in families)
    yield from families


@lru_cache(maxsize=256)
def _pattern(names: tuple[str, ...]) -> re.Pattern[str] | None:
    """Find any of these as a whole word, also where something is theirs: "Noors", "Noor's"."""
    if not names:
        return None
    either = "|".join(re.escape(each) for each in names)
    return re.compile(rf"(?<!\w)(?P<name>{either})(?P<of>['’]?s)?(?!\w)")
