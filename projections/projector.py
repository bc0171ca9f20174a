"""The projector: reads the log once, and brings every read model to its end."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Self
from uuid import UUID

import psycopg
import structlog

from eventlog.connection import connect
from eventlog.keys import KeyRing, MasterKey
from eventlog.mapper import EntryMapper
from projections import schema
from projections.arrays import register
from projections.batch import Batch, Batches
from projections.folding import Folds
from projections.keystore import Keys
from projections.model import ReadModel
from projections.models import MODELS
from projections.preparing import prepare
from projections.reading import LogReader
from projections.writing import Moved, Work, store

BIG = 20_000
"""Entries read at once when behind."""
BESIDE = 2_000
"""Entries at once for read models that lag behind others, which go on meanwhile."""
PARALLEL_FROM = 500
"""Entries from which on read models are written side by side."""

logger = structlog.get_logger()


class Line:
    """Read models that stand at the same position, and the states folded for them."""

    def __init__(self, reader: LogReader, models: Sequence[ReadModel]) -> None:
        """Start with nothing folded."""
        self.models = models
        folds = Folds() if any(model.FOLDS for model in models) else None
        self.batches = Batches(reader, folds)


class Projector:
    """Brings read models forward, in the process and thread that calls it."""

    def __init__(
        self, dsn: str, master: MasterKey, *, models: Sequence[ReadModel] = MODELS
    ) -> None:
        """Connect as the projector's role when first used."""
        self.dsn = dsn
        self.models = models
        self._connections: list[psycopg.Connection[Any]] = []
        self._keys = Keys(self._reading)
        self.mapper = EntryMapper(KeyRing(master, self._keys))
        self.reader = LogReader(self.mapper)
        self._lines: dict[frozenset[str], Line] = {}
        self._parked: dict[str, set[UUID]] = {}
        self._positions: dict[str, int] = {}
        self._pool = ThreadPoolExecutor(len(models), thread_name_prefix="projector")
        self._ready = False

    def __enter__(self) -> Self:
        """Close at the end."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close."""
        self.close()

    def catch_up(self, upto: int | None = None) -> int:
        """Bring every read model to the end of the log (or to a position); give where that is."""
        self.prepare()
        while self.step(upto):
            pass
        return min(self._positions.values())

    def prepare(self) -> None:
        """Make what is missing, and learn where each read model stands."""
        if self._ready:
            return
        connection = self._connection(0)
        for model in self.models:
            if schema.standing_digest(connection, model.NAME) is None:
                with connection.transaction():
                    schema.create(connection, model, model.NAME)
                    schema.index(connection, model, model.NAME)
        self._look()
        self._ready = True

    def step(self, upto: int | None = None) -> int:
        """Take the next entries in, those ahead first; give how many, 0 at the end of the log."""
        taken = 0
        lines = self._lines_now()
        for line in lines:
            taken += self._take(line, upto, BIG if len(lines) == 1 else BESIDE)
        return taken

    def close(self) -> None:
        """Close every connection."""
        self._pool.shutdown()
        self._drop()

    def _look(self) -> None:
        connection = self._connection(0)
        for model in self.models:
            with connection.transaction(), connection.cursor() as cursor:
                self._positions[model.NAME] = schema.position(cursor, model.NAME)
                self._parked[model.NAME] = set(schema.parked(connection, model.NAME))

    def _lines_now(self) -> list[Line]:
        """Give the read models by where they stand, the furthest first."""
        groups: dict[int, list[ReadModel]] = {}
        for model in self.models:
            groups.setdefault(self._positions[model.NAME], []).append(model)
        lines = {}
        for _, models in sorted(groups.items(), reverse=True):
            names = frozenset(model.NAME for model in models)
            lines[names] = self._lines.get(names) or Line(self.reader, models)
        self._lines = lines
        return list(lines.values())

    def _take(self, line: Line, upto: int | None, limit: int) -> int:
        before = self._positions[line.models[0].NAME]
        end = 2**62 if upto is None else upto
        connection = self._reading()
        records = self.reader.after(connection, before, end, limit)
        if not records:
            return 0
        skip = set.intersection(*(self._parked[model.NAME] for model in line.models))
        batch = line.batches.next(connection, records, skip)
        self._write(line, before, batch)
        return len(records)

    def _write(self, line: Line, before: int, batch: Batch) -> None:
        def whole(stream: UUID, position: int) -> Batch:
            return line.batches.again(self._reading(), [stream], position)

        works = []
        for model in line.models:
            changes, broken = prepare(model, batch, self._parked[model.NAME], whole)
            works.append(Work(model, changes, broken))
        if len(batch.items) < PARALLEL_FROM and self._store(1, works, before, batch.upto):
            return
        for done in [
            self._pool.submit(self._store, number, [work], before, batch.upto)
            for number, work in enumerate(works, 1)
        ]:
            done.result()

    def _store(self, number: int, works: Sequence[Work], before: int, upto: int) -> bool:
        """Write, and note where the read models stand; one that fails stays where it was."""
        try:
            store(self._connection(number), works, before, upto)
        except Moved:
            self._ready = False
            return False
        self._note(works, upto)
        return True

    def _note(self, works: Iterable[Work], upto: int) -> None:
        for work in works:
            name = work.model.NAME
            self._positions[name] = upto
            self._parked[name] |= work.parking.keys()

    def _reading(self) -> psycopg.Connection[Any]:
        return self._connection(0)

    def _connection(self, number: int) -> psycopg.Connection[Any]:
        while len(self._connections) <= number:
            connection = connect(self.dsn)
            # Derived data: after a crash the position is as old as the rows, and both are remade.
            connection.execute("SET synchronous_commit = off")
            register(connection)
            self._connections.append(connection)
        return self._connections[number]

    def _drop(self) -> None:
        for connection in self._connections:
            connection.close()
        self._connections.clear()
