"""Packs rows as PostgreSQL's binary COPY format: the quickest way to write many of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, date, datetime
from struct import Struct
from typing import Any
from uuid import UUID

Pack = Callable[[Any], bytes]

_LENGTH = Struct("!i").pack
_FIELDS = Struct("!h").pack
_INT4 = Struct("!ii").pack
_INT8 = Struct("!iq").pack
_DOUBLE = Struct("!id").pack
_EPOCH = datetime(2000, 1, 1, tzinfo=UTC)
_EPOCH_DAY = date(2000, 1, 1).toordinal()
NULL = _LENGTH(-1)
_HEAD = b"PGCOPY\n\xff\r\n\0" + bytes(8)
_TAIL = _FIELDS(-1)
_TRUE = _LENGTH(1) + b"\x01"
_FALSE = _LENGTH(1) + b"\x00"
_SIXTEEN = _LENGTH(16)
_ARRAY = Struct("!iiiii").pack
_UUID = 2950
"""The type uuid, as PostgreSQL numbers it."""


def bigint(value: int | None) -> bytes:
    """Give a bigint."""
    return NULL if value is None else _INT8(8, value)


def boolean(value: bool) -> bytes:  # noqa: FBT001 - a column
    """Give a boolean."""
    return _TRUE if value else _FALSE


def integer(value: int | None) -> bytes:
    """Give an integer."""
    return NULL if value is None else _INT4(4, value)


def double(value: float | None) -> bytes:
    """Give a double precision."""
    return NULL if value is None else _DOUBLE(8, value)


def text(value: str | None) -> bytes:
    """Text, of a string or a choice; NUL, which PostgreSQL has no place for, is left out."""
    if value is None:
        return NULL
    data = value.encode()
    if b"\0" in data:
        data = data.replace(b"\0", b"")
    return _LENGTH(len(data)) + data


def uuid(value: UUID | None) -> bytes:
    """Give a uuid."""
    return NULL if value is None else _SIXTEEN + value.bytes


def uuids(values: Sequence[UUID]) -> bytes:
    """Give an array of uuid; NULL for none."""
    if not values:
        return NULL
    data = b"".join([_ARRAY(1, 0, _UUID, len(values), 1), *map(uuid, values)])
    return _LENGTH(len(data)) + data


def sixteen(value: bytes) -> bytes:
    """Give a uuid of its bytes."""
    return _SIXTEEN + value


def blob(value: bytes | None) -> bytes:
    """Bytes of bytea, or of json as it is sent."""
    return NULL if value is None else _LENGTH(len(value)) + value


def day(value: date | None) -> bytes:
    """Give a date."""
    return NULL if value is None else _INT4(4, value.toordinal() - _EPOCH_DAY)


def moment(value: datetime | None) -> bytes:
    """Give a timestamptz."""
    if value is None:
        return NULL
    delta = value - _EPOCH
    return _INT8(8, (delta.days * 86_400 + delta.seconds) * 1_000_000 + delta.microseconds)


class Table:
    """A table with its columns, in the order in which a row gives them."""

    __slots__ = ("_count", "_packs", "columns", "name")

    def __init__(self, name: str, /, **columns: Pack) -> None:
        """Name the columns, each with how it is packed."""
        self.name = name
        self.columns = tuple(columns)
        self._packs = tuple(columns.values())
        self._count = _FIELDS(len(columns))

    def row(self, *values: Any) -> bytes:
        """Pack one row."""
        return b"".join([pack(value) for pack, value in zip(self._packs, values, strict=True)])

    def stream(self, rows: Iterable[bytes]) -> bytes:
        """Frame packed rows as the whole of one COPY, in which a count stands before each."""
        return self._count.join((_HEAD, *rows)) + _TAIL
