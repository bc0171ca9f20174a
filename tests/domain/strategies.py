"""Random events and commands, made from their own field types, with ids that often meet."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from enum import Enum
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin
from uuid import UUID

from annotated_types import Ge, Le, Lt, MaxLen, MinLen, MultipleOf
from hypothesis import strategies as st
from pydantic import BaseModel
from pydantic.fields import FieldInfo

from domain.events.base import Event, Kind
from domain.rules import Command
from tests.spec import CLIENT, COACH, TODAY, an_id

IDS = (CLIENT, COACH, an_id("one"), an_id("two"))
PRIVATE = ("mijn eigen woorden", "zij zei iets over thuis")
TEXTS = ("werk", "🌱 een begin", "=1+1", "<b>Öztürk</b>", "x" * 60)
_PRIVATE_KINDS = frozenset(Kind) - {Kind.FACT}
DAYS = st.dates(date(2024, 1, 1), date(2028, 12, 31))
MOMENTS = st.datetimes(datetime(2024, 1, 1), datetime(2028, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001 - hypothesis adds the zone


def events(kind: type[Event]) -> st.SearchStrategy[Event]:
    """Make any event of a class."""
    return _model(kind)


def commands(kind: type[Command]) -> st.SearchStrategy[Command]:
    """Make any command of a class; mostly about today, with a reason when it is late."""
    days = st.one_of(st.none(), st.just(TODAY), DAYS)
    fields: dict[str, st.SearchStrategy[Any]] = {}
    if "occurred_on" in kind.model_fields:
        fields["occurred_on"] = days
    if "late_reason" in kind.model_fields:
        fields["late_reason"] = st.just("later gehoord")
    return _model(kind, **fields)


def _model(kind: Any, **fields: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    found = {name: _field(each) for name, each in kind.model_fields.items()}
    return st.fixed_dictionaries({**found, **fields}).map(lambda values: kind(**values))


def _field(field: FieldInfo) -> st.SearchStrategy[Any]:
    return _value(field.annotation, tuple(field.metadata))


def _value(annotation: Any, marks: tuple[Any, ...]) -> st.SearchStrategy[Any]:
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return _value(arguments[0], (*marks, *_marks(arguments[1:])))
    if origin in (Union, UnionType):
        return st.one_of(*(_value(each, ()) for each in arguments))
    if origin is tuple:
        least = next((mark.min_length for mark in marks if isinstance(mark, MinLen)), 0)
        each = _value(arguments[0], ())
        return st.lists(each, min_size=least, max_size=least + 2).map(tuple)
    return _plain(annotation, marks)


def _plain(annotation: Any, marks: tuple[Any, ...]) -> st.SearchStrategy[Any]:
    if annotation is str and _PRIVATE_KINDS & set(marks):
        return st.sampled_from(PRIVATE)
    if isinstance(annotation, type) and issubclass(annotation, Enum):
        return st.sampled_from(list(annotation))
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return _model(annotation)
    simple: dict[Any, st.SearchStrategy[Any]] = {
        UUID: st.sampled_from(IDS),
        date: DAYS,
        datetime: MOMENTS,
        time: st.times(),
        str: st.sampled_from(TEXTS),
        bool: st.booleans(),
        type(None): st.none(),
    }
    if annotation in (int, float):
        return _number(marks, annotation)
    return simple.get(annotation, st.just({}))


def _number(marks: tuple[Any, ...], kind: type) -> st.SearchStrategy[Any]:
    least = next((mark.ge for mark in marks if isinstance(mark, Ge)), 0)
    most = next((mark.le for mark in marks if isinstance(mark, Le)), 2030)
    return st.integers(int(least), int(most)).map(kind)  # type: ignore[arg-type]


def _marks(metadata: tuple[Any, ...]) -> list[Any]:
    known = (Ge, Le, Lt, MinLen, MaxLen, MultipleOf, Kind)
    flat = [part for mark in metadata for part in (getattr(mark, "metadata", None) or [mark])]
    return [mark for mark in flat if isinstance(mark, known)]
