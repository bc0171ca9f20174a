"""The schema of a read model: made from its SQL, with its position and what is parked in it."""

from __future__ import annotations

from contextlib import suppress
from functools import lru_cache
from hashlib import sha256
from typing import Any, LiteralString
from uuid import UUID

import orjson
import psycopg
from eventsourcing.persistence import Tracking
from eventsourcing.postgres import PostgresTrackingRecorder
from psycopg import sql

from domain.events.permissions import EntrySent
from domain.events.trust import ClientStatementAdded
from eventlog.connection import connect, datastore
from projections.entries import WHOLE
from projections.folding import STATE
from projections.model import ReadModel
from projections.sections import sections

_LOG = "log"
_EVERY = "every"
_SAMPLE = 30
"""As good here as the database's own 100, and three times as quick."""
_SEARCHED = """
SELECT t.relname, array_agg(DISTINCT a.attname::text)
  FROM pg_class t
  JOIN pg_index i ON i.indrelid = t.oid
  JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = ANY(i.indkey)
 WHERE t.relnamespace = %s::regnamespace
 GROUP BY t.relname"""


class Position(PostgresTrackingRecorder):
    """The library's record of how far a read model is, written with a cursor of ours."""

    def __init__(self, schema: str) -> None:
        """Name the schema; no connection is made."""
        super().__init__(datastore("", schema=schema, pool=2))
        self.has_checked_for_multi_row_tracking_table = True
        self._sent = self.insert_tracking_statement.as_bytes(None)

    def create(self, cursor: psycopg.Cursor[Any]) -> None:
        """Make the table, as the library words it."""
        for statement in self.sql_create_statements:
            cursor.execute(statement)

    def advance(self, cursor: psycopg.Cursor[Any], position: int) -> None:
        """Write the position, in the transaction of the rows; raises when it is no advance."""
        self._insert_tracking(cursor, Tracking(_LOG, position))

    def send(self, connection: psycopg.Connection[Any], position: int) -> psycopg.Cursor[Any]:
        """Do the same in a pipeline: the cursor will have a row when it was an advance."""
        parameters = {"application_name": _LOG, "notification_id": position}
        return connection.execute(self._sent, parameters, prepare=True)


@lru_cache(maxsize=64)
def position_of(schema: str) -> Position:
    """Give the position record of a schema."""
    return Position(schema)


@lru_cache(maxsize=512)
def statement(model: str, section: str, schema: str) -> bytes:
    """Give a section of a model's SQL for one schema; '' for what every model has."""
    text = sections(model or _EVERY)[section]
    return sql.SQL(text).format(**_shared(sql.Identifier(schema))).as_bytes(None)


def _shared(schema: sql.Identifier) -> dict[str, sql.Composable]:
    """Word what several models have alike: the folded states, and what the wall lets through.

    Of an entry `e`, that is, in a view that asked the wall.
    """
    columns = sql.SQL(", ").join(sql.Identifier(name) for name in WHOLE if name != "sealed")
    return {
        "schema": schema,
        "columns": columns,
        "facts": _seen("e", "stream", "facts"),
        "words": _seen("e", "stream", "words"),
        "facts_about": _seen("e", "about", "facts"),
        "words_about": _seen("e", "about", "words"),
        "words_of_about": _stated(schema),
        "sent": _sent("e"),
        **{
            each: sql.SQL(sections(_EVERY)[each]).format(schema=schema)
            for each in ("states", "told", "asked")
        },
        **{
            f"{each}_exists": sql.SQL(sections(_EVERY)["exists"]).format(
                schema=schema, table=sql.Identifier(each)
            )
            for each in ("entry", "standing")
        },
    }


def _seen(entry: LiteralString, of: LiteralString, what: LiteralString) -> sql.Composed:
    text = sql.SQL(sections(_EVERY)["seen"])
    return text.format(
        entry=sql.Identifier(entry), of=sql.Identifier(entry, of), what=sql.Identifier(what)
    )


