"""Migrations: one command, several at once, and nothing the second time."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from uuid import uuid4

import psycopg
import pytest
from psycopg.types.json import Json

from eventlog.committer import Verdict
from eventlog.log import Log
from eventlog.migrate import _scripts, migrate
from eventlog.problems import TooNew
from tests.eventlog.world import MASTER, column, referred, sealed

LANDED = {
    "0001_log": "7f448f8440faf4be",
    "0002_append_each": "662b6ce00d11bfaf",
    "0003_access": "f90e16a27e553935",
    "0004_emergency": "0b5a13c82c9414db",
    "0005_asked": "24969126b5028846",
    "0006_rights": "92158823f987bfbb",
    "0007_wall": "d13b2530ae543c85",
    "0008_ties": "3f4c8751f912c669",
    "0009_query_and_call": "a7c16f12bea0bb2e",
    "0010_rests": "8c4ca77c99a049b8",
    "0011_sent": "7ce429de3f169127",
    "0012_gone": "eab56349b90fc263",
    "0013_desk": "1c61d412c250c33a",
    "0014_call_team": "cd6ca756edfa78c5",
    "0015_told": "8bfb72f8bf29b26c",
}
"""What has run somewhere; a change is a migration of its own, or kept data is left behind."""

MIGRATE = "import sys; from eventlog.migrate import migrate; print(migrate(sys.argv[1]))"


def test_several_processes_at_once_migrate_once(database: Callable[..., str]) -> None:
    owner = database("samenspoor_owner")
    command = [sys.executable, "-c", MIGRATE, owner]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    others = [
        subprocess.Popen(command, stdout=subprocess.PIPE, env=environment, text=True)
        for _ in range(2)
    ]
    with ThreadPoolExecutor(4) as pool:
        ran = [str(each) for each in pool.map(lambda _: migrate(owner), range(4))]
    for other in others:
        ran.append(other.communicate()[0].strip())
        assert other.returncode == 0
    assert sorted(ran, key=len)[:-1] == ["[]"] * 5
    assert "0001_log" in max(ran, key=len)
    assert migrate(owner) == []
    names = column(owner, "SELECT name FROM public.migration ORDER BY name")
    assert str(names) == max(ran, key=len)


def test_a_migration_that_has_landed_stays_as_it_was() -> None:
    assert {name: sha256(script).hexdigest()[:16] for name, script in _scripts()} == LANDED


def test_what_was_stored_before_the_later_migrations_is_kept(database: Callable[..., str]) -> None:
    owner = database("samenspoor_owner")
    (_, first), *_ = _scripts()
    with psycopg.connect(owner) as connection:
        connection.execute(first)
        connection.execute(
            "CREATE TABLE public.migration (name text PRIMARY KEY, ran_at timestamptz);"
            "INSERT INTO public.migration VALUES ('0001_log', now())"
        )
        connection.execute(
            "SELECT log.append_one(gen_random_uuid(), 1, 't', '', gen_random_uuid(),"
            " gen_random_uuid(), now(), '', '', NULL, NULL, NULL, false)"
        )
    assert migrate(owner) == sorted(LANDED)[1:]
    assert column(owner, "SELECT originator_version FROM log.entry") == [1]
    log = Log(database(), MASTER)
    assert log.committer.append(sealed(log, uuid4(), 0, [referred()]))[0] is Verdict.STORED
    log.close()


def test_looks_that_stood_there_twice_stay_and_none_comes_twice_from_now_on(
    database: Callable[..., str],
) -> None:
    owner = database("samenspoor_owner")
    look = {name: str(uuid4()) for name in ("trajectory", "person", "request")}
    look |= dict.fromkeys(("role", "view", "categories", "basis"), "x")
    twice = "SELECT log.note_access(%(looks)s) FROM generate_series(1, 2)"
    with psycopg.connect(owner) as connection:
        for _, script in _scripts()[:3]:
            connection.execute(script)
        connection.execute(
            "CREATE TABLE public.migration (name text PRIMARY KEY, ran_at timestamptz)"
        )
        for name in sorted(LANDED)[:3]:
            connection.execute("INSERT INTO public.migration VALUES (%s, now())", (name,))
        old = Json([{**look, "at": "2026-03-10T09:00:00Z"}])
        connection.execute(twice, {"looks": old})
    assert migrate(owner) == sorted(LANDED)[3:]
    with psycopg.connect(owner) as connection:
        new = Json([{**look, "at": "2026-03-10T09:00:01Z"}])  # as an older service words it
        connection.execute(twice, {"looks": new})
    kept = "SELECT ROW(count(*), bool_or(emergency))::text FROM log.access GROUP BY at ORDER BY at"
    assert column(owner, kept) == ["(2,f)", "(1,f)"]


def test_a_database_of_a_newer_version_is_left_alone(database: Callable[..., str]) -> None:
    owner = database("samenspoor_owner")
    migrate(owner)
    with psycopg.connect(owner) as connection:
        connection.execute("INSERT INTO public.migration (name) VALUES ('9999_later')")
    with pytest.raises(TooNew):
        migrate(owner)


def test_a_migration_that_fails_leaves_nothing(
    database: Callable[..., str], monkeypatch: pytest.MonkeyPatch
) -> None:
    owner = database("samenspoor_owner")
    monkeypatch.setattr(
        "eventlog.migrate._scripts",
        lambda: [("0001", b"CREATE TABLE public.a (n int)"), ("0002", b"SELECT 1 / 0")],
    )
    with pytest.raises(psycopg.errors.DivisionByZero):
        migrate(owner)
    assert column(owner, "SELECT 1 FROM pg_tables WHERE schemaname = 'public'") == []


@pytest.mark.parametrize("role", ["samenspoor_service", "samenspoor_projector"])
def test_only_the_owner_migrates(database: Callable[..., str], role: str) -> None:
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        migrate(database(role))
