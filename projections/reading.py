"""Reads the log for the projector: binary tuples, keys in bulk, every entry opened once."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from operator import itemgetter
from typing import Any, LiteralString, NamedTuple, TypeVar
from uuid import UUID

import psycopg
from cryptography.hazmat.primitives.ciphers.aead import AESGCMSIV
from psycopg.rows import tuple_row
from psycopg.types.string import ByteaBinaryLoader

from domain.corrections import resolve
from eventlog.mapper import EntryMapper, Unreadable, decode, unseal
from projections.item import CORRECTIONS, Item

COLUMNS: LiteralString = (
    "notification_id, originator_id, originator_version, topic, state, event_id, key_id,"
    " recorded_at, header"
)
_AFTER: LiteralString = f"""
SELECT {COLUMNS} FROM log.entry WHERE notification_id > %s AND notification_id <= %s
 ORDER BY notification_id LIMIT %s"""
_COUNT: LiteralString = """
SELECT count(*) FROM (SELECT FROM log.entry WHERE notification_id > %s LIMIT %s) AS behind"""
# + 0: or a plan made for many streams walks the whole index of positions for a single one.
_OF: LiteralString = f"""
SELECT {COLUMNS} FROM log.entry WHERE originator_id = ANY(%s) AND notification_id + 0 <= %s
 ORDER BY originator_id, originator_version"""
_ALL: LiteralString = f"""
SELECT {COLUMNS} FROM log.entry
 WHERE notification_id <= %s AND topic <> ALL(%s) AND originator_id BETWEEN %s AND %s
 ORDER BY originator_id, originator_version"""

Record = tuple[Any, ...]
"""The columns of an entry; ids and the moment as the bytes that the database sends."""
_STREAM, _KEY = itemgetter(1), itemgetter(6)


class Broken(NamedTuple):
    """Where a stream cannot be read on, and why; the reason names nobody."""

    position: int
    reason: str
    type: str


class Opened(NamedTuple):
    """Entries opened in order; a broken stream is cut before the entry that does not open."""

    items: list[Item]
    broken: dict[UUID, Broken]


class LogReader:
    """Reads over one connection at a time; opens with the keys of the log."""

    def __init__(self, mapper: EntryMapper) -> None:
        """Take what opens entries."""
        self._mapper = mapper

    @staticmethod
    def end(connection: psycopg.Connection[Any]) -> int:
        """Give the last position of the log."""
        row = connection.execute("SELECT max(notification_id) FROM log.entry").fetchone()
        return row[0] or 0 if row else 0

    @staticmethod
    def behind(connection: psycopg.Connection[Any], position: int, most: int) -> int:
        """Count the entries after a position, up to so many."""
        row = connection.execute(_COUNT, (position, most)).fetchone()
        return int(row[0]) if row else 0

    @staticmethod
    def after(
        connection: psycopg.Connection[Any], position: int, limit: int, upto: int | None = None
    ) -> list[Record]:
        """Give the records after a position, in the order of the log."""
        end = 2**62 if upto is None else upto
        with _raw(connection.cursor(binary=True, row_factory=tuple_row)) as cursor:
            return cursor.execute(_AFTER, (position, end, limit), prepare=True).fetchall()

    @staticmethod
    def by_stream(
        connection: psycopg.Connection[Any],
        upto: int,
        size: int,
        ignored: Collection[str],
        between: tuple[UUID, UUID],
    ) -> Iterator[list[Record]]:
        """Give the log between two streams, one by one, in parts of about this size.

        A stream is never split.
        """
        with (
            connection.transaction(),
            _raw(connection.cursor("log", row_factory=tuple_row)) as cursor,
        ):
            cursor.format = psycopg.pq.Format.BINARY
            cursor.execute(_ALL, (upto, list(ignored), *between))
            held: list[Record] = []
            while more := cursor.fetchmany(size):
                held += more
                last = held[-1][1]
                cut = len(held)
                while cut and held[cut - 1][1] == last:
                    cut -= 1
                if cut:
                    yield held[:cut]
                    held = held[cut:]
            if held:
                yield held

    def histories(
        self, connection: psycopg.Connection[Any], streams: Collection[UUID], upto: int
    ) -> Opened:
        """Open all entries of these streams up to a position, stream by stream; not resolved."""
        if not streams:
            return Opened([], {})
        with _raw(connection.cursor(binary=True, row_factory=tuple_row)) as cursor:
            return self.open(cursor.execute(_OF, (list(streams), upto), prepare=True).fetchall())

    def open(self, records: Sequence[Record], skip: Collection[UUID] = ()) -> Opened:
        """Open records; those whose key was destroyed are left out."""
        if skip:
            skipped = {stream.bytes for stream in skip}
            records = [record for record in records if record[1] not in skipped]
        # One kind of work at a time: each has its code in the processor's cache to itself.
        streams = _ids(map(_STREAM, records))
        plains, broken = self._unsealed(records)
        items: list[Item] = []
        cut: set[bytes] = set()
        for record, plain in zip(records, plains, strict=True):
            raw_stream, kind = record[1], record[3]
            if plain is None or raw_stream in cut:
                continue
            try:
                items.append(Item(record, streams[raw_stream], plain, decode(kind, plain)))
            except Unreadable as error:
                broken[raw_stream] = Broken(record[0], str(error), kind)
                cut.add(raw_stream)
        return Opened(items, {streams[raw]: why for raw, why in broken.items()})

    def _unsealed(
        self, records: Sequence[Record]
    ) -> tuple[list[bytes | None], dict[bytes, Broken]]:
        """Decrypt each up to where its stream breaks; None for what is behind that or erased."""
        ciphers = self._ciphers(records)
        plains: list[bytes | None] = []
        broken: dict[bytes, Broken] = {}
        for position, stream, _, kind, state, event_id, key_id, _, _ in records:
            cipher, plain = ciphers[key_id], None
            if cipher is not None and stream not in broken:
                try:
                    plain = unseal(cipher, kind, state, event_id + stream + key_id)
                except Unreadable as error:
                    broken[stream] = Broken(position, str(error), kind)
            plains.append(plain)
        return plains, broken

    def _ciphers(self, records: Iterable[Record]) -> dict[bytes, AESGCMSIV | None]:
        """Look each key up once; None for one that was destroyed."""
        keys = _ids(map(_KEY, records))
        self._mapper.keys.load(keys.values())
        return {raw: self._mapper.keys.opening(key_id) for raw, key_id in keys.items()}


C = TypeVar("C", bound=psycopg.Cursor[Any] | psycopg.ServerCursor[Any])


def _raw(cursor: C) -> C:
    """Leave what is only copied on as it is sent: making objects of it costs more than sealing."""
    for kind in ("uuid", "timestamptz"):
        cursor.adapters.register_loader(kind, ByteaBinaryLoader)
    return cursor


def _ids(raw: Iterable[bytes]) -> dict[bytes, UUID]:
    """Make each id once."""
    return {each: UUID(bytes=each) for each in set(raw)}


def streams_of(records: Iterable[Record]) -> set[UUID]:
    """Name the streams of records."""
    return set(_ids(map(_STREAM, records)).values())


def resolved(items: list[Item]) -> list[Item]:
    """Resolve the corrections in one stream's history, and note on each what corrected it.

    Raises Unreadable for a correction that does not fit its target.
    """
    corrections = [each for each in items if each.type in CORRECTIONS]
    if not corrections:
        return items
    latest = {each.corrects: each for each in corrections}
    try:
        after = resolve(items)
    except ValueError as error:
        raise Unreadable("A correction does not fit what it corrects.") from error
    for old, new in zip(items, after, strict=True):
        if new is not old:
            new.correction = latest[old.event_id]
    return after
