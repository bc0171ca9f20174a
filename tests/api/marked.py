"""Events of every type, with a mark of its own in every field that can hold one."""

from __future__ import annotations

from datetime import UTC, date, datetime
from enum import Enum
from itertools import count
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin
from uuid import UUID, uuid4

from annotated_types import Ge
from pydantic import BaseModel

from domain.events import BY_TYPE
from domain.events.base import Category, Event, StreamKind
from domain.events.correction import EntryCorrected
from domain.roles import Role

DAY = date(2026, 3, 2)
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
_NUMBER = count(1)
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
        flat = (part for mark in marks for part in (getattr(mark, "metadata", None) or [mark]))
        return annotation(next((mark.ge for mark in flat if isinstance(mark, Ge)), 1) or 1)
    plain = {UUID: uuid4, date: lambda: DAY, datetime: lambda: NOON, bool: lambda: True}
    return plain[annotation]() if annotation in plain else f"merk{next(_NUMBER)}x"
