"""Migrations: one command, several at once, and nothing the second time."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import psycopg
import pytest

from eventlog.migrate import migrate
from tests.eventlog.world import column

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
