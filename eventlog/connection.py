"""Turns a connection string into the library's datastore and into connections of our own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import psycopg
from eventsourcing.postgres import PostgresDatastore
from psycopg.conninfo import conninfo_to_dict

_OF_THE_LIBRARY = {"dbname", "host", "port", "user", "password"}
_SESSION = {"connect_timeout": 5, "keepalives_idle": 30}
_UTC = "-c timezone=UTC"
_WAIT = 1.0
"""Seconds to wait for a connection of the pool before looking whether the database is there."""


class Datastore(PostgresDatastore):
    """The library's pool; it connects when it is first used, not when it is made."""

    def register_type_adapters(self) -> None:
        """Ask the database for no types: rows are packed and read as they are."""


def datastore(dsn: str, *, schema: str, pool: int = 24) -> PostgresDatastore:
    """Give the library's pool for a connection string or URL; it opens at first use.

    The library takes five of the parameters; the others (TLS, several hosts) are handed to the
    pool itself.
    """
    given = conninfo_to_dict(dsn)
    made = Datastore(
        dbname=str(given.get("dbname") or ""),
        host=str(given.get("host") or ""),
        port=str(given.get("port") or ""),
        user=str(given.get("user") or ""),
        password=str(given.get("password") or ""),
        schema=schema,
        pool_size=2,
        max_overflow=pool - 2,
        connect_timeout=_WAIT,
        enable_db_functions=False,
    )
    # The pool's own way is to wait longer and longer, up to minutes after the database is back.
    made.pool.reconnect_timeout = _WAIT
    extra = {k: v for k, v in given.items() if k not in _OF_THE_LIBRARY}
    made.pool.kwargs = {  # what is not given is left to libpq
        **{k: v for k, v in _kwargs(made).items() if v != ""},
        **_SESSION,
        **extra,
        "options": _options(given),
    }
    return made


def connect(dsn: str) -> psycopg.Connection[Any]:
    """Open one connection in autocommit, in UTC."""
    return psycopg.connect(autocommit=True, **_settings(dsn))


async def connect_async(dsn: str) -> psycopg.AsyncConnection[Any]:
    """Open one connection in autocommit, in UTC, for use on an event loop."""
    return await psycopg.AsyncConnection.connect(autocommit=True, **_settings(dsn))


def _settings(dsn: str) -> dict[str, Any]:
    given = conninfo_to_dict(dsn)
    return {**_SESSION, **given, "options": _options(given)}


def _options(given: Mapping[str, Any]) -> str:
    """Add ours to what the operator chose."""
    return f"{given.get('options') or ''} {_UTC}".strip()


def _kwargs(made: PostgresDatastore) -> dict[str, Any]:
    kwargs = made.pool.kwargs
    assert isinstance(kwargs, dict)  # noqa: S101 - the library passes a dict
    return kwargs
