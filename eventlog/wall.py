"""Fills the wall in the database from the policy: one source, so that the two cannot differ."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, LiteralString

import orjson
import psycopg

from domain.policy import wall
from eventlog.log import Log

_TABLES: dict[LiteralString, LiteralString] = {
    "way": "role, kind, of, opens, held, by_organisation, personal",
    "opening": "role, category, outside, ground, facts, words, follows",
    "closed": "role, type, ground, field",
    "naming": "role, known",
    "staff": "role, known",
    "piece": "part, field, categories, empty",
}


def fill(connection: psycopg.Connection[Any]) -> None:
    """Write what the policy says, where the database says otherwise."""
    for table, rows in _differing(lambda query: connection.execute(query).fetchall()):
        connection.execute(f"DELETE FROM wall.{table}")
        marks = ", ".join("%s" for _ in _TABLES[table].split(","))
        with connection.cursor() as cursor:
            cursor.executemany(f"INSERT INTO wall.{table} VALUES ({marks})", _sent(table, rows))


def fits(log: Log) -> bool:
    """Say whether the wall is that of this version's policy."""
    return not any(_differing(lambda query: log.entries_recorder.rows(query, ())))


def _differing(
    query: Callable[[LiteralString], list[tuple[Any, ...]]],
) -> Iterator[tuple[LiteralString, list[tuple[Any, ...]]]]:
    for table, rows in policy().items():
        kept = query(f"SELECT {_TABLES[table]} FROM wall.{table}")
        if sorted(map(repr, kept)) != sorted(map(repr, rows)):
            yield table, rows


def policy() -> dict[LiteralString, list[tuple[Any, ...]]]:
    """Give the rows of each table as the policy has them."""
    return {
        "way": [
            (each.role.value, each.kind.value, str(each.of), each.opens.value, *each[4:])
            for each in wall.ways()
        ],
        "opening": [
            (each.role.value, each.category.value, each.outside, each.ground.value, *each[4:])
            for each in wall.openings()
        ],
        "closed": [(each.role.value, *each[1:]) for each in wall.closed()],
        "naming": [(role.value, of.value) for role, of in wall.namings()],
        "staff": [(role.value, of.value) for role, of in wall.staff()],
        "piece": [
            (each.part + 1, each.field, list(each.categories), _plain(each.empty))
            for each in wall.pieces()
        ],
    }


def _sent(table: str, rows: list[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    if table != "piece":
        return rows
    return [(*row[:3], orjson.dumps(row[3]).decode()) for row in rows]


def _plain(value: object) -> object:
    return list(value) if isinstance(value, tuple) else value
