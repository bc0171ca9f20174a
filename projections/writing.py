"""Writes what read models change: rows and position in one transaction, or nothing of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple
from uuid import UUID
from zlib import crc32

import psycopg
from psycopg import sql

from projections import packing, schema
from projections.batch import Batch
from projections.model import Change, Delete, Fill, ReadModel
from projections.reading import Broken

SWAPS = 5351
"""The class of the advisory locks that a rebuild takes to put its schema in place."""


class Moved(Exception):
    """The read model is not where we left it: rebuilt, or written by another projector."""


class Work(NamedTuple):
    """What one read model makes of a batch."""

    model: ReadModel
    changes: Sequence[Change]
    parking: Mapping[UUID, Broken]
    unparking: Sequence[UUID] = ()
    batch: Batch | None = None
    """What it was made from, to find the stream that the database refuses."""


def lock_key(name: str) -> int:
    """Give the number under which a read model is locked."""
    return crc32(name.encode()) & 0x7FFF_FFFF


def store(
    connection: psycopg.Connection[Any], works: Sequence[Work], before: int, upto: int
) -> dict[str, set[UUID]]:
    """Write the changes of read models that stand at `before`, which brings them to `upto`.

    All of it is one transaction. Gives what was parked, by read model. Raises Moved when one of
    them stands elsewhere.
    """
    with connection.transaction(), connection.cursor() as cursor:
        for work in works:
            _enter(cursor, work.model.NAME, before)
            apply(cursor, work, work.model.NAME)
            _leave(cursor, work.model.NAME, before, upto)
    return {work.model.NAME: set(work.parking) for work in works}


def store_apart(
    connection: psycopg.Connection[Any], work: Work, before: int, upto: int
) -> dict[str, set[UUID]]:
    """Write stream by stream, and park those that the database refuses as they stood before."""
    name, batch = work.model.NAME, work.batch
    if batch is None:
        return {}
    parking = dict(work.parking)
    with connection.transaction(), connection.cursor() as cursor:
        _enter(cursor, name, before)
        for stream in dict.fromkeys(each.stream for each in batch.items):
            part = batch.of({stream})
            try:
                with connection.transaction():
                    apply(cursor, Work(work.model, list(work.model.changes(part)), {}), name)
            except (psycopg.DataError, psycopg.IntegrityError) as error:
                reason = f"The database refuses its rows ({type(error).__name__})."
                parking[stream] = Broken(part.items[0].position, reason, part.items[0].type)
        apply(cursor, Work(work.model, (), parking, work.unparking), name)
        _leave(cursor, name, before, upto)
    return {name: set(parking)}


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
        positions, reasons, _ = zip(*broken, strict=True)
        cursor.execute(
            schema.statement("", "park", name), (list(streams), list(positions), list(reasons))
        )


def _enter(cursor: psycopg.Cursor[Any], name: str, before: int) -> None:
    # A statement of its own: what follows sees the schema that a rebuild put in place.
    cursor.execute("SELECT pg_advisory_xact_lock_shared(%s, %s)", (SWAPS, lock_key(name)))
    if schema.position(cursor, name) != before:
        raise Moved(name)


def _leave(cursor: psycopg.Cursor[Any], name: str, before: int, upto: int) -> None:
    if upto > before:
        schema.position_of(name).advance(cursor, upto)


def _delete(cursor: psycopg.Cursor[Any], model: ReadModel, change: Delete, name: str) -> None:
    cursor.execute(schema.statement(model.NAME, change.section, name), change.keys, prepare=True)


def _fill(cursor: psycopg.Cursor[Any], fill: Fill, name: str) -> None:
    if fill.rows:
        with cursor.copy(_copy(fill.table, name)) as copy:
            copy.write(packing.stream(fill.rows))


@lru_cache(maxsize=256)
def _copy(table: packing.Table, name: str) -> sql.Composed:
    return sql.SQL("COPY {}.{} ({}) FROM STDIN (FORMAT BINARY)").format(
        sql.Identifier(name),
        sql.Identifier(table.name),
        sql.SQL(", ").join(map(sql.Identifier, table.columns)),
    )
