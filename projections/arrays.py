"""Sends what is packed already: columns as binary arrays, and the fields of a packed row."""

from __future__ import annotations

from collections.abc import Iterable
from struct import Struct
from typing import ClassVar
from uuid import UUID

from psycopg.abc import AdaptContext, Buffer
from psycopg.adapt import Dumper
from psycopg.pq import Format

_HEAD = Struct("!iiIii").pack
_EMPTY = Struct("!iiI").pack
_LENGTH = Struct("!i").pack
_READ = Struct("!i").unpack_from
_SIXTEEN = _LENGTH(16)
_UUID, _UUIDS, _TEXT, _TEXTS = 2950, 2951, 25, 1009


class _Column:
    __slots__ = ("data",)
    ELEMENT: ClassVar[int]

    def __init__(self, parts: list[bytes]) -> None:
        head = _HEAD(1, 0, self.ELEMENT, len(parts), 1) if parts else _EMPTY(0, 0, self.ELEMENT)
        self.data = b"".join((head, *parts))


class Uuids(_Column):
    """uuid[]."""

    ELEMENT = _UUID

    def __init__(self, values: Iterable[UUID]) -> None:
        """Pack ids."""
        super().__init__([_SIXTEEN + value.bytes for value in values])


class Texts(_Column):
    """text[]."""

    ELEMENT = _TEXT

    def __init__(self, values: Iterable[str]) -> None:
        """Pack texts."""
        encoded = (value.encode() for value in values)
        super().__init__([_LENGTH(len(data)) + data for data in encoded])


class Field:
    """One value as it was packed for COPY, sent as a parameter; its type is that of the column."""

    __slots__ = ("data",)

    def __init__(self, data: bytes) -> None:
        """Take the bytes without their length."""
        self.data = data


def fields(row: bytes) -> list[Field | None]:
    """Take a row packed for COPY apart again."""
    found: list[Field | None] = []
    at = 0
    while at < len(row):
        (length,) = _READ(row, at)
        at += 4
        if length < 0:
            found.append(None)
        else:
            found.append(Field(row[at : at + length]))
            at += length
    return found


class _FieldSent(Dumper):
    format = Format.BINARY
    oid = 0  # the database knows it from the column

    def dump(self, obj: Field) -> Buffer:
        return obj.data


class _Sent(Dumper):
    format = Format.BINARY

    def dump(self, obj: _Column) -> Buffer:
        return obj.data


class _UuidsSent(_Sent):
    oid = _UUIDS


class _TextsSent(_Sent):
    oid = _TEXTS


def register(context: AdaptContext) -> None:
    """Teach a connection to send these as they are."""
    assert context.adapters is not None  # noqa: S101 - a connection has them
    context.adapters.register_dumper(Uuids, _UuidsSent)
    context.adapters.register_dumper(Texts, _TextsSent)
    context.adapters.register_dumper(Field, _FieldSent)
