"""The role script of the image, run by psql on a PostgreSQL of its own."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import psycopg
import pytest
from psycopg.conninfo import make_conninfo

from eventlog.embedded import ROLES, start

FOLDER = Path(__file__).parents[2] / "docker"


def run_script(server, secrets: Path) -> subprocess.CompletedProcess[str]:
    psql = [server.bin("psql"), "--no-psqlrc", "--dbname", server.admin_dsn()]
    script = ["--set", f"secrets={secrets}", "--file", FOLDER / "roles.sql"]
    return subprocess.run([*psql, *script], capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def secrets(tmp_path_factory):
    folder = tmp_path_factory.mktemp("docker")
    subprocess.run([shutil.copy2(FOLDER / "make-secrets", folder)], check=True)
    return folder / "secrets"


@pytest.fixture(scope="module")
def server(tmp_path_factory, secrets):
    """A server without our roles, on which the script was run."""
    with start(tmp_path_factory.mktemp("roles")) as server:
        with psycopg.connect(server.admin_dsn(), autocommit=True) as admin:
            admin.execute("DROP DATABASE samenspoor")
            for role in ROLES:
                admin.execute(f"DROP ROLE {role}")
        result = run_script(server, secrets)
        assert result.returncode == 0, result.stderr
        yield server


def login(server, secrets: Path, role: str) -> psycopg.Connection:
    password = (secrets / f"{role.removeprefix('samenspoor_')}_password").read_text()
    dsn = make_conninfo(server.admin_dsn(), user=role, password=password, dbname="samenspoor")
    return psycopg.connect(dsn)


@pytest.mark.parametrize("role", ROLES)
def test_a_role_signs_in_with_its_own_password(server, secrets, role):
    with login(server, secrets, role) as connection:
        row = connection.execute("SELECT current_user, current_setting('is_superuser')").fetchone()
    assert row == (role, "off")


def test_another_role_s_password_is_refused(server, secrets):
    other = (secrets / "reader_password").read_text()
    dsn = make_conninfo(
        server.admin_dsn(), user="samenspoor_owner", password=other, dbname="samenspoor"
    )
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        psycopg.connect(dsn)


def test_no_role_has_rights_over_the_server(server):
    rights = "rolsuper OR rolcreaterole OR rolcreatedb OR rolreplication OR rolbypassrls"
    query = f"SELECT rolname, {rights} FROM pg_roles WHERE rolname LIKE 'samenspoor%'"
    with psycopg.connect(server.admin_dsn()) as admin:
        assert dict(admin.execute(query).fetchall()) == dict.fromkeys(ROLES, False)


def test_only_the_owner_makes_schemas(server, secrets):
    with login(server, secrets, "samenspoor_owner") as owner:
        owner.execute("CREATE SCHEMA log")
    with login(server, secrets, "samenspoor_service") as service:
        for statement in ("CREATE SCHEMA mine", "CREATE TABLE public.mine ()"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege), service.transaction():
                service.execute(statement)


def test_a_missing_secret_stops_the_script_before_a_role_is_made(server, tmp_path):
    result = run_script(server, tmp_path)
    assert result.returncode == 3
    assert "A password file is missing or empty." in result.stderr
    assert "already exists" not in result.stderr
