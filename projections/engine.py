"""Moves read models along the log: those at the same position together, the others beside them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from time import monotonic
from typing import Any
from uuid import UUID

import psycopg
import structlog

from eventlog.keys import KeyRing, MasterKey
from eventlog.mapper import EntryMapper
from projections import schema
from projections.batch import Batch, Batches
from projections.collecting import without_collecting
from projections.folding import Folds
from projections.keystore import Keys
from projections.model import ReadModel
from projections.preparing import prepare
from projections.reading import LogReader, Record
from projections.rebuild import rebuild_models
from projections.replaying import writing
from projections.writing import Moved, Work, store, store_apart

BIG = 20_000
"""Entries read at once when behind."""
BESIDE = 2_000
"""Entries at once for read models that lag behind others, which go on meanwhile."""
FAR = 20_000
"""Entries from which on missing read models are made stream by stream: each trajectory is folded
and written once, rather than with every batch that it has an entry in."""
PARALLEL_FROM = 500
"""Entries from which on read models are written side by side."""
_RETRIED = 500
_AHEAD = -1
_REST = 1.0
_LONGEST_REST = 30.0
_BAD_DATA = (psycopg.DataError, psycopg.IntegrityError)

logger = structlog.get_logger()


class Engine:
    """The read models of this process, where they stand, and the connections to write them."""

    def __init__(self, dsn: str, master: MasterKey, models: Sequence[ReadModel]) -> None:
        """Connect when first used."""
        self._dsn = dsn
        self._models = models
        self._connections: dict[int, psycopg.Connection[Any]] = {}
        mapper = EntryMapper(KeyRing(master, Keys(self._reading)))
        self._reader = LogReader(mapper)
        self._lines: dict[frozenset[str], _Line] = {}
        self._parked: dict[str, set[UUID]] = {}
        self._positions: dict[str, int] = {}
        self._resting: dict[str, tuple[float, float]] = {}
        self._pool = ThreadPoolExecutor(len(models) + 1, thread_name_prefix="projector")

    def prepare(self) -> None:
        """Make schemas that are missing or made from other SQL; learn where each stands."""
        found = {m: schema.standing_digest(self._reading(), m.NAME) for m in self._models}
        missing = [model for model, digest in found.items() if digest is None]
        other = [m for m, digest in found.items() if digest not in {None, schema.digest(m)}]
        far = bool(missing) and self._reader.behind(self._reading(), 0, FAR) == FAR
        if anew := other + missing if far else other:
            rebuild_models(self._dsn, self._reader, anew)
        for model in () if far else missing:
            schema.create_empty(self._reading(), model)
        self._lines.clear()
        self.look()

    def look(self) -> Mapping[str, int]:
        """Learn where each read model stands and what is parked in it; -1 without a schema."""
        connection = self._reading()
        for model in self._models:
            name = model.NAME
            if schema.standing_digest(connection, name) is None:
                self._positions[name], self._parked[name] = -1, set()
                continue
            with connection.transaction(), connection.cursor() as cursor:
                self._positions[name] = schema.position(cursor, name)
                self._parked[name] = set(schema.parked(connection, name))
        return self._positions

    def end_of_log(self) -> int:
        """Give the last position."""
        return self._reader.end(self._reading())

    def step(self) -> int:
        """Take the next entries in, those furthest ahead first; 0 when there were none."""
        lines = self._lines_now()
        taken = 0
        for line in lines:
            with without_collecting():
                taken += self._take(line, BIG if len(lines) == 1 else BESIDE)
        return taken

    def retry(self, *, asked_only: bool = False) -> None:
        """Fold parked streams anew, all of them or those for which that was asked."""
        for model in self._models:
            parked = schema.parked(self._reading(), model.NAME)
            wanted = [stream for stream, asked in parked.items() if asked or not asked_only]
            for start in range(0, len(wanted), _RETRIED):
                self._retry(model, wanted[start : start + _RETRIED])

    def drop(self) -> None:
        """Close every connection; they are opened again when needed."""
        for connection in self._connections.values():
            connection.close()
        self._connections.clear()

    def close(self) -> None:
        """Stop."""
        self._pool.shutdown()
        self.drop()

    def _retry(self, model: ReadModel, streams: Sequence[UUID]) -> None:
        line = _Line(self._reader, [model])
        at = self._positions[model.NAME]
        batch = line.batches.again(self._reading(), streams, at)
        changes, broken = prepare(model, batch, (), self._whole(line))
        self._parked[model.NAME] -= set(streams)
        self._store(0, [Work(model, changes, broken, streams)], at, at)

    def _lines_now(self) -> list[_Line]:
        """Group the read models by where they stand, the furthest first."""
        now = monotonic()
        groups: dict[int, list[ReadModel]] = {}
        for model in self._models:
            if self._resting.get(model.NAME, (0.0, 0.0))[0] <= now:
                groups.setdefault(self._positions[model.NAME], []).append(model)
        lines = {}
        for _, models in sorted(groups.items(), reverse=True):
            names = frozenset(model.NAME for model in models)
            lines[names] = self._lines.get(names) or _Line(self._reader, models)
        self._lines = lines
        return list(lines.values())

    def _take(self, line: _Line, limit: int) -> int:
        names = [model.NAME for model in line.models]
        before = self._positions[names[0]]
        records = self._records(line, before, limit)
        if not records:
            return 0
        skip = set.intersection(*(self._parked[name] for name in names))
        batch = line.batches.next(self._reading(), records, skip)
        works = [self._work(line, model, batch) for model in line.models]
        self._write(works, before, batch)
        return len(records)

    def _records(self, line: _Line, before: int, limit: int) -> list[Record]:
        """Give the next entries; when there are many, those after them are read meanwhile."""
        waiting, line.ahead = line.ahead, None
        if waiting is not None and waiting[0] == before:
            records = waiting[1].result()
        else:
            records = self._reader.after(self._reading(), before, limit)
        if len(records) == limit:
            last = records[-1][0]
            line.ahead = last, self._pool.submit(self._read_ahead, last, limit)
        return records

    def _read_ahead(self, after: int, limit: int) -> list[Record]:
        return self._reader.after(self._connection(_AHEAD), after, limit)

    def _work(self, line: _Line, model: ReadModel, batch: Batch) -> Work:
        parked = self._parked[model.NAME]
        changes, broken = prepare(model, batch, parked, self._whole(line))
        return Work(model, changes, broken, (), batch.without(parked))

    def _whole(self, line: _Line) -> Any:
        return lambda stream, at: line.batches.again(self._reading(), [stream], at)

    def _write(self, works: Sequence[Work], before: int, batch: Batch) -> None:
        """Write little in one transaction, much side by side; each alone when that fails."""
        if len(batch.items) < PARALLEL_FROM and self._store(1, works, before, batch.upto):
            return
        waiting = [
            self._pool.submit(self._store, number, [work], before, batch.upto)
            for number, work in enumerate(works, 1)
        ]
        stored = [each.result() for each in waiting]
        if not all(stored):
            self.look()

    def _store(self, number: int, works: Sequence[Work], before: int, upto: int) -> bool:
        """Write, and note where the read models stand; one that fails stays where it was."""
        try:
            try:
                parked = store(self._connection(number), works, before, upto)
            except _BAD_DATA:
                if len(works) > 1:
                    return False
                parked = store_apart(self._connection(number), works[0], before, upto)
        except Moved:
            return False
        except psycopg.Error as error:
            self._forsake(number)
            if len(works) == 1:
                self._rest(works[0].model.NAME, error)
            return False
        for work in works:
            self._note(work.model.NAME, upto, parked.get(work.model.NAME, ()))
        return True

    def _note(self, name: str, upto: int, parked: Collection[UUID]) -> None:
        self._positions[name] = upto
        self._parked[name] |= set(parked)
        self._resting.pop(name, None)

    def _rest(self, name: str, error: psycopg.Error) -> None:
        """Let a read model that cannot be written rest for a while; the others go on."""
        _, last = self._resting.get(name, (0.0, _REST / 2))
        rest = min(last * 2, _LONGEST_REST)
        self._resting[name] = monotonic() + rest, rest
        logger.error("read_model_failed", model=name, error=type(error).__name__)
        schema.note_trouble(self._dsn, name, type(error).__name__)

    def _reading(self) -> psycopg.Connection[Any]:
        return self._connection(0)

    def _connection(self, number: int) -> psycopg.Connection[Any]:
        found = self._connections.get(number)
        if found is None or found.closed:
            found = self._connections[number] = writing(self._dsn)
        return found

    def _forsake(self, number: int) -> None:
        if found := self._connections.pop(number, None):
            found.close()


class _Line:
    """Read models that stand at the same position, with the states that were folded for them."""

    def __init__(self, reader: LogReader, models: Sequence[ReadModel]) -> None:
        self.models = models
        folds = Folds() if any(model.FOLDS for model in models) else None
        self.batches = Batches(reader, folds)
        self.ahead: tuple[int, Future[list[Record]]] | None = None
        """The entries after a position, as they are being read."""
