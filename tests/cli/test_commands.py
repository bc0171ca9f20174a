"""The commands on a database of one's own: what they do and with which exit code they end."""

from __future__ import annotations

import base64
import json
import signal
import socket
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import psycopg
import pytest

from api.demo.loading import load, prepare
from eventlog.embedded import Server
from eventlog.handler import HOME
from eventlog.migrate import migrate
from projections.models import NAMES
from tests.cli.running import Running, environment, get, gone, run, until
from tests.demo.region import ignore
from tests.eventlog.world import MASTER

BOOK = Path(__file__).parents[1] / "cases" / "haaren-rough.xlsx"
Database = Callable[..., str]


_FLIP = """
UPDATE log.entry SET state = set_byte(state, 20, 255 - get_byte(state, 20))
 WHERE notification_id = (SELECT max(notification_id) FROM log.entry)"""


_GUARD = """
ALTER TABLE log.entry ENABLE ALWAYS TRIGGER append_only,
                      ENABLE ALWAYS TRIGGER append_only_table"""


def as_role(database: Database, role: str) -> dict[str, str]:
    key = base64.b64encode(MASTER._secret).decode()
    return environment(DATABASE_URL=database(f"samenspoor_{role}"), SAMENSPOOR_MASTER_KEY=key)


@pytest.fixture(scope="module")
def loaded(module_database: Database) -> Database:
    migrate(module_database("samenspoor_owner"))
    load(module_database(), MASTER, prepare(datetime.now(HOME).date()), ignore)
    found = run("rebuild", "all", environ=as_role(module_database, "projector"))
    assert found.returncode == 0, found.stderr
    assert found.stdout.count("was rebuilt") == len(NAMES)
    return module_database


def test_help_names_every_command() -> None:
    found = run("--help", environ=environment())
    assert found.returncode == 0
    for name in ("demo", "serve", "project", "migrate", "import", "rebuild", "status", "verify"):
        assert f"\n  {name} " in found.stdout


@pytest.mark.parametrize(
    "arguments", [["dance"], ["serve", "--port", "x"], ["import", "nowhere.xlsx"], ["rebuild", "x"]]
)
def test_what_was_asked_wrongly_ends_in_two(arguments: list[str]) -> None:
    found = run(*arguments, environ=environment())
    assert found.returncode == 2
    assert "Traceback" not in found.stderr


@pytest.mark.parametrize("command", ["migrate", "serve"])
def test_settings_that_make_no_sense_end_in_two(command: str) -> None:
    found = run(command, environ=environment(DATABASE_URL="postgresql://nobody@localhost/x"))
    assert found.returncode == 2
    assert "SAMENSPOOR_MASTER_KEY_FILE" in found.stderr


@pytest.mark.parametrize("asked", [["status"], ["verify"], ["doctor"], ["rebuild", "all"]])
def test_who_only_looks_makes_no_folder(asked: list[str], tmp_path: Path) -> None:
    folder = tmp_path / "elders"
    found = run(*asked, "--data", str(folder), environ=environment())
    assert found.returncode == 4
    assert found.stderr.startswith("There is no data in ")
    assert not folder.exists()


@pytest.mark.parametrize("command", ["migrate", "status", "verify"])
def test_a_database_that_is_not_there_ends_in_four(command: str) -> None:
    url = "host=127.0.0.1 port=1 dbname=none user=nobody connect_timeout=1"
    key = base64.b64encode(bytes(32)).decode()
    found = run(command, environ=environment(DATABASE_URL=url, SAMENSPOOR_MASTER_KEY=key))
    assert found.returncode == 4
    assert "cannot be reached" in found.stderr
    assert "Traceback" not in found.stderr


def test_migrate_says_what_it_did_and_then_nothing(database: Database) -> None:
    owner = as_role(database, "owner")
    assert "done: 0001_log" in run("migrate", environ=owner).stdout
    found = run("migrate", environ=owner)
    assert (found.returncode, found.stdout) == (0, "The database is up to date already.\n")


def test_before_a_migration_the_commands_say_so(database: Database) -> None:
    found = run("rebuild", "timeline", environ=as_role(database, "projector"))
    assert found.returncode == 1
    assert "Run samenspoor migrate" in found.stderr
    assert run("doctor", environ=as_role(database, "service")).returncode == 3
    found = run("serve", "--port", "0", environ=as_role(database, "service"))
    assert found.returncode == 1
    assert "Run samenspoor migrate" in found.stderr


@pytest.mark.parametrize("role", ["service", "projector"])
def test_status_is_well(loaded: Database, role: str) -> None:
    found = run("status", environ=as_role(loaded, role))
    assert found.returncode == 0, found.stderr
    for name in NAMES:
        assert name in found.stdout


def test_doctor_finds_nothing(loaded: Database) -> None:
    found = run("doctor", environ=as_role(loaded, "service"))
    assert found.returncode == 0, found.stdout
    assert "✗" not in found.stdout


def test_doctor_finds_another_key(loaded: Database) -> None:
    wrong = {"SAMENSPOOR_MASTER_KEY": base64.b64encode(bytes(32)).decode()}
    found = run("doctor", environ=as_role(loaded, "service") | wrong)
    assert found.returncode == 3
    assert "✗ the key opens the data" in found.stdout


