"""What was asked of an address, as the access log keeps it: no words, and not what was sought."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime
from functools import lru_cache
from types import MappingProxyType
from typing import Any
from urllib.parse import parse_qsl

from domain.language import Language, Text
from domain.roles import Role
from domain.wording import day
from eventlog.handler import HOME

Query = tuple[tuple[str, str], ...]
"""Names and values, by name."""

_ID = "[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}"
_WHEN = "[0-9TZ:.+ -]{4,40}"
_SHAPES: Mapping[str, re.Pattern[str]] = MappingProxyType(
    {
        name: re.compile(shape, re.ASCII)
        for name, shape in {
            **dict.fromkeys(("known_at", "happened_until", "since", "until", "from"), _WHEN),
            **dict.fromkeys(("person", "decision", "entry", "programme"), _ID),
            "lane": "work|care|network|self",
            "role": "|".join(each.value for each in Role),
            "categories": "[A-Z](?:,[A-Z])*",
            "limit": r"\d{1,4}",
            "cursor": "yes",
        }.items()
    }
)
"""What is kept of an address, and only when it looks so: no shape takes a name or a word."""
_PAGES = {"baan": "lane", "verder": "cursor", "maand": "cursor"}
"""What the pages call it."""
_TAKE: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "/traject/{id}/zoals": frozenset({"person", "role"}),
        "/inzagelog": frozenset({"since", "until", "person", "role"}),
        "/traject/{id}/wie-keek": frozenset({"since", "until"}),
        "/traject/{id}/voor-het-dossier": frozenset({"since", "until", "entry"}),
        "/traject/{id}/voor-het-dossier.txt": frozenset({"since", "until", "entry"}),
    }
)
"""What some pages take beside that, called as the API does."""
_PROGRAMMES = "/api/v1/programmes/"


def queried(scope: Mapping[str, Any]) -> Query:
    """Say what a request asks of the address that it reads."""
    route = scope.get("route")
    path: Mapping[str, str] = scope.get("path_params", {})
    query = scope.get("query_string")
    named = {name: value for name, value in path.items() if name != "id"}
    if getattr(route, "path", "").startswith(_PROGRAMMES):
        named["programme"] = path["id"]
    if not query:
        return _shaped(named) if named else ()
    taken = _taken(route)
    return _shaped({**_asked(query, taken), **named}) if named else _of_query(query, taken)


@lru_cache(maxsize=1024)
def _of_query(query: bytes, taken: frozenset[str]) -> Query:
    return _shaped(_asked(query, taken))


def _taken(route: Any) -> frozenset[str]:
    """Name what the address takes; what it does not take was not asked."""
    dependant = getattr(route, "dependant", None)
    if dependant is None:
        return _TAKE.get(getattr(route, "path", ""), frozenset()).union(_PAGES)
    return frozenset(each.alias for each in dependant.query_params)


def _asked(query: bytes, taken: frozenset[str]) -> Mapping[str, str]:
    try:
        pairs = dict(parse_qsl(query.decode("ascii"), max_num_fields=50))
    except ValueError:  # too many, or no address that a browser makes
        return {}
    asked = {_PAGES.get(name, name): value for name, value in pairs.items() if name in taken}
    if "cursor" in asked:
        asked["cursor"] = "yes"  # which page it leads to is sealed
    return asked


def _shaped(asked: Mapping[str, str]) -> Query:
    return tuple(
        (name, asked[name])
        for name, shape in _SHAPES.items()
        if name in asked and shape.fullmatch(asked[name])
    )


def as_of(query: Mapping[str, str], on: date, language: Language) -> str:
    """Say in plain words of when somebody saw a file on a day, if it was not as it was then."""
    days = ((words, _day(query.get(name, ""))) for name, words in _OF_WHEN.items())
    told = (
        words.to(language).replace("{day}", day(found, language))
        for words, found in days
        if found is not None and found < on
    )
    return "".join(f", {each}" for each in told)


_OF_WHEN = {
    "known_at": Text("zoals het was op {day}", "as it was on {day}"),
    "happened_until": Text("wat er gebeurd was tot en met {day}", "what had happened by {day}"),
}


def _day(text: str) -> date | None:
    try:
        at = datetime.fromisoformat(text)
        return (at if at.tzinfo is None else at.astimezone(HOME)).date()
    except (ValueError, OverflowError):
        return None
