"""What the database itself refuses: the log is append-only, whoever asks."""

from __future__ import annotations

from collections.abc import Callable
from uuid import uuid4

import psycopg
import pytest

from eventlog.committer import Verdict
from eventlog.log import Log
from tests.eventlog.world import column, referred, sealed, versions

CHANGES = [
    "UPDATE log.entry SET topic = 'x'",
    "UPDATE log.entry SET header = ''",
    "DELETE FROM log.entry",
    "TRUNCATE log.entry",
]
WRITES = [
    *CHANGES,
    "INSERT INTO log.entry SELECT * FROM log.entry LIMIT 1",
    "COPY log.entry FROM STDIN",
    "SELECT nextval('log.position')",
    "SELECT setval('log.position', 1)",
    "UPDATE log.grants SET until = NULL",
    "DELETE FROM log.grants",
    "INSERT INTO log.grants SELECT * FROM log.grants",
    "TRUNCATE log.grants",
    "INSERT INTO log.rights VALUES (9)",
    "UPDATE keys.data_key SET wrapped = ''",
    "DELETE FROM keys.data_key",
    "INSERT INTO keys.data_key SELECT gen_random_uuid(), subject, retention FROM keys.data_key",
    "TRUNCATE keys.data_key",
    "SELECT log.keep('{}', '{}')",
    "ALTER TABLE log.entry DISABLE TRIGGER ALL",
    "ALTER TABLE log.entry ADD COLUMN more text",
    "DROP TABLE log.entry",
    "DROP SCHEMA log CASCADE",
    "DROP FUNCTION log.append",
    "CREATE OR REPLACE FUNCTION log.refuse_change() RETURNS trigger LANGUAGE sql AS ''",
    "CREATE TABLE log.more (n int)",
    "CREATE TRIGGER t BEFORE INSERT ON log.entry EXECUTE FUNCTION log.refuse_change()",
    "CREATE RULE r AS ON INSERT TO log.entry DO INSTEAD NOTHING",
    "LOCK TABLE log.entry IN EXCLUSIVE MODE",
    "SET session_replication_role = replica",
    "SET ROLE samenspoor_owner",
    "UPDATE public.migration SET name = 'x'",
    "DELETE FROM public.migration",
]


@pytest.fixture
def filled(log: Log) -> Log:
    """A log with something to lose."""
    unit = sealed(log, uuid4(), 0, [referred()])
    assert log.committer.append(unit)[0] is Verdict.STORED
    return log


@pytest.mark.parametrize("role", ["samenspoor_service", "samenspoor_projector"])
@pytest.mark.parametrize("statement", WRITES)
def test_the_service_and_the_projector_change_nothing(
    filled: Log, migrated: Callable[..., str], role: str, statement: str
) -> None:
    before = column(migrated(), "SELECT e::text FROM log.entry e ORDER BY notification_id")
    with (
        psycopg.connect(migrated(role)) as connection,
        pytest.raises(psycopg.errors.InsufficientPrivilege),
    ):
        connection.execute(statement)
    after = column(migrated(), "SELECT e::text FROM log.entry e ORDER BY notification_id")
    assert after == before
    assert filled.position()


@pytest.mark.parametrize("statement", CHANGES)
@pytest.mark.parametrize("replica", [False, True])
def test_even_the_owner_changes_no_entry(
    filled: Log, server, migrated: Callable[..., str], statement: str, replica: bool
) -> None:
    assert filled.position()
    owner = migrated("samenspoor_owner")
    name = psycopg.conninfo.conninfo_to_dict(owner)["dbname"]
    with psycopg.connect(server.admin_dsn(name) if replica else owner) as connection:
        if replica:  # as one who replays the changes of another server
            connection.execute("SET session_replication_role = replica")
        with pytest.raises(psycopg.errors.InsufficientPrivilege, match="append-only"):
            connection.execute(statement)


