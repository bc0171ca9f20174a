"""Replays the log stream by stream into the schemas of read models that are made anew."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack
from typing import Any, NamedTuple
from uuid import UUID

import psycopg

from eventlog.connection import connect
from projections.ahead import ahead
from projections.arrays import register
from projections.batch import Batch, Batches
from projections.collecting import without_collecting
from projections.folding import Folds
from projections.model import ReadModel
from projections.preparing import prepare
from projections.reading import LogReader, Record, streams_of
from projections.writing import Work, apply

PART = 2_000
_IDS = 2**128


class Slice(NamedTuple):
    """One of so many equal parts into which streams are divided by their ids."""

    number: int
    of: int


def replay(  # noqa: PLR0913 - what is read, what is made of it, and who is told
    dsn: str,
    reader: LogReader,
    shadows: Mapping[str, ReadModel],
    end: int,
    slices: Iterable[Slice],
    *,
    told: Callable[[int], None],
) -> None:
    """Copy every stream of these slices whole, up to a position: each is folded once.

    `shadows` names the schemas, which are empty but for other slices; `told` hears of each part
    how many entries it had.
    """
    with ExitStack() as stack:
        log, aside = (stack.enter_context(connect(dsn)) for _ in range(2))
        writers = [_Writer(stack, dsn, *each) for each in shadows.items()]
        models = list(shadows.values())
        folding = any(model.FOLDS for model in models)
        batches = Batches(reader, Folds() if folding else None)
        for records in ahead(_parts(reader, log, models, end, slices)):
            with without_collecting():
                batch = batches.whole(reader.open(records), end, streams_of(records))
                works = [work(model, batch, batches, aside) for model in models]
            for writer, each in zip(writers, works, strict=True):
                writer.write(each)
            told(len(records))
        for writer in writers:
            writer.finish()


def work(
    model: ReadModel,
    batch: Batch,
    batches: Batches,
    aside: psycopg.Connection[Any],
    parked: Mapping[UUID, bool] | None = None,
) -> Work:
    """Make of a batch what a read model changes; a stream that breaks is read again aside."""

    def whole(stream: UUID, at: int) -> Batch:
        return batches.again(aside, [stream], at)

    return Work(model, *prepare(model, batch, parked or (), whole))


def _parts(
    reader: LogReader,
    log: psycopg.Connection[Any],
    models: Sequence[ReadModel],
    end: int,
    slices: Iterable[Slice],
) -> Iterator[list[Record]]:
    ignored = frozenset.intersection(*(model.IGNORES for model in models))
    for number, of in slices:
        first, last = _IDS * number // of, _IDS * (number + 1) // of - 1
        streams = UUID(int=first), UUID(int=last)
        yield from reader.by_stream(log, end, PART, ignored, streams)


class _Writer:
    """Writes one read model beside the work on what comes next, over a connection of its own."""

    def __init__(self, stack: ExitStack, dsn: str, schema: str, model: ReadModel) -> None:
        self._schema = schema
        self._connection = stack.enter_context(writing(dsn))
        self._pool = stack.enter_context(
            ThreadPoolExecutor(1, thread_name_prefix=f"rebuild-{model.NAME}")
        )
        self._written: Future[None] | None = None

    def write(self, changes: Work) -> None:
        """Wait for what was given before, and begin with this."""
        self.finish()
        self._written = self._pool.submit(self._write, changes)

    def finish(self) -> None:
        """Wait for what was given; raises what went wrong with it."""
        if self._written is not None:
            self._written.result()

    def _write(self, changes: Work) -> None:
        with self._connection.transaction(), self._connection.cursor() as cursor:
            apply(cursor, changes, self._schema, empty=True)


def writing(dsn: str) -> psycopg.Connection[Any]:
    """Open a connection that writes derived data.

    It does not wait for the disk: after a crash the position is as old as the rows, and what was
    lost of both is made again.
    """
    connection = connect(dsn)
    connection.execute("SET synchronous_commit = off")
    register(connection)
    return connection
