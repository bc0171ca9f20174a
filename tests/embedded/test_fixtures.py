"""The fixtures that other tests rest on."""

from __future__ import annotations

from collections.abc import Callable

import psycopg
import pytest

from eventlog.embedded import ROLES


@pytest.mark.parametrize("role", ROLES)
def test_every_role_reaches_a_fresh_database(database: Callable[..., str], role: str) -> None:
    with psycopg.connect(database(role)) as connection:
        row = connection.execute(
            "SELECT current_user, rolsuper FROM pg_roles WHERE rolname = current_user"
        ).fetchone()
        tables = connection.execute(
            "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'"
        ).fetchone()
    assert row == (role, False)
    assert tables == (0,)


def test_only_the_owner_may_create(database: Callable[..., str]) -> None:
    with psycopg.connect(database("samenspoor_owner")) as connection:
        connection.execute("CREATE TABLE ours (id int)")
    with (
        psycopg.connect(database("samenspoor_service")) as connection,
        pytest.raises(psycopg.errors.InsufficientPrivilege),
    ):
        connection.execute("CREATE TABLE theirs (id int)")
