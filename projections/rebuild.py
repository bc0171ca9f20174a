"""Rebuilds a read model beside itself and puts the new one in place, while readers go on."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager, ExitStack, nullcontext
from secrets import token_hex
from threading import Lock
from time import sleep
from typing import Any, Self

import psycopg
import structlog
from psycopg import sql

from eventlog.connection import connect
from eventlog.keys import KeyRing, MasterKey
from eventlog.mapper import EntryMapper
from projections import schema
from projections.batch import Batches
from projections.folding import Folds
from projections.helping import WORTH_IT, helped, helpers
from projections.keystore import Keys
from projections.model import ReadModel
from projections.models import BY_NAME
from projections.reading import LogReader
from projections.replaying import PART, Slice, replay, work, writing
from projections.writing import SWAPS, apply, lock_key

REBUILDS = 5352
"""The class of the advisory locks that let one rebuild of a read model at a time pass."""
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
    projector may run meanwhile, or not; what a crashed rebuild left is removed first. Among many
    entries other cores of this machine help.
    """
    model = BY_NAME[name]
    with connect(dsn) as keys:
        reader = LogReader(EntryMapper(KeyRing(master, Keys(lambda: keys))))
        return _rebuild(_Rebuild(dsn, reader, [model], master), progress)


def rebuild_models(dsn: str, reader: LogReader, models: Sequence[ReadModel]) -> int:
    """Rebuild several in one pass over the log, with a reader that is there already."""
    return _rebuild(_Rebuild(dsn, reader, models, None), lambda _done, _of: None)


def _rebuild(rebuilding: _Rebuild, progress: Progress) -> int:
    with rebuilding:
        return rebuilding.run(progress)


class _Rebuild:
    """One rebuild: one connection writes, one reads the log, one reads it again where needed."""

    def __init__(
        self, dsn: str, reader: LogReader, models: Sequence[ReadModel], master: MasterKey | None
    ) -> None:
        self._dsn = dsn
        self._reader = reader
        self._master = master
        # A name of its own: what a helper of one that was killed still writes finds no schema.
        self._shadows = {f"{model.NAME}_shadow_{token_hex(4)}": model for model in models}
        self._stack = ExitStack()

    def __enter__(self) -> Self:
        with ExitStack() as stack:
            self._connection = stack.enter_context(writing(self._dsn))
            self._log = stack.enter_context(connect(self._dsn))
            self._aside = stack.enter_context(connect(self._dsn))
            for model in self._shadows.values():
                self._hold(model.NAME)
            self._stack = stack.pop_all()
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()

    def _hold(self, name: str) -> None:
        held = self._connection.execute(
            "SELECT pg_try_advisory_lock(%s, %s)", (REBUILDS, lock_key(name))
        ).fetchone()
        if held is None or not held[0]:
            raise Rebuilding(name)

    def run(self, progress: Progress) -> int:
        for shadow, model in self._shadows.items():
            _remove_leftovers(self._connection, model.NAME)
            schema.create(self._connection, model, shadow)
        end = self._replay(progress)
        return min([self._finish(*each, end) for each in self._shadows.items()])

    def _replay(self, progress: Progress) -> int:
        """Copy every stream whole: each is folded once."""
        end, done, lock = self._reader.end(self._connection), 0, Lock()

        def told(count: int) -> None:
            nonlocal done
            with lock:  # helpers tell as well
                done += count
                progress(done, end)

        with self._slices(end, told) as slices:
            replay(self._dsn, self._reader, self._shadows, end, slices, told=told)
        return end

    def _slices(
        self, end: int, told: Callable[[int], None]
    ) -> AbstractContextManager[Iterable[Slice]]:
        count = helpers()
        if self._master is None or not count or not self._much():
            return nullcontext([Slice(0, 1)])
        names = {shadow: model.NAME for shadow, model in self._shadows.items()}
        return helped(self._dsn, self._master, names, end, told, count=count)

    def _much(self) -> bool:
        return self._reader.behind(self._log, 0, WORTH_IT) == WORTH_IT

    def _finish(self, shadow: str, model: ReadModel, at: int) -> int:
        """Index what was copied, take in what came meanwhile, and put it in place."""
        schema.index(self._connection, model, shadow)
        schema.analyse(self._connection, shadow)
        with self._connection.cursor() as cursor:
            if at:
                schema.position_of(shadow).advance(cursor, at)
            one = _One(self._reader, self._log, self._aside, model, shadow)
            while self._reader.behind(self._log, at, CLOSE_ENOUGH) == CLOSE_ENOUGH:
                with self._connection.transaction():
                    at = one.advance(cursor, at)
            at = self._swap(cursor, one, at)
        _remove_leftovers(self._connection, model.NAME)
        return at

    def _swap(self, cursor: psycopg.Cursor[Any], one: _One, at: int) -> int:
        """Come to where the standing one is while nobody writes to it, and take its place."""
        name = one.model.NAME
        old = sql.Identifier(f"{name}_old_{token_hex(4)}")
        with self._connection.transaction():
            cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", (SWAPS, lock_key(name)))
            standing = schema.standing_digest(self._connection, name) is not None
            upto = schema.position(cursor, name) if standing else at
            while (further := one.advance(cursor, at, upto)) > at:
                at = further
            if standing:
                cursor.execute(
                    sql.SQL("ALTER SCHEMA {} RENAME TO {}").format(sql.Identifier(name), old)
                )
            cursor.execute(
                sql.SQL("ALTER SCHEMA {} RENAME TO {}").format(
                    sql.Identifier(one.shadow), sql.Identifier(name)
                )
            )
        return at


class _One:
    """One of the read models, as it catches up with what came during the rebuild."""

    def __init__(
        self,
        reader: LogReader,
        log: psycopg.Connection[Any],
        aside: psycopg.Connection[Any],
        model: ReadModel,
        shadow: str,
    ) -> None:
        self.model = model
        self.shadow = shadow
        self._reader = reader
        self._log = log
        self._aside = aside
        self._batches = Batches(reader, Folds() if model.FOLDS else None)

    def advance(self, cursor: psycopg.Cursor[Any], at: int, upto: int | None = None) -> int:
        """Take the next entries in, as the projector does."""
        records = self._reader.after(self._log, at, PART, upto)
        if not records:
            return at
        parked = schema.parked(cursor.connection, self.shadow)
        batch = self._batches.next(self._log, records, parked)
        apply(cursor, work(self.model, batch, self._batches, self._aside, parked), self.shadow)
        schema.position_of(self.shadow).advance(cursor, batch.upto)
        return batch.upto


def _remove_leftovers(connection: psycopg.Connection[Any], name: str) -> None:
    """Drop shadows and predecessors; one that is still read is left for the next rebuild."""
    rows = connection.execute(
        "SELECT nspname FROM pg_namespace"
        " WHERE starts_with(nspname, %s) OR starts_with(nspname, %s)",
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
