"""The fields of a command as a form asks them: how each is shown, and how what is typed is read."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, time
from enum import StrEnum
from functools import cache
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin
from uuid import UUID

from annotated_types import MaxLen
from pydantic import BaseModel
from pydantic.fields import FieldInfo

from domain.events.base import Kind
from domain.language import Choice

_NUMBER = re.compile(r"-?\d{1,6}([.,]\d{1,2})?")
_WHOLE = re.compile(r"-?\d{1,6}")
_LINE = 200
"""What is longer than this in characters is asked in a box of several lines."""
_LAST = ("occurred_on", "late_reason")
_FEW = 4
"""So many choices at most are shown next to each other, more in a list."""


_IN_ROW: Mapping[str, frozenset[str]] = {
    "options": frozenset({"what", "speaks_for", "speaks_against"}),
    "participants": frozenset({"took_part", "agreement", "words"}),
}
"""What is asked in each row of a field; of another it is everything."""
_TICKED: Mapping[str, str] = {"participants": "role"}
"""Of a field whose rows are ticked: by which part a row is there."""


class Shown(StrEnum):
    """How a field is asked."""

    LINE = "line"
    STORY = "story"
    LINES = "lines"  # several short texts, each on a line of its own
    DAY = "day"
    TIME = "time"
    NUMBER = "number"
    YES_NO = "yes_no"
    TILES = "tiles"  # one of a few, each with an icon
    CHOICE = "choice"  # one of many
    TICKS = "ticks"  # any number of them
    PICK = "pick"  # one of what is there: a job, a person, an employer
    SCALE = "scale"  # a mark from 1 to 10
    ROWS = "rows"  # several times the same few things


WORDS = frozenset({Shown.LINE, Shown.STORY, Shown.LINES})
"""What is written, and not chosen."""


@dataclass(frozen=True, slots=True)
class Field:
    """One thing that a form asks."""

    name: str
    shown: Shown
    required: bool = False
    offers: tuple[Choice, ...] = ()
    icons: Mapping[str, str] | None = None
    first: str = ""
    """What is filled in beforehand."""
    label: str = ""
    """Its own words for this form; otherwise those of the field (see `labels`)."""
    parts: tuple[Field, ...] = ()
    """What one row of it holds."""

    @property
    def ticked(self) -> str:
        """The part by which a row is there, when it is picked from a list; '' when it is typed."""
        return _TICKED.get(self.name, "")

    @property
    def in_row(self) -> tuple[Field, ...]:
        """What is asked in a row; the rest of it stays as it is."""
        asked = _IN_ROW.get(self.name)
        return self.parts if asked is None else tuple(e for e in self.parts if e.name in asked)

    def but(self, **other: Any) -> Field:
        """Give the same field, asked in another way."""
        return replace(self, **other)


Typed = Mapping[str, str]
"""What was typed, by field; of several values each on a line."""


@cache
def fields_of(command: type[BaseModel]) -> Mapping[str, Field]:
    """Give what a command asks, in its own order, the day and the reason for lateness last.

    Of an event likewise, to ask how it should read, and of what a row of them holds. Ids that it
    makes itself are not asked, nor what holds other things in a way of its own.
    """
    names = [name for name in command.model_fields if name not in _LAST]
    return {
        name: found
        for name in (*names, *(each for each in _LAST if each in command.model_fields))
        if (found := _field(name, command.model_fields[name])) is not None
    }


def _field(name: str, info: FieldInfo) -> Field | None:
    kind, many = _kind(info.annotation)
    required = info.is_required()
    if kind is UUID:
        return None if many or info.default_factory else Field(name, Shown.PICK, required)
    if isinstance(kind, type) and issubclass(kind, Choice):
        offers = tuple(kind)
        if many:
            return Field(name, Shown.TICKS, required, offers)
        first = info.default.value if isinstance(info.default, Choice) else ""
        shown = Shown.TILES if len(offers) <= _FEW else Shown.CHOICE
        return Field(name, shown, required, offers, first=first)
    if kind is str:
        long = _longest(info) > _LINE
        shown = Shown.LINES if many else (Shown.STORY if long else Shown.LINE)
        return Field(name, shown, required)
    if many and isinstance(kind, type) and issubclass(kind, BaseModel):
        return Field(name, Shown.ROWS, required, parts=tuple(fields_of(kind).values()))
    plain = {bool: Shown.YES_NO, date: Shown.DAY, time: Shown.TIME}.get(kind)
    if plain is None and kind in {int, float}:
        plain = Shown.NUMBER
    if plain is None or many:
        return None
    first = {True: "yes", False: "no"}.get(info.default, "") if kind is bool else ""
    return Field(name, plain, required, first=first)


def _kind(annotation: Any) -> tuple[Any, bool]:
    """Give the type within an annotation, and whether there can be several."""
    origin = get_origin(annotation)
    if origin is Annotated:
        return _kind(get_args(annotation)[0])
    if origin in {Union, UnionType}:
        (inner,) = (each for each in get_args(annotation) if each is not type(None))
        return _kind(inner)
    if origin is tuple:
        return _kind(get_args(annotation)[0])[0], True
    return annotation, False


def _longest(info: FieldInfo) -> int:
    return max(_bounds((*info.metadata, info.annotation)), default=_LINE + 1)


def _bounds(found: Sequence[Any]) -> Iterator[int]:
    for each in found:
        if isinstance(each, MaxLen):
            yield each.max_length
        elif each is Kind.FACT:  # a short name in an event, which has no other bound
            yield _LINE
        elif isinstance(bound := getattr(each, "max_length", None), int):
            yield bound
        yield from _bounds((*get_args(each), *getattr(each, "__metadata__", ())))


def value(field: Field, text: str) -> Any:
    """Read what was typed as the command takes it; what does not fit goes as it is, to be told."""
    if field.shown in {Shown.NUMBER, Shown.SCALE} and _WHOLE.fullmatch(text):
        return int(text)
    if field.shown is Shown.NUMBER and _NUMBER.fullmatch(text):
        return float(text.replace(",", "."))
    if field.shown is Shown.YES_NO:
        return {"yes": True, "no": False}.get(text, text)
    if field.shown in {Shown.LINES, Shown.TICKS}:
        return [line for each in text.splitlines() if (line := each.strip())]
    return text


def typed_as(field: Field, held: Any) -> dict[str, str]:
    """Word what stands as it would be typed: what `body` reads back. None is nothing at all."""
    if field.shown is Shown.ROWS:
        return {
            f"{field.name}.{at}.{part}": text
            for at, row in enumerate(held or ())
            for each in field.parts
            for part, text in typed_as(each, row.get(each.name)).items()
        }
    return {field.name: "" if held is None else _typed(field, held)}


def _typed(field: Field, held: Any) -> str:
    if field.shown is Shown.YES_NO:
        return "yes" if held else "no"
    if isinstance(held, float):
        return f"{held:g}".replace(".", ",")
    if isinstance(held, list | tuple):
        return "\n".join(map(str, held))
    return str(held)


def sent_rows(name: str, typed: Typed) -> dict[str, dict[str, str]]:
    """Give what was sent of each row of a field, by the name of the row, in their order."""
    rows: dict[str, dict[str, str]] = {}
    for each, text in typed.items():
        field, _, rest = each.partition(".")
        row, _, part = rest.partition(".")
        if field == name and part:
            rows.setdefault(row, {})[part] = text
    return rows


def filled_rows(field: Field, typed: Typed) -> dict[str, dict[str, str]]:
    """Leave the rows that are there: that were ticked, or in which something was typed."""
    return {
        name: row
        for name, row in sent_rows(field.name, typed).items()
        if (row.get(field.ticked) if field.ticked else any(map(str.strip, row.values())))
    }


def written(field: Field, typed: Typed) -> list[str]:
    """Give what was written in a field: of rows, all that was written in each."""
    if field.shown is Shown.ROWS:
        rows = filled_rows(field, typed).values()
        return [text for row in rows for each in field.parts for text in written(each, row)]
    return [typed.get(field.name, "")] if field.shown in WORDS else []


def body(fields: Sequence[Field], typed: Typed) -> dict[str, Any]:
    """Read a form as the body of a command; what was left empty is left out."""
    said: dict[str, Any] = {}
    for each in fields:
        if each.shown is Shown.ROWS:
            if rows := filled_rows(each, typed):
                said[each.name] = [body(each.parts, row) for row in rows.values()]
        elif text := typed.get(each.name, "").strip():
            said[each.name] = value(each, text)
    return said
