"""Packs what is appended as PostgreSQL's binary arrays of rows; adapters cost a tenth more."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from struct import Struct
from typing import Any

import psycopg
from psycopg.adapt import Dumper
from psycopg.pq import Format

from domain.events.base import Grant, GrantEnd
from eventlog.entry import Rests, Unit

_INT2, _INT4, _BYTEA, _TEXT, _UUID, _TIMESTAMPTZ, _DATE = 21, 23, 17, 25, 2950, 1184, 1082
_COLUMN = Struct("!Ii").pack  # type and length
_ARRAY = Struct("!iiIii").pack
_EMPTY = Struct("!iiI").pack
_LENGTH = Struct("!i").pack
_TIMESTAMP = Struct("!Iiq").pack
_EPOCH = datetime(2000, 1, 1, tzinfo=UTC)
_EPOCH_DAY = date(2000, 1, 1)
_MICROSECONDS = 1_000_000
_DAY = 86_400
# The columns of fixed length at the head of a row: their number, unit, stream.
_HEAD = Struct("!i Iii Ii16s").pack
_VERSION = Struct("!Iii").pack
_TWO_UUIDS = Struct("!Ii16s Ii16s").pack
_SMALL = Struct("!Iih").pack
_NO_KEY = _COLUMN(_BYTEA, -1) + _COLUMN(_BYTEA, -1) + _COLUMN(_INT2, -1)
_NO_REST = _COLUMN(_UUID, -1) + _COLUMN(_INT4, -1)
_REST = Struct("!Ii16s Iii").pack
_ENTRY_COLUMNS, _GRANT_COLUMNS = 15, 9
# Where the ids stand in what an entry is bound to.
_EVENT, _STREAM, _KEY = slice(16), slice(16, 32), slice(32, 48)
_MICROS = Struct("!q").pack
_SIZE = Struct("!h").pack
ALONE = (
    *(_UUID, _INT4, _TEXT, _BYTEA, _UUID, _UUID, _TIMESTAMPTZ, _BYTEA, _BYTEA),
    *(_BYTEA, _BYTEA, _INT2, _UUID, _INT4),
)
"""The types of what log.append_one is given before its last parameter."""


class Entries:
    """log.new_entry[]."""

    __slots__ = ("_units",)

    def __init__(self, units: Sequence[Unit]) -> None:
        """Hold the entries of these units; they are packed when they are sent."""
        self._units = units

    @property
    def rows(self) -> list[bytes]:
        """Each entry as a row."""
        return [
            _entry(number, entry, unit.keys.get(at), unit.rests)
            for number, unit in enumerate(self._units, 1)
            for at, entry in enumerate(unit.entries)
        ]

    @property
    def single(self) -> bool:
        """Say whether each unit holds one entry."""
        return all(len(unit.entries) == 1 for unit in self._units)

    @property
    def alone(self) -> list[bytes | None] | None:
        """The only entry as what log.append_one is given (see ALONE); None when there are more."""
        if len(self._units) != 1 or len(self._units[0].entries) != 1:
            return None
        (unit,) = self._units
        return _alone(unit.entries[0], unit.keys.get(0), unit.rests)


class Grants:
    """log.new_grant[]."""

    __slots__ = ("rows",)

    def __init__(self, units: Sequence[Unit]) -> None:
        """Pack the grants of these units."""
        self.rows = [
            _grant(number, grant) for number, unit in enumerate(units, 1) for grant in unit.grants
        ]


def register(connection: psycopg.Connection[Any]) -> None:
    """Teach a connection to send these; asks it for the numbers of our types."""
    for column, name in ((Entries, "new_entry"), (Grants, "new_grant")):
        found = connection.execute(
            "SELECT oid, typarray FROM pg_type WHERE oid = %s::regtype", (f"log.{name}",)
        ).fetchone()
        assert found is not None  # noqa: S101 - regtype raises for an unknown name
        connection.adapters.register_dumper(column, _dumper(*found))


def _dumper(row_type: int, array_type: int) -> type[Dumper]:
    class Rows(Dumper):
        format = Format.BINARY
        oid = array_type

        def dump(self, obj: Any) -> bytes:
            rows = obj.rows
            if not rows:
                return _EMPTY(0, 0, row_type)
            parts = [_ARRAY(1, 0, row_type, len(rows), 1)]
            for row in rows:
                parts.append(_LENGTH(len(row)))
                parts.append(row)
            return b"".join(parts)

    return Rows


def _entry(
    number: int, entry: Any, key: tuple[bytes, bytes, int] | None, rests: Rests | None
) -> bytes:
    kind, ids = entry.topic.encode(), entry.bound_to
    state, header, envelope = entry.state, entry.header, entry.envelope
    parts = [
        _HEAD(_ENTRY_COLUMNS, _INT4, 4, number, _UUID, 16, ids[_STREAM]),
        _VERSION(_INT4, 4, entry.originator_version),
        _COLUMN(_TEXT, len(kind)),
        kind,
        _COLUMN(_BYTEA, len(state)),
        state,
        _TWO_UUIDS(_UUID, 16, ids[_EVENT], _UUID, 16, ids[_KEY]),
        _TIMESTAMP(_TIMESTAMPTZ, 8, _micros(entry.recorded_at)),
        _COLUMN(_BYTEA, len(header)),
        header,
        _COLUMN(_BYTEA, len(envelope)),
        envelope,
    ]
    if key is None:
        parts.append(_NO_KEY)
    else:
        name, digest, size = key
        parts += (_COLUMN(_BYTEA, len(name)), name, _COLUMN(_BYTEA, len(digest)), digest)
        parts.append(_SMALL(_INT2, 2, size))
    if rests is None:
        parts.append(_NO_REST)
    else:
        stream, version = rests
        parts.append(_REST(_UUID, 16, stream.bytes, _INT4, 4, version))
    return b"".join(parts)


def _alone(
    entry: Any, key: tuple[bytes, bytes, int] | None, rests: Rests | None
) -> list[bytes | None]:
    name, digest, size = (None, None, None) if key is None else key
    ids = entry.bound_to
    return [
        ids[_STREAM],
        _LENGTH(entry.originator_version),
        entry.topic.encode(),
        entry.state,
        ids[_EVENT],
        ids[_KEY],
        _MICROS(_micros(entry.recorded_at)),
        entry.header,
        entry.envelope,
        name,
        digest,
        None if size is None else _SIZE(size),
        None if rests is None else rests[0].bytes,
        None if rests is None else _LENGTH(rests[1]),
    ]


def _micros(moment: datetime) -> int:
    since = moment - _EPOCH
    return (since.days * _DAY + since.seconds) * _MICROSECONDS + since.microseconds


def _grant(number: int, grant: Grant | GrantEnd) -> bytes:
    values: Iterable[tuple[int, bytes | None]]
    if isinstance(grant, Grant):
        until = None if grant.until is None else _LENGTH((grant.until - _EPOCH_DAY).days)
        organisation = None if grant.organisation is None else grant.organisation.bytes
        values = (
            (_TEXT, grant.key.encode()),
            (_UUID, grant.holder.bytes),
            (_TEXT, grant.kind.value.encode()),
            (_TEXT, grant.role.encode()),
            (_UUID, organisation),
            (_TEXT, grant.categories.encode()),
            (_DATE, until),
        )
    else:
        rest = (_UUID, _TEXT, _TEXT, _UUID, _TEXT, _DATE)
        values = ((_TEXT, grant.key.encode()), *((of, None) for of in rest))
    head = _HEAD(_GRANT_COLUMNS, _INT4, 4, number, _UUID, 16, grant.stream.bytes)
    return head + b"".join(
        _COLUMN(of, -1) if data is None else _COLUMN(of, len(data)) + data for of, data in values
    )
