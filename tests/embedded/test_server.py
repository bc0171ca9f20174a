"""What a running embedded server is like."""

from __future__ import annotations

import stat
import subprocess
import sys
from pathlib import Path

import psutil
import psycopg
import pytest

from eventlog.embedded import ROLES, ServerUnavailable, start
from eventlog.embedded.places import settle
from tests.embedded.support import (
    answers,
    eventually,
    holder_environment,
    kill,
    postmaster_of,
    rows,
    write_rows,
)


def settings(dsn: str) -> dict[str, str]:
    with psycopg.connect(dsn) as connection:
        return dict(connection.execute("SELECT name, setting FROM pg_settings").fetchall())


def test_it_is_safe_private_and_neutral(folder: Path) -> None:
    with start(folder) as server:
        found = settings(server.admin_dsn())
        with psycopg.connect(server.admin_dsn()) as connection:
            rules = connection.execute(
                "SELECT DISTINCT auth_method FROM pg_hba_file_rules"
            ).fetchall()
            modes = [
                stat.S_IMODE(path.stat().st_mode)
                for path in (
                    settle(folder).cluster,
                    Path(found["unix_socket_directories"]),
                    settle(folder).home / "passwords.json",
                )
            ]
            collation = connection.execute("SELECT 'B' < 'a' COLLATE \"default\"").fetchone()
    safe = ("fsync", "synchronous_commit", "full_page_writes", "data_checksums")
    assert [found[name] for name in safe] == ["on"] * 4
    assert found["listen_addresses"] == ""
    assert found["server_encoding"] == "UTF8"
    assert (found["TimeZone"], found["log_timezone"]) == ("UTC", "UTC")
    assert rules == [("scram-sha-256",)]
    assert collation == (True,)
    assert modes == [0o700, 0o700, 0o600]


def test_each_role_has_its_own_password_and_no_other_way_in(folder: Path) -> None:
    with start(folder) as server:
        for role in ROLES:
            with psycopg.connect(server.dsn(role)) as connection:
                row = connection.execute(
                    "SELECT rolsuper, rolcreaterole, rolcreatedb, rolbypassrls "
                    "FROM pg_roles WHERE rolname = current_user"
                ).fetchone()
            assert row == (False, False, False, False)
        secrets = {
            psycopg.conninfo.conninfo_to_dict(server.dsn(role))["password"] for role in ROLES
        }
        assert len(secrets) == len(ROLES)
        stranger = server.dsn().replace("user=samenspoor_service", "user=samenspoor_owner")
        with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
            psycopg.connect(stranger)
        with pytest.raises(psycopg.OperationalError, match="permission denied"):
            psycopg.connect(server.dsn(dbname="postgres"))


def test_a_second_start_finds_roles_and_rows_as_they_were(folder: Path) -> None:
    with start(folder) as server:
        write_rows(server)
        before = server.dsn()
    (settle(folder).home / "prepared").unlink()  # As if killed before the roles were all there.
    with start(folder) as server:
        assert server.dsn() == before
        assert rows(server) == 100


def test_the_programs_beside_it_can_use_the_address(folder: Path) -> None:
    with start(folder) as server:
        for command in (["psql", "-XAtc", "SELECT 1"], ["pgbench", "--version"]):
            done = subprocess.run(
                [server.bin(command[0]), *command[1:], "-d", server.dsn()],
                capture_output=True,
                text=True,
                check=True,
                timeout=30,
            )
            assert done.stdout.startswith(("1", "pgbench"))


def test_the_log_of_the_server_says_nothing_about_people(folder: Path) -> None:
    with (
        start(folder) as server,
        psycopg.connect(server.dsn("samenspoor_owner"), autocommit=True) as connection,
    ):
        connection.execute("CREATE TABLE person (name text PRIMARY KEY)")
        connection.execute("INSERT INTO person VALUES ('Roos Zandbergen')")
        with pytest.raises(psycopg.errors.UniqueViolation):
            connection.execute("INSERT INTO person VALUES ('Roos Zandbergen')")
        with pytest.raises(psycopg.errors.InvalidTextRepresentation):
            connection.execute("SELECT 'Roos Zandbergen'::int")
        with pytest.raises(psycopg.errors.UndefinedColumn):
            connection.execute('SELECT 1 AS "Roos Zandbergen", none FROM person')
        with psycopg.connect(server.dsn()) as victim:
            victim.execute("SELECT 'Roos Zandbergen'")
            kill(victim.info.backend_pid)  # The server logs that it died, and in which statement.
            with pytest.raises(psycopg.OperationalError):
                victim.execute("SELECT 1")
        eventually(lambda: answers(server))
    written = [path.read_text("utf-8") for path in (settle(folder).cluster / "log").iterdir()]
    assert "database system is shut down" in "".join(written)
    assert "was terminated by signal 9" in "".join(written)
    assert "Zandbergen" not in "".join(written)


def test_nothing_is_left_in_the_memory_of_the_machine(folder: Path) -> None:
    with start(folder):
        postmaster = postmaster_of(folder)
        assert psutil.Process(postmaster).uids().effective != 0
    table = Path("/proc/sysvipc/shm")
    creators = [row.split()[4] for row in table.read_text("ascii").splitlines()[1:]]
    assert str(postmaster) not in creators


def test_lost_passwords_are_named_and_not_replaced(folder: Path) -> None:
    start(folder).release()
    (settle(folder).home / "passwords.json").unlink()
    with pytest.raises(ServerUnavailable, match="wachtwoorden") as caught:
        start(folder)
    assert "passwords.json" in caught.value.en


def test_variables_meant_for_clients_do_not_disturb_it(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in {"PGPORT": "1", "PGHOST": "/nowhere", "PGUSER": "x", "PGDATA": "/x"}.items():
        monkeypatch.setenv(name, value)
    with start(folder) as server:
        assert answers(server)


def test_a_server_that_cannot_start_says_why_and_leaves_nothing(folder: Path) -> None:
    start(folder).release()
    settings_file = settle(folder).cluster / "postgresql.auto.conf"
    settings_file.write_text("no_such_setting = 1\n", "utf-8")
    with pytest.raises(ServerUnavailable, match=r"start\.log"):
        start(folder)
    settings_file.write_text("", "utf-8")
    with start(folder) as server:
        assert answers(server)


FORKS = """
import os, sys
from pathlib import Path
import psycopg
from eventlog.embedded import start
with start(Path(sys.argv[1])) as server:
    if os.fork() == 0:
        server.release()
        os._exit(0)
    os.wait()
    psycopg.connect(server.dsn()).close()
    if os.fork() == 0:
        os._exit(0)
    os.wait()
    psycopg.connect(server.dsn()).close()
"""


def test_a_forked_child_does_not_give_up_its_parents_lease(folder: Path) -> None:
    # In a process of its own: forking one that has threads, as a test worker has, is unsafe.
    subprocess.run(
        [sys.executable, "-c", FORKS, str(folder)],
        env=holder_environment(),
        check=True,
        timeout=60,
    )
