"""Turns a connection string into the library's datastore and into connections of our own."""

from __future__ import annotations

from typing import Any

import psycopg
from eventsourcing.postgres import PostgresDatastore
from psycopg.conninfo import conninfo_to_dict

_OF_THE_LIBRARY = {"dbname", "host", "port", "user", "password"}
_SESSION = {"connect_timeout": 5, "keepalives_idle": 30, "options": "-c timezone=UTC"}


def datastore(dsn: str, *, schema: str, pool: int = 24) -> PostgresDatastore:
    """Give the library's pool for a connection string or URL; it opens at first use.

    The library takes five of the parameters; the others (TLS, several hosts) are handed to the
    pool itself.
    """
    given = conninfo_to_dict(dsn)
    made = PostgresDatastore(
        dbname=str(given.get("dbname") or ""),
        host=str(given.get("host") or ""),
        port=str(given.get("port") or ""),
        user=str(given.get("user") or ""),
        password=str(given.get("password") or ""),
        schema=schema,
        pool_size=2,
        max_overflow=pool - 2,
        connect_timeout=10,
        enable_db_functions=False,
    )
    extra = {k: v for k, v in given.items() if k not in _OF_THE_LIBRARY}
    made.pool.kwargs = {  # what is not given is left to libpq
        **{k: v for k, v in _kwargs(made).items() if v != ""},
        **_SESSION,
        **extra,
    }
    return made


def connect(dsn: str) -> psycopg.Connection[Any]:
    """Open one connection in autocommit, in UTC."""
    return psycopg.connect(dsn, autocommit=True, **_SESSION)  # type: ignore[arg-type]


def _kwargs(made: PostgresDatastore) -> dict[str, Any]:
    kwargs = made.pool.kwargs
    assert isinstance(kwargs, dict)  # noqa: S101 - the library passes a dict
    return kwargs
