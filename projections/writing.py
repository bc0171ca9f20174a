"""Writes what read models change: rows and position in one transaction, or nothing of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from functools import lru_cache
from typing import Any, NamedTuple
from uuid import UUID
from zlib import crc32

import psycopg
from psycopg import sql

from projections import packing, schema
from projections.arrays import fields
from projections.batch import Batch
from projections.model import Change, Delete, Fill, ReadModel
from projections.reading import Broken

SWAPS = 5351
"""The class of the advisory locks that a rebuild takes to put its schema in place."""


FEW = 40
"""Rows up to which inserting in a pipeline is quicker than a COPY, which takes round trips."""


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

    All of it is one transaction; when it is little, few round trips. Gives what was parked, by
    read model. Raises Moved when one of them stands elsewhere.
    """
    names = tuple(work.model.NAME for work in works)
    with ExitStack() as stack:
        if all(_little(work) for work in works):
            stack.enter_context(connection.pipeline())
        stack.enter_context(connection.transaction())
        cursor = stack.enter_context(connection.cursor())
        _enter(connection, names, before)
        for work in works:
            apply(cursor, work, work.model.NAME)
        _leave(connection, names, before, upto)
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
        _enter(connection, (name,), before)
        for stream in dict.fromkeys(each.stream for each in batch.items):
            part = batch.of({stream})
            try:
                with connection.transaction():
                    apply(cursor, Work(work.model, list(work.model.changes(part)), {}), name)
            except (psycopg.DataError, psycopg.IntegrityError) as error:
                reason = f"The database refuses its rows ({type(error).__name__})."
                parking[stream] = Broken(part.items[0].position, reason, part.items[0].type)
        apply(cursor, Work(work.model, (), parking, work.unparking), name)
        _leave(connection, (name,), before, upto)
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


def _little(work: Work) -> bool:
    return not work.parking and all(
        isinstance(change, Delete) or len(change.rows) <= FEW for change in work.changes
    )


def _enter(connection: psycopg.Connection[Any], names: tuple[str, ...], before: int) -> None:
    # A statement of its own: what follows sees the schema that a rebuild put in place.
    connection.execute(_locks(names), prepare=True)
    standing = connection.execute(_positions(names), prepare=True).fetchone()
    if standing is None or any(position != before for position in standing):
        raise Moved(names)


def _leave(
    connection: psycopg.Connection[Any], names: tuple[str, ...], before: int, upto: int
) -> None:
    if upto == before:
        return
    sent = [schema.position_of(name).send(connection, upto) for name in names]
    if any(cursor.fetchone() is None for cursor in sent):
        raise Moved(names)


def _delete(cursor: psycopg.Cursor[Any], model: ReadModel, change: Delete, name: str) -> None:
    cursor.execute(schema.statement(model.NAME, change.section, name), change.keys, prepare=True)


def _fill(cursor: psycopg.Cursor[Any], fill: Fill, name: str) -> None:
    if len(fill.rows) > FEW:
        with cursor.copy(_copy(fill.table, name)) as copy:
            copy.write(fill.table.stream(fill.rows))
        return
    for row in fill.rows:
        cursor.execute(_insert(fill.table, name), fields(row), prepare=True)


@lru_cache(maxsize=256)
def _copy(table: packing.Table, name: str) -> bytes:
    return (
        sql.SQL("COPY {} ({}) FROM STDIN (FORMAT BINARY)")
        .format(sql.Identifier(name, table.name), _columns(table))
        .as_bytes(None)
    )


@lru_cache(maxsize=256)
def _insert(table: packing.Table, name: str) -> bytes:
    values = sql.SQL(", ").join([sql.SQL("%b")] * len(table.columns))
    return (
        sql.SQL("INSERT INTO {} ({}) VALUES ({})")
        .format(sql.Identifier(name, table.name), _columns(table), values)
        .as_bytes(None)
    )


def _columns(table: packing.Table) -> sql.Composed:
    return sql.SQL(", ").join(map(sql.Identifier, table.columns))


@lru_cache(maxsize=256)
def _locks(names: tuple[str, ...]) -> bytes:
    lock = sql.SQL("pg_advisory_xact_lock_shared({}, {})")
    locks = [lock.format(SWAPS, lock_key(name)) for name in sorted(names)]
    return sql.SQL("SELECT {}").format(sql.SQL(", ").join(locks)).as_bytes(None)


@lru_cache(maxsize=256)
def _positions(names: tuple[str, ...]) -> bytes:
    each = [b"(" + schema.statement("", "position", name) + b")" for name in names]
    return b"SELECT " + b", ".join(each)
