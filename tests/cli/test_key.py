"""The key of a data folder: made once, never silently replaced, and missed in a sentence."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest

from eventlog.embedded import Server, start
from eventlog.keys import MasterKey
from eventlog.log import Log
from tests.cli.running import data_folder, environment, run

BOOK = str(Path(__file__).parents[1] / "cases" / "haaren.xlsx")
IMPORT = ["import", BOOK, "--as-of", "2026-03-01", "--commit", "--skip-bad-rows"]
OTHER = {"SAMENSPOOR_MASTER_KEY": base64.b64encode(bytes(32)).decode()}


def encrypt(server: Server, folder: Path, subjects: int) -> None:
    log = Log(server.dsn(), MasterKey.from_file(folder / "master-key"), pool=3)
    try:
        log.keys.prepare((uuid4(), "reintegration") for _ in range(subjects))
    finally:
        log.close()


@pytest.fixture(scope="module")
def used() -> Iterator[Path]:
    """A data folder with something encrypted; its server runs on, so that commands are quick."""
    with data_folder() as folder, start(folder) as server:
        found = run("migrate", "--data", str(folder), environ=environment())
        assert found.returncode == 0, found.stderr
        encrypt(server, folder, 150)
        yield folder


@pytest.fixture
def without_key(used: Path) -> Iterator[Path]:
    key = (used / "master-key").rename(used / "kept")
    yield used
    key.rename(used / "master-key")


@pytest.mark.parametrize(
    "asked",
    [
        ["verify"],
        ["rebuild", "all"],
        ["serve", "--port", "0"],
        ["project"],
        ["demo", "--port", "0"],
        IMPORT,
    ],
    ids=lambda asked: asked[0],
)
def test_a_key_that_is_missing_is_told_and_not_made(asked: list[str], without_key: Path) -> None:
    found = run(*asked, "--data", str(without_key), environ=environment())
    assert found.returncode == 2, found.stderr
    assert f"put the file master-key back in {without_key}" in found.stderr
    assert not (without_key / "master-key").exists()


@pytest.mark.parametrize("damaged", [False, True])
def test_doctor_lists_a_key_that_cannot_be_used(damaged: bool, without_key: Path) -> None:
    if damaged:
        (without_key / "master-key").write_text("geen sleutel")
    found = run("doctor", "--data", str(without_key), environ=environment())
    assert found.returncode == 3, found.stderr
    assert "✓ database set up" in found.stdout
    assert "✗ the key opens the data The master key" in found.stdout
    assert "clocks agree" in found.stdout


def test_doctor_tells_which_folder_it_looked_at(used: Path) -> None:
    found = run("doctor", "--data", str(used), environ=environment())
    assert f"({used})" in found.stdout
    assert "✓ the key opens the data" in found.stdout


def test_migrate_makes_a_key_as_long_as_nothing_is_encrypted() -> None:
    with data_folder() as folder, start(folder) as server:
        path, arguments = folder / "master-key", ("migrate", "--data", str(folder))
        assert run(*arguments, environ=environment()).returncode == 0
        first = path.read_text()
        path.unlink()
        found = run("doctor", "--data", str(folder), environ=environment())
        assert "✓ the key opens the data" in found.stdout
        assert not path.exists()
        assert run(*arguments, environ=environment()).returncode == 0
        assert path.read_text() != first
        encrypt(server, folder, 1)
        path.unlink()
        assert run(*arguments, environ=environment()).returncode == 0
        assert not path.exists()


@pytest.mark.parametrize("asked", [IMPORT, ["demo", "--port", "0"]], ids=lambda asked: asked[0])
def test_nothing_is_written_with_another_key(asked: list[str], used: Path) -> None:
    found = run(*asked, "--data", str(used), environ=environment(**OTHER))
    assert found.returncode == 1, found.stderr
    assert "does not fit this data" in found.stderr


def test_doctor_finds_the_one_that_another_key_wrapped_last() -> None:
    with data_folder() as folder, start(folder) as server:
        assert run("migrate", "--data", str(folder), environ=environment()).returncode == 0
        encrypt(server, folder, 500)
        other = folder.parent / "other"
        other.mkdir()
        MasterKey.from_file(other / "master-key", create=True)
        encrypt(server, other, 1)
        found = run("doctor", "--data", str(folder), environ=environment())
    assert re.search(r"✗ the key opens the data \d+ / 10[0-2]", found.stdout), found.stdout
