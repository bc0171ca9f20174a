"""Rebuilds a read model beside itself and puts the new one in place, while readers go on."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from secrets import token_hex
from time import sleep
from typing import Any
from uuid import UUID

import psycopg
import structlog
from psycopg import sql

from eventlog.connection import connect
from eventlog.keys import KeyRing, MasterKey
from eventlog.mapper import EntryMapper
from projections import schema
from projections.ahead import ahead
from projections.arrays import register
from projections.batch import Batch, Batches
from projections.collecting import without_collecting
from projections.folding import Folds
from projections.keystore import Keys
from projections.model import ReadModel
from projections.models import BY_NAME
from projections.preparing import prepare
from projections.reading import LogReader, Record, streams_of
from projections.writing import SWAPS, Work, apply, lock_key

REBUILDS = 5352
"""The class of the advisory locks that let one rebuild of a read model at a time pass."""
PART = 4_000
CLOSE_ENOUGH = 500
"""Entries left to take in under the lock that stops the projector's writing."""
_DROP_TRIES = 20
_DROP_PATIENCE = "200ms"
_DROP_PAUSE = 0.1

logger = structlog.get_logger()
Progress = Callable[[int, int], None]
"""Is told how many entries were taken in, of how many."""


class Rebuilding(Exception):
    """Somebody else is rebuilding this read model."""


def rebuild(
    dsn: str, master: MasterKey, name: str, *, progress: Progress = lambda _done, _of: None
) -> int:
    """Make a read model anew from the log, as the projector's role; give where it then stands.

    Raises KeyError for an unknown name and Rebuilding when that is going on already. The
    projector may run meanwhile, or not; what a crashed rebuild left is removed first.
    """
    model = BY_NAME[name]
    with connect(dsn) as keys:
        reader = LogReader(EntryMapper(KeyRing(master, Keys(lambda: keys))))
        return rebuild_model(dsn, reader, model, progress)


def rebuild_model(
    dsn: str, reader: LogReader, model: ReadModel, progress: Progress = lambda _done, _of: None
) -> int:
    """Rebuild with a reader that is there already."""
    with connect(dsn) as connection, connect(dsn) as log, connect(dsn) as aside:
        connection.execute("SET synchronous_commit = off")
        register(connection)
        held = connection.execute(
            "SELECT pg_try_advisory_lock(%s, %s)", (REBUILDS, lock_key(model.NAME))
        ).fetchone()
        if held is None or not held[0]:
            raise Rebuilding(model.NAME)
        return _Rebuild(connection, log, aside, reader, model).run(progress)


