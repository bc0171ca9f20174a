"""The roles and the database of the service, made on a running server as often as you like."""

from __future__ import annotations

from typing import TYPE_CHECKING

import psycopg
from psycopg import sql

from eventlog.embedded.errors import ServerUnavailable
from eventlog.embedded.passwords import ADMIN, ROLES

if TYPE_CHECKING:
    from collections.abc import Mapping

DATABASE = "samenspoor"
OWNER = "samenspoor_owner"


def prepare(admin_dsn: str, passwords: Mapping[str, str]) -> None:
    """Create what is missing, and set every password anew."""
    try:
        _prepare(admin_dsn, passwords)
    except psycopg.Error as error:
        raise ServerUnavailable(
            f"De rollen van de database konden niet worden gemaakt: {error}",
            f"The roles of the database could not be made: {error}",
        ) from error


def _prepare(admin_dsn: str, passwords: Mapping[str, str]) -> None:
    with psycopg.connect(admin_dsn, autocommit=True) as connection:
        present = {name for (name,) in connection.execute("SELECT rolname FROM pg_roles")}
        for role in ROLES:
            if role not in present:
                connection.execute(sql.SQL("CREATE ROLE {}").format(sql.Identifier(role)))
            _set_password(connection, role, passwords[role])
        databases = {name for (name,) in connection.execute("SELECT datname FROM pg_database")}
        if DATABASE not in databases:
            connection.execute(
                sql.SQL("CREATE DATABASE {} OWNER {}").format(
                    sql.Identifier(DATABASE), sql.Identifier(OWNER)
                )
            )
        for other in (ADMIN, "template1"):
            connection.execute(
                sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(sql.Identifier(other))
            )
        close_to_others(connection, DATABASE)


def close_to_others(connection: psycopg.Connection, database: str) -> None:
    """Let the roles of the service connect, and nobody else."""
    name = sql.Identifier(database)
    roles = sql.SQL(", ").join(map(sql.Identifier, ROLES))
    connection.execute(sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(name))
    connection.execute(sql.SQL("GRANT CONNECT ON DATABASE {} TO {}").format(name, roles))


def _set_password(connection: psycopg.Connection, role: str, password: str) -> None:
    # The server gets the verifier only, so that the password itself can be in no log.
    verifier = connection.pgconn.encrypt_password(
        password.encode(), role.encode(), b"scram-sha-256"
    )
    connection.execute(
        sql.SQL(
            "ALTER ROLE {} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS "
            "PASSWORD {}"
        ).format(sql.Identifier(role), sql.Literal(verifier.decode()))
    )
