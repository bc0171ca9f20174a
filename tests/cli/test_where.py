"""Where the data is: what is not there is told about, with what to do next, and nothing is made."""

from __future__ import annotations

import signal
from pathlib import Path

import pytest

from eventlog.embedded import start
from tests.cli.running import (
    Running,
    data_folder,
    environment,
    gone,
    of_folder,
    run,
    until,
)

BOOK = str(Path(__file__).parents[1] / "cases" / "haaren.xlsx")
LOOKING = [
    ["status"],
    ["verify"],
    ["doctor"],
    ["rebuild", "all"],
    ["import", BOOK, "--as-of", "2026-03-01", "--commit", "--skip-bad-rows"],
]


@pytest.mark.parametrize("asked", LOOKING, ids=lambda asked: asked[0])
def test_in_a_folder_without_a_database_none_is_made(asked: list[str], tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("of somebody")
    found = run(*asked, "--data", str(tmp_path), environ=environment())
    assert found.returncode == 4
    assert f"There is no data in {tmp_path} yet. Begin with samenspoor migrate" in found.stderr
    assert [each.name for each in tmp_path.iterdir()] == ["notes.txt"]


@pytest.mark.parametrize("command", ["status", "migrate", "demo"])
def test_a_folder_without_a_name_is_refused(command: str, tmp_path: Path) -> None:
    environ = environment(LC_ALL="nl_NL.UTF-8", SAMENSPOOR_DATA=str(tmp_path / "data"))
    found = run(command, "--data", "", environ=environ)
    assert found.returncode == 2
    assert "Noem een map" in found.stderr
    assert not list(tmp_path.iterdir())


def test_help_says_which_commands_make_a_folder() -> None:
    helped = {name: run(name, "--help", environ=environment()) for name in ("demo", "doctor")}
    said = {name: " ".join(found.stdout.split()) for name, found in helped.items()}
    assert "made when it is not there" in said["demo"]
    assert "never DATABASE_URL" in said["demo"]
    assert "that is there" in said["doctor"]
    assert "made when" not in said["doctor"]


def test_ctrl_c_while_the_database_is_being_made_is_an_orderly_end() -> None:
    with data_folder() as folder:
        folder.parent.chmod(0o711)  # so that the server's user can reach it
        asked = ("serve", "--port", "0", "--data", str(folder))
        serving = Running(*asked, environ=environment())
        until(lambda: list(folder.glob("cluster.*.part/base/1/pg_filenode.map")))
        assert serving.stop(signal.SIGINT, group=True) == 0, serving.said
        assert (folder / "cluster" / "PG_VERSION").exists()
        assert (folder / "master-key").exists()
        until(lambda: gone(of_folder(folder)))


@pytest.mark.parametrize("command", ["status", "migrate"])
def test_a_file_where_a_folder_is_to_be_is_told_as_that(command: str, tmp_path: Path) -> None:
    for path in (tmp_path / "file", tmp_path / "file" / "data"):
        (tmp_path / "file").write_text("a file stands here")
        found = run(command, "--data", str(path), environ=environment())
        assert found.returncode == 4
        assert "Errno" not in found.stderr
        assert str(path) in found.stderr
    assert [each.name for each in tmp_path.iterdir()] == ["file"]


def test_doctor_speaks_to_a_terminal_of_plain_letters() -> None:
    with data_folder() as folder, start(folder):
        environ = environment(LC_ALL="nl_NL", PYTHONIOENCODING="ascii")
        assert run("migrate", "--data", str(folder), environ=environ).returncode == 0
        found = run("doctor", "--data", str(folder), environ=environ)
    assert found.returncode == 3
    assert "ok sleutel opent de gegevens" in found.stdout
    assert "NO leesmodel timeline bij" in found.stdout
    assert not found.stderr
