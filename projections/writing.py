"""Writes what read models change: rows and position in one transaction, or nothing of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple
from uuid import UUID
from zlib import crc32

import psycopg
from psycopg import sql

from projections import packing, schema
from projections.model import Change, Delete, Fill, ReadModel
from projections.reading import Broken

SWAPS = 5351
"""The class of advisory locks that a rebuild takes for itself to put its schema in place."""


class Moved(Exception):
    """The read model is not where we left it: rebuilt, or written by another projector."""


class Work(NamedTuple):
    """What one read model makes of a batch."""

    model: ReadModel
    changes: Sequence[Change]
    parking: Mapping[UUID, Broken]
    unparking: Sequence[UUID] = ()


def lock_key(name: str) -> int:
    """Give the number under which a read model is locked."""
    return crc32(name.encode()) & 0x7FFF_FFFF


def store(
    connection: psycopg.Connection[Any], works: Iterable[Work], before: int, upto: int
) -> None:
    """Write the changes of read models that stand at `before`, which brings them to `upto`.

    All of it is one transaction. Raises Moved when one of them stands elsewhere.
    """
    with connection.transaction(), connection.cursor() as cursor:
        for work in works:
            name = work.model.NAME
            # A statement of its own: what follows sees the schema that a rebuild put in place.
            cursor.execute("SELECT pg_advisory_xact_lock_shared(%s, %s)", (SWAPS, lock_key(name)))
            if schema.position(cursor, name) != before:
                raise Moved(name)
            apply(cursor, work, name)
            if upto > before:
                schema.position_of(name).advance(cursor, upto)


def apply(cursor: psycopg.Cursor[Any], work: Work, name: str, *, empty: bool = False) -> None:
    """Make the changes in a schema; in an empty one nothing is deleted."""
    for change in work.changes:
        if isinstance(change, Fill):
            _fill(cursor, change, name)
        elif not empty:
            _delete(cursor, work.model, change, name)
    if work.unparking:
        cursor.execute(schema.statement("", "unpark", name), (list(work.unparking),))
    if work.parking:
        streams, broken = zip(*work.parking.items(), strict=True)
        positions, reasons = zip(*broken, strict=True)
        cursor.execute(
            schema.statement("", "park", name), (list(streams), list(positions), list(reasons))
        )


def _delete(cursor: psycopg.Cursor[Any], model: ReadModel, change: Delete, name: str) -> None:
    cursor.execute(schema.statement(model.NAME, change.section, name), change.keys, prepare=True)


def _fill(cursor: psycopg.Cursor[Any], fill: Fill, name: str) -> None:
    if not fill.rows:
        return
    with cursor.copy(_copy(fill, name)) as copy:
        copy.write(packing.stream(fill.rows))


def _copy(fill: Fill, name: str) -> sql.Composed:
    return sql.SQL("COPY {}.{} ({}) FROM STDIN (FORMAT BINARY)").format(
        sql.Identifier(name),
        sql.Identifier(fill.table.name),
        sql.SQL(", ").join(map(sql.Identifier, fill.table.columns)),
    )