class _Rebuild:
    """One rebuild: one connection writes, one reads the log, one reads it again where needed."""

    def __init__(
        self,
        connection: psycopg.Connection[Any],
        log: psycopg.Connection[Any],
        aside: psycopg.Connection[Any],
        reader: LogReader,
        model: ReadModel,
    ) -> None:
        self._connection = connection
        self._log = log
        self._aside = aside
        self._reader = reader
        self._model = model
        self._shadow = f"{model.NAME}_shadow"

    def run(self, progress: Progress) -> int:
        _remove_leftovers(self._connection, self._model.NAME)
        schema.create(self._connection, self._model, self._shadow)
        at = self._replay(progress)
        schema.index(self._connection, self._model, self._shadow)
        self._connection.execute(sql.SQL("ANALYZE {}").format(sql.SQL(", ").join(self._tables())))
        batches = self._batches()
        while self._reader.behind(self._log, at, CLOSE_ENOUGH) == CLOSE_ENOUGH:
            with self._connection.transaction(), self._connection.cursor() as cursor:
                at = self._advance(cursor, batches, at, None)
        at = self._swap(batches, at)
        _remove_leftovers(self._connection, self._model.NAME)
        return at

    def _batches(self) -> Batches:
        return Batches(self._reader, Folds() if self._model.FOLDS else None)

    def _tables(self) -> list[sql.Composed]:
        rows = self._connection.execute(
            "SELECT tablename FROM pg_tables WHERE schemaname = %s", (self._shadow,)
        ).fetchall()
        shadow = sql.Identifier(self._shadow)
        return [sql.SQL("{}.{}").format(shadow, sql.Identifier(name)) for (name,) in rows]

    def _replay(self, progress: Progress) -> int:
        """Copy every stream whole, in the order of the streams: each is folded once."""
        batches, end, done = self._batches(), self._reader.end(self._connection), 0
        parts = self._reader.by_stream(self._log, end, PART, self._model.IGNORES)
        with ThreadPoolExecutor(1, thread_name_prefix="rebuild") as pool:
            written: Future[None] = Future()
            written.set_result(None)
            for records in ahead(parts):
                with without_collecting():
                    work = self._taken(records, batches, end)
                written.result()
                written = pool.submit(self._add, work)
                done += len(records)
                progress(done, end)
            written.result()
        if end:
            with self._connection.cursor() as cursor:
                schema.position_of(self._shadow).advance(cursor, end)
        return end

    def _taken(self, records: Sequence[Record], batches: Batches, end: int) -> Work:
        batch = batches.whole(self._reader.open(records), end, streams_of(records))
        return self._work(batch, batches, ())

    def _add(self, work: Work) -> None:
        with self._connection.transaction(), self._connection.cursor() as cursor:
            apply(cursor, work, self._shadow, empty=True)

    def _work(self, batch: Batch, batches: Batches, parked: Collection[UUID]) -> Work:
        def whole(stream: UUID, at: int) -> Batch:
            return batches.again(self._aside, [stream], at)

        return Work(self._model, *prepare(self._model, batch, parked, whole))

    def _advance(
        self, cursor: psycopg.Cursor[Any], batches: Batches, at: int, upto: int | None
    ) -> int:
        """Take the next entries in, as the projector does."""
        records = self._reader.after(self._log, at, PART, upto)
        if not records:
            return at
        parked = schema.parked(self._connection, self._shadow)
        batch = batches.next(self._log, records, parked)
        apply(cursor, self._work(batch, batches, parked), self._shadow)
        schema.position_of(self._shadow).advance(cursor, batch.upto)
        return batch.upto

    def _swap(self, batches: Batches, at: int) -> int:
        """Come to where the standing one is while nobody writes to it, and take its place."""
        name = self._model.NAME
        old = sql.Identifier(f"{name}_old_{token_hex(4)}")
        with self._connection.transaction(), self._connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", (SWAPS, lock_key(name)))
            standing = schema.standing_digest(self._connection, name) is not None
            upto = schema.position(cursor, name) if standing else at
            while (further := self._advance(cursor, batches, at, upto)) > at:
                at = further
            if standing:
                cursor.execute(
                    sql.SQL("ALTER SCHEMA {} RENAME TO {}").format(sql.Identifier(name), old)
                )
            cursor.execute(
                sql.SQL("ALTER SCHEMA {} RENAME TO {}").format(
                    sql.Identifier(self._shadow), sql.Identifier(name)
                )
            )
        return at


def _remove_leftovers(connection: psycopg.Connection[Any], name: str) -> None:
    """Drop shadows and predecessors; one that is still read is left for the next rebuild."""
    rows = connection.execute(
        "SELECT nspname FROM pg_namespace WHERE nspname = %s OR starts_with(nspname, %s)",
        (f"{name}_shadow", f"{name}_old_"),
    ).fetchall()
    for (leftover,) in rows:
        _drop(connection, leftover)


def _drop(connection: psycopg.Connection[Any], name: str) -> None:
    statement = sql.SQL("DROP SCHEMA {} CASCADE").format(sql.Identifier(name))
    for _ in range(_DROP_TRIES):
        try:
            with connection.transaction():
                connection.execute(f"SET LOCAL lock_timeout = '{_DROP_PATIENCE}'")
                connection.execute(statement)
        except psycopg.errors.LockNotAvailable:
            sleep(_DROP_PAUSE)
        else:
            return
    logger.warning("old_read_model_still_read", schema=name)