def _stated(schema: sql.Identifier) -> sql.Composed:
    """Word that a statement goes with the words of the entry that it is about."""
    text = sql.SQL(sections(_EVERY)["stated"])
    return text.format(
        schema=schema,
        statement=sql.Literal(ClientStatementAdded.TYPE),
        words=_seen("a", "stream", "words"),
        sent=_sent("a"),
    )


def _sent(entry: LiteralString) -> sql.Composed:
    """Word that the client sent an entry to who asks, or that it says so."""
    return sql.SQL(sections(_EVERY)["sent"]).format(
        entry=sql.Identifier(entry), sending=sql.Literal(EntrySent.TYPE)
    )


def digest(model: ReadModel) -> str:
    """Say what the tables of a model are made from, so that a change is noticed."""
    parts = [*sections(model.NAME).items(), *sections(_EVERY).items()]
    if model.FOLDS:
        parts.append(("state", _shape_of_state()))
    return sha256(repr(parts).encode()).hexdigest()


@lru_cache(maxsize=1)  # a fifth of a second
def _shape_of_state() -> str:
    return orjson.dumps(STATE.json_schema()).decode()


def create(connection: psycopg.Connection[Any], model: ReadModel, schema: str) -> None:
    """Make the schema with its tables, empty and without indexes."""
    with connection.transaction(), connection.cursor() as cursor:
        cursor.execute(sql.SQL("CREATE SCHEMA {}").format(sql.Identifier(schema)))
        cursor.execute(statement("", "tables", schema))
        position_of(schema).create(cursor)
        position_of(schema).advance(cursor, 0)
        cursor.execute(statement(model.NAME, "tables", schema))
        cursor.execute(statement("", "grants", schema))
        cursor.execute(statement(model.NAME, "wall", schema))
        cursor.execute(statement("", "made", schema), (digest(model),))


def create_empty(connection: psycopg.Connection[Any], model: ReadModel) -> None:
    """Make the schema of a model that never was, to be filled by following the log."""
    with connection.transaction():
        create(connection, model, model.NAME)
        index(connection, model, model.NAME)


def note_trouble(dsn: str, name: str, error: str) -> None:
    """Note what went wrong with a model, if the database can be reached for it."""
    with suppress(psycopg.Error), connect(dsn) as connection:
        connection.execute(statement("", "trouble", name), (error,))


def index(connection: psycopg.Connection[Any], model: ReadModel, schema: str) -> None:
    """Make the indexes."""
    connection.execute(statement(model.NAME, "indexes", schema))


def analyse(connection: psycopg.Connection[Any], schema: str) -> None:
    """Learn what stands in the columns that are searched by; the database does the rest later."""
    with connection.transaction():
        connection.execute(f"SET LOCAL default_statistics_target = {_SAMPLE}")
        for table, columns in connection.execute(_SEARCHED, (schema,)).fetchall():
            connection.execute(
                sql.SQL("ANALYZE {} ({})").format(
                    sql.Identifier(schema, table), sql.SQL(", ").join(map(sql.Identifier, columns))
                )
            )


def standing_digest(connection: psycopg.Connection[Any], schema: str) -> str | None:
    """Say what the schema was made from; None when there is none."""
    found = connection.execute("SELECT to_regclass(%s)", (f"{schema}.made",)).fetchone()
    if found is None or found[0] is None:
        return None
    row = connection.execute(statement("", "digest", schema)).fetchone()
    return None if row is None else str(row[0])


def position(cursor: psycopg.Cursor[Any], schema: str) -> int:
    """Give the position of a model, locked until the end of the transaction."""
    row = cursor.execute(statement("", "position", schema)).fetchone()
    return 0 if row is None else int(row[0])


def parked(connection: psycopg.Connection[Any], schema: str) -> dict[UUID, bool]:
    """Give the parked streams, each with whether it is to be tried again."""
    return dict(connection.execute(statement("", "parked", schema)).fetchall())
