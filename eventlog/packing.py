"""Packs whole columns as PostgreSQL's binary arrays: the list adapter costs a tenth of an append."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from struct import Struct
from typing import Any


from psycopg.abc import AdaptContext
from psycopg.adapt import Dumper
from psycopg.pq import Format

_HEAD = Struct("!iiIii")
_LENGTH = Struct("!i")
_NULL = _LENGTH.pack(-1)
_INT2 = Struct("!h").pack
_INT4 = Struct("!i").pack
_INT8 = Struct("!q").pack
_EPOCH = datetime(2000, 1, 1, tzinfo=UTC)
_EPOCH_DAY = date(2000, 1, 1)


class Column:
    """One packed array; the class says of which type, as psycopg asks a type per class."""

    __slots__ = ("data",)
    OID = 0  # of the element
    ARRAY_OID = 0

    def __init__(self, values: Sequence[Any]) -> None:
        """Pack the values; None is NULL."""
        pack = type(self).pack
        parts = [_HEAD.pack(1, 1, self.OID, len(values), 1) if values else _EMPTY(0, 0, self.OID)]
        for value in values:
            if value is None:
                parts.append(_NULL)
            else:
                data = pack(value)
                parts.append(_LENGTH.pack(len(data)))
                parts.append(data)
        self.data = b"".join(parts)

    pack: Callable[[Any], bytes]


_EMPTY = Struct("!iiI").pack


def _timestamp(value: datetime) -> bytes:
    delta = value - _EPOCH
    return _INT8((delta.days * 86_400 + delta.seconds) * 1_000_000 + delta.microseconds)


class Uuids(Column):
    """uuid[]."""

    OID, ARRAY_OID = 2950, 2951
    pack = staticmethod(lambda value: value.bytes)


class Ints(Column):
    """integer[]."""

    OID, ARRAY_OID = 23, 1007
    pack = staticmethod(_INT4)


class SmallInts(Column):
    """smallint[]."""

    OID, ARRAY_OID = 21, 1005
    pack = staticmethod(_INT2)


class Texts(Column):
    """text[]."""

    OID, ARRAY_OID = 25, 1009
    pack = staticmethod(str.encode)


class Blobs(Column):
    """bytea[]."""

    OID, ARRAY_OID = 17, 1001
    pack = staticmethod(bytes)


class Timestamps(Column):
    """timestamptz[]."""

    OID, ARRAY_OID = 1184, 1185
    pack = staticmethod(_timestamp)


class Dates(Column):
    """date[]."""

    OID, ARRAY_OID = 1082, 1182
    pack = staticmethod(lambda value: _INT4((value - _EPOCH_DAY).days))


def register(context: AdaptContext) -> None:
    """Teach a connection to send these columns as they are."""
    for column in (Uuids, Ints, SmallInts, Texts, Blobs, Timestamps, Dates):
        dumper = type(
            f"{column.__name__}Dumper",
            (Dumper,),
            {"format": Format.BINARY, "oid": column.ARRAY_OID, "dump": lambda _, c: c.data},
        )
        context.adapters.register_dumper(column, dumper)  # type: ignore[union-attr]