def test_verify_finds_what_was_changed_behind_its_back(loaded: Database, server: Server) -> None:
    environ = as_role(loaded, "service")
    assert run("verify", environ=environ).returncode == 0
    name = psycopg.conninfo.conninfo_to_dict(loaded())["dbname"]
    with psycopg.connect(server.admin_dsn(str(name)), autocommit=True) as connection:
        connection.execute("ALTER TABLE log.entry DISABLE TRIGGER ALL")
        connection.execute(_FLIP)
        try:
            found = run("verify", environ=environ)
        finally:
            connection.execute(_FLIP)
            connection.execute(_GUARD)
    assert found.returncode == 3
    assert "the contents were changed" in found.stdout


def test_import_shows_refused_rows_and_ends_in_three(database: Database) -> None:
    migrate(database("samenspoor_owner"))
    environ = as_role(database, "service")
    found = run("import", str(BOOK), "--as-of", "2019-11-25", "--json", environ=environ)
    assert found.returncode == 3, found.stderr
    assert json.loads(found.stdout)["refused"]


def test_serve_gives_a_log_of_an_older_version_the_rights_of_this_one(loaded: Database) -> None:
    service = as_role(loaded, "service")
    with psycopg.connect(loaded("samenspoor_owner"), autocommit=True) as owner:
        owner.execute("DELETE FROM log.rights")
        owner.execute("DELETE FROM log.grants WHERE kind IN ('programme', 'joined')")
    found = run("verify", environ=service)
    assert found.returncode == 3
    assert "a right is not what the log says" in found.stdout
    serving = Running("serve", "--port", "0", environ=service)
    serving.until_said("listens at")
    assert serving.stop(signal.SIGTERM) == 0
    assert run("verify", environ=service).returncode == 0


def test_serve_leaves_a_log_of_a_newer_version_alone(loaded: Database) -> None:
    with psycopg.connect(loaded("samenspoor_owner"), autocommit=True) as owner:
        owner.execute("INSERT INTO log.rights VALUES (9999)")
        found = run("serve", "--port", "0", environ=as_role(loaded, "service"))
        owner.execute("DELETE FROM log.rights WHERE edition = 9999")
    assert found.returncode == 1
    assert "A newer version" in found.stderr


def test_serve_waits_for_a_wall_that_goes_with_its_policy(loaded: Database) -> None:
    with psycopg.connect(loaded("samenspoor_owner"), autocommit=True) as owner:
        owner.execute("DELETE FROM wall.opening WHERE role = 'client'")
    found = run("serve", "--port", "0", environ=as_role(loaded, "service"))
    assert found.returncode == 1
    assert "Run samenspoor migrate first" in found.stderr
    assert run("migrate", environ=as_role(loaded, "owner")).returncode == 0
    serving = Running("serve", "--port", "0", environ=as_role(loaded, "service"))
    serving.until_said("listens at")
    assert serving.stop(signal.SIGTERM) == 0


@pytest.mark.parametrize("workers", ["1", "2"])
def test_serve_answers_and_stops_quickly(loaded: Database, workers: str) -> None:
    arguments = ("serve", "--port", "0", "--workers", workers)
    serving = Running(*arguments, environ=as_role(loaded, "service"))
    address = serving.until_said("listens at")
    until(lambda: get(f"{address}/livez")[0] == 200)
    family = serving.family()
    assert len(family) == int(workers)
    assert serving.stop(signal.SIGTERM) == 0
    assert gone(family)


def test_a_worker_that_keeps_being_killed_is_replaced_and_the_other_goes_on(
    loaded: Database,
) -> None:
    arguments = ("serve", "--port", "0", "--workers", "2")
    serving = Running(*arguments, environ=as_role(loaded, "service"))
    address = serving.until_said("listens at")
    until(lambda: get(f"{address}/livez")[0] == 200)
    healthy, *_ = first = serving.family()
    for _ in range(3):
        before = {each.pid for each in serving.family()}
        next(each for each in serving.family() if each.pid != healthy.pid).kill()
        until(lambda before=before: {each.pid for each in serving.family()} - before
              or serving.process.poll() is not None)  # fmt: skip
    assert serving.process.poll() is None, serving.said
    assert {each.pid for each in serving.family()} & {each.pid for each in first} == {healthy.pid}
    assert get(f"{address}/livez")[0] == 200
    assert serving.stop(signal.SIGTERM) == 0


def test_what_is_no_http_is_a_line_like_any_other_without_what_was_sent(loaded: Database) -> None:
    serving = Running("serve", "--port", "0", environ=as_role(loaded, "service"))
    address = serving.until_said("listens at")
    until(lambda: get(f"{address}/livez")[0] == 200)
    upgrade = b"GET /livez HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n"
    for sent, status in ((b"geheim geheim\r\n\r\n", b"400"), (upgrade, b"200")):
        with socket.create_connection(("127.0.0.1", int(address.rpartition(":")[2])), 10) as to:
            to.sendall(sent)
            assert to.recv(16).startswith(b"HTTP/1.1 " + status)
    assert serving.stop(signal.SIGTERM) == 0
    lines = [json.loads(line) for line in serving.said.splitlines() if "listens at" not in line]
    assert [each["said"] for each in lines if each["event"] == "library"] == [
        "Invalid HTTP request received."
    ]
    assert "geheim" not in serving.said


def test_project_stops_when_told(loaded: Database) -> None:
    projecting = Running("project", environ=as_role(loaded, "projector"))
    until(lambda: "projector_leads" in projecting.said)
    assert projecting.stop(signal.SIGTERM) == 0
