"""Reads a JSON body strictly: within limits, and with one meaning only."""

from __future__ import annotations

import re
from collections.abc import Iterator
from json import JSONDecodeError, JSONDecoder
from math import isfinite
from typing import Any

from starlette.requests import ClientDisconnect, Request

from api.problems import MALFORMED, MEDIA, TOO_LARGE, FieldProblem, Problem, invalid
from domain.language import Text

DEEPEST = 32
"""Objects and lists within each other."""
MOST = 1_000
"""Things in one list, or fields in one object: finding something wrong with each takes long."""
LONGEST_NUMBER = 30
_STRING = re.compile(rb'"(?:[^"\\]|\\.)*+(?:"|\\?\Z)', re.DOTALL)
"""A string, or one that has no end: or each quote in it would be tried as a beginning."""
_PLAIN = re.compile(r"[A-Za-z0-9_-]{1,64}")


class _Broken(ValueError):
    """Valid JSON that has no single meaning."""

    def __init__(self, place: str, problem: Text) -> None:
        super().__init__(problem.en)
        self.place = place
        self.problem = problem


async def read(request: Request, limit: int) -> bytes:
    """Read the body of a request, never more than the limit; raises Problem."""
    headers = request.headers
    kind, _, parameters = headers.get("content-type", "").partition(";")
    charset = parameters.strip().lower().replace('"', "")
    if kind.strip().lower() != "application/json" or charset not in {"", "charset=utf-8"}:
        raise _unsupported()
    if headers.get("content-encoding", "identity").lower() != "identity":
        raise _unsupported()
    length = headers.get("content-length", "0")
    if len(length) > LONGEST_NUMBER or not length.isdigit() or int(length) > limit:
        raise _too_large(limit)
    read = bytearray()
    try:
        async for chunk in request.stream():
            read += chunk
            if len(read) > limit:
                raise _too_large(limit)
    except ClientDisconnect:
        raise malformed(Text("Het verzoek brak af.", "The request broke off.")) from None
    return bytes(read)


def parse(body: bytes) -> dict[str, Any]:
    """Give the JSON object in a body; raises Problem for anything else, without quoting it."""
    if body.count(b"{") + body.count(b"[") > DEEPEST and _depth(body) > DEEPEST:
        raise invalid("", Text("Te veel lagen in elkaar.", "Nested too deeply."))
    try:
        found = _DECODER.decode(body.decode("utf-8"))
    except UnicodeDecodeError:
        raise malformed(Text("De tekst is geen UTF-8.", "The text is not UTF-8.")) from None
    except JSONDecodeError as error:
        where = f"{error.lineno}:{error.colno}"
        raise malformed(
            Text(
                f"Dit is geen geldige JSON (regel:kolom {where}).",
                f"This is no valid JSON (line:column {where}).",
            )
        ) from None
    except _Broken as error:
        raise invalid(error.place, error.problem) from None
    if not isinstance(found, dict):
        text = Text("Stuur één JSON-object: {…}.", "Send one JSON object: {…}.")
        raise invalid("", text)
    if b"\\u" in body:
        _refuse_unstorable(found)
    return found


def plain(name: str) -> str:
    """Name a field back to who sent it, when it looks like the name of a field."""
    return name if _PLAIN.fullmatch(name) else "…"


def malformed(detail: Text) -> Problem:
    """What was sent cannot be read at all."""
    return Problem(MALFORMED, detail, [FieldProblem("", detail)])


def _pairs(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    if len(pairs) > MOST:
        raise _Broken("", _TOO_MANY)
    found = dict(pairs)
    if len(found) != len(pairs):
        seen: set[str] = set()
        twice = next(name for name, _ in pairs if name in seen or seen.add(name))  # type: ignore[func-returns-value]  # add says nothing
        raise _Broken(plain(twice), Text("Staat er twee keer.", "Stands there twice."))
    for name, value in pairs:
        wrong = _wrong(value)
        if wrong is not None:
            raise _Broken(plain(name), wrong)
    return found


def _wrong(value: object) -> Text | None:
    """Say what is wrong with a number, or with a list or what it holds."""
    if type(value) is list:
        if len(value) > MOST:
            return _TOO_MANY
        return next(filter(None, map(_wrong, value)), None)
    return _NUMBER if value is _NO_NUMBER else None


def _whole(digits: str) -> object:
    return _NO_NUMBER if len(digits) > LONGEST_NUMBER else int(digits)


def _fraction(digits: str) -> object:
    value = float(digits)
    return value if isfinite(value) and len(digits) <= LONGEST_NUMBER else _NO_NUMBER


def _no_number(_: str) -> object:
    return _NO_NUMBER


_NO_NUMBER = object()
"""Stands for a number that cannot be one, until the field is known that holds it."""
_TOO_MANY = Text(f"Meer dan {MOST} in één keer.", f"More than {MOST} at once.")
_NUMBER = Text("Een getal is te groot of geen getal.", "A number is too large, or is none.")
_DECODER = JSONDecoder(
    object_pairs_hook=_pairs, parse_int=_whole, parse_float=_fraction, parse_constant=_no_number
)


def _depth(body: bytes) -> int:
    """Measure how deep brackets stand, outside of strings."""
    depth = deepest = 0
    for bracket in _STRING.sub(b"", body):
        if bracket in b"{[":
            depth += 1
            deepest = max(deepest, depth)
        elif bracket in b"}]":
            depth -= 1
    return deepest


def _refuse_unstorable(found: dict[str, Any]) -> None:
    for place, text in _texts("", found):
        if "\0" in text or any("\ud800" <= char <= "\udfff" for char in text):
            raise invalid(
                place,
                Text(
                    "Bevat tekens die niet bewaard kunnen worden.",
                    "Contains characters that cannot be stored.",
                ),
            )


def _texts(place: str, value: object) -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        yield place, value
    elif isinstance(value, dict):
        for name, each in value.items():
            inner = f"{place}.{plain(name)}" if place else plain(name)
            yield inner, name
            yield from _texts(inner, each)
    elif isinstance(value, list):
        for at, each in enumerate(value):
            yield from _texts(f"{place}.{at}", each)


def _unsupported() -> Problem:
    return Problem(
        MEDIA,
        Text(
            "Stuur JSON in UTF-8, met Content-Type: application/json.",
            "Send JSON in UTF-8, with Content-Type: application/json.",
        ),
        headers={"Accept": "application/json"},
    )


def _too_large(limit: int) -> Problem:
    size = f"{limit // 1024} KiB"
    return Problem(
        TOO_LARGE,
        Text(f"Het verzoek is groter dan {size}.", f"The request is larger than {size}."),
        headers={"Connection": "close"},
    )