def test_only_the_service_appends(filled: Log, migrated: Callable[..., str]) -> None:
    del filled
    one = ", ".join(["NULL"] * 14)
    for call in (
        "log.append('{}', '{}', false)",
        f"log.append_one({one}, false)",
        "keys.ensure('{}', '{}', '{}', '{}')",
    ):
        with (
            psycopg.connect(migrated("samenspoor_projector")) as connection,
            pytest.raises(psycopg.errors.InsufficientPrivilege),
        ):
            connection.execute(f"SELECT {call}")


def test_who_has_no_role_of_the_service_gets_nowhere(server, migrated: Callable[..., str]) -> None:
    name = str(psycopg.conninfo.conninfo_to_dict(migrated())["dbname"])
    role = f"somebody_{uuid4().hex[:8]}"
    with psycopg.connect(server.admin_dsn(name)) as connection:
        connection.execute(f"CREATE ROLE {role}")
        connection.execute(f"SET LOCAL ROLE {role}")
        for query in ("SELECT FROM log.entry", "SELECT log.append('{}', '{}', false)"):
            with (
                pytest.raises(psycopg.errors.InsufficientPrivilege),
                connection.transaction(),
            ):
                connection.execute(query)
        connection.rollback()


CAUGHT = "LANGUAGE plpgsql AS $$BEGIN RAISE 'caught'; END$$"
TRAPS = [
    # What an attacker would like the functions of the owner to call or read instead of ours.
    "CREATE TEMP TABLE entry (n int)",
    "CREATE TEMP TABLE data_key (n int)",
    f"CREATE FUNCTION pg_temp.unnest(anyarray) RETURNS SETOF int {CAUGHT}",
    f"CREATE FUNCTION pg_temp.pg_advisory_xact_lock(bigint) RETURNS void {CAUGHT}",
    f"CREATE FUNCTION pg_temp.nextval(regclass) RETURNS bigint {CAUGHT}",
    f"CREATE FUNCTION pg_temp.cardinality(anyarray) RETURNS int {CAUGHT}",
    "SET search_path = pg_temp, log, keys, pg_catalog",
]


def test_a_search_path_of_the_caller_does_not_reach_the_functions_of_the_owner(
    log: Log, migrated: Callable[..., str]
) -> None:
    name = str(psycopg.conninfo.conninfo_to_dict(migrated())["dbname"])
    with psycopg.connect(migrated("samenspoor_owner")) as owner:
        owner.execute(f"GRANT TEMPORARY ON DATABASE {name} TO samenspoor_service")
    opened = log.committer._storing._connect

    def trapped() -> psycopg.Connection:
        connection = opened()
        for trap in TRAPS:
            connection.execute(trap)
        with pytest.raises(psycopg.errors.RaiseException, match="caught"):
            connection.execute("SELECT pg_temp.pg_advisory_xact_lock(1)")
        return connection

    log.committer._storing._connect = trapped
    streams = [uuid4() for _ in range(3)]
    units = [sealed(log, stream, 0, [referred()]) for stream in streams]
    assert log.committer.append(units[0])[0] is Verdict.STORED
    assert [v for v, _ in log.committer.append_all(units[1:])] == [Verdict.STORED] * 2
    with trapped() as connection:
        key, subject = uuid4(), uuid4()
        kept = connection.execute(
            "SELECT * FROM keys.ensure(ARRAY[%s], ARRAY[%s], ARRAY['r'], ARRAY[%s::bytea])",
            (key, subject, b"w"),
        ).fetchall()
    assert kept == [(key, subject, "r", b"w")]
    assert [versions(log, stream) for stream in streams] == [[1], [1], [1]]


def test_the_functions_of_the_owner_have_a_search_path_of_their_own(
    migrated: Callable[..., str],
) -> None:
    settings = column(
        migrated(),
        "SELECT proconfig FROM pg_proc WHERE prosecdef"
        " AND pronamespace::regnamespace::text IN ('log', 'keys', 'public', 'wall')",
    )
    assert len(settings) > 15
    assert all("search_path=pg_catalog, pg_temp" in each for each in settings)


def test_the_insert_of_the_library_is_refused(log: Log) -> None:
    unit = sealed(log, uuid4(), 0, [referred()])
    with pytest.raises(NotImplementedError, match="committer"):
        log.recorder.insert_events(unit.entries)
    assert versions(log, unit.stream) == []
