"""Events of every type, with a mark of its own in every field that can hold one.

Words, ids, days and the numbers with room for it are found again wherever they come out. A score
of 1 to 10, a yes or no and a kind are no marks: those are compared field by field, where they show.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from enum import Enum
from itertools import count
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin
from uuid import UUID, uuid4

from annotated_types import Ge, Le
from pydantic import BaseModel

from domain.events import BY_TYPE
from domain.events.base import Category, Event, StreamKind
from domain.events.correction import EntryCorrected
from domain.roles import Role

DAY = date(2026, 3, 2)
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
COMING = date(2026, 4, 1)
_NUMBER, _DAYS = count(1), count(1)
_LONG_AGO = date(1951, 1, 1)
"""From here on every field with a day has its own: no rule or figure comes near."""
_APART = timedelta(days=11)
_ROOM = 1440
"""A whole number with less room than this could be anything."""
TYPES = sorted(
    (
        kind
        for kind in BY_TYPE.values()
        if kind.STREAM is StreamKind.TRAJECTORY and kind is not EntryCorrected
    ),
    key=lambda kind: kind.TYPE,
)


def marked(kind: type[Event], **given: Any) -> Event:
    """Make an event with every field filled, but for what is given."""
    given = {"occurred_on": DAY, **given} if "occurred_on" in kind.model_fields else given
    fields = {
        name: given[name] if name in given else _value(field.annotation, tuple(field.metadata))
        for name, field in kind.model_fields.items()
    }
    if fields.get("late_reason") and type(None) is kind.model_fields["late_reason"].annotation:
        del fields["late_reason"]
    return kind.model_validate(fields)


def _value(annotation: Any, marks: tuple[Any, ...]) -> Any:  # noqa: PLR0911 - a way per type
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return _value(arguments[0], (*marks, *arguments[1:]))
    if origin in (Union, UnionType):
        return _value(next(each for each in arguments if each is not type(None)), marks)
    if origin is tuple:
        return (_value(arguments[0], ()),)
    if annotation is Role:
        return Role.JOB_BROKER  # in whose place nothing else hangs on who is on the team
    if annotation is Category:
        return Category.REFERRAL
    if isinstance(annotation, type) and issubclass(annotation, Enum):
        return next(iter(annotation))
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return marked(annotation)  # type: ignore[type-var]
    if annotation in (int, float):
        return _number(annotation, marks)
    plain = {UUID: uuid4, date: _day, datetime: lambda: NOON, bool: lambda: True}
    plain[time] = lambda: time(14, 30)
    return plain[annotation]() if annotation in plain else f"merk{next(_NUMBER)}x"


def _day() -> date:
    return _LONG_AGO + next(_DAYS) % 2000 * _APART


def _number(kind: type[int | float], marks: tuple[Any, ...]) -> float:
    """Give a number that nothing else is, where its bounds leave room."""
    flat = [part for mark in marks for part in (getattr(mark, "metadata", None) or [mark])]
    most = next((mark.le for mark in flat if isinstance(mark, Le)), None)
    if kind is float and (most is None or most >= 80):
        return round(1 + next(_NUMBER) % 70_000 / 1000 + 0.0007, 4)
    if kind is int and (most is None or most >= _ROOM):
        return 1001 + next(_DAYS) % 400
    return kind(next((mark.ge for mark in flat if isinstance(mark, Ge)), 1) or 1)
