"""Where the data goes: folders the server cannot reach, long paths, and users other than root."""

from __future__ import annotations

import os
import pwd
import shutil
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from eventlog.embedded import ServerUnavailable, binaries, default_data_folder, start
from eventlog.embedded.places import Account, reachable, settle
from tests.embedded.support import (
    answers,
    holder_command,
    holder_environment,
    postmaster_of,
    processes_of,
    rows,
    running,
    write_rows,
)

UNPRIVILEGED = "nobody"


@pytest.fixture
def system(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Root's own folder, for this test alone."""
    path = folder.parent / "system"
    monkeypatch.setenv("SAMENSPOOR_SYSTEM_FOLDER", str(path))
    return path


@pytest.fixture
def closed(folder: Path) -> Path:
    """A folder that nobody but its owner may enter."""
    path = folder.parent / "closed"
    path.mkdir(mode=0o700)
    return path


@pytest.mark.usefixtures("as_root")
def test_data_in_a_closed_folder_is_kept_elsewhere(closed: Path, system: Path) -> None:
    data = closed / "data"
    with start(data) as server:
        write_rows(server)
        assert settle(data).home.parent == system / "clusters"
        assert (settle(data).home / "belongs-to").read_text("utf-8").strip() == str(data)
        postmaster = postmaster_of(data)
    assert stat.S_IMODE(closed.stat().st_mode) == 0o700
    with start(data) as server:
        assert rows(server) == 100
        assert postmaster_of(data) != postmaster
    assert not running(str(system))
    shutil.rmtree(settle(data).home)
    with pytest.raises(ServerUnavailable, match="elsewhere"):
        start(data)


@pytest.mark.usefixtures("as_root")
def test_without_any_reachable_folder_it_says_what_to_choose(
    closed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SAMENSPOOR_SYSTEM_FOLDER", str(closed / "system"))
    with pytest.raises(ServerUnavailable, match="--data"):
        start(closed / "data")


@pytest.mark.usefixtures("as_root", "system")
def test_programs_in_a_closed_folder_are_copied_once(
    folder: Path, closed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = binaries.find().folder.resolve()
    package = found.parents[1]
    shutil.copytree(package / binaries.INSTALLATION, closed / binaries.WHEEL / found.parent.name)
    libraries = f"{binaries.WHEEL}.libs"
    shutil.copytree(package.with_name(libraries), closed / libraries)
    hidden = closed / binaries.WHEEL / found.parent.name / "bin"
    monkeypatch.setenv("SAMENSPOOR_POSTGRES_BIN", str(hidden))
    commands = [holder_command(folder, visits=1)] * 2
    visitors = [subprocess.Popen(command, env=holder_environment()) for command in commands]
    assert [visitor.wait(60) for visitor in visitors] == [0, 0]
    with start(folder) as server:
        assert server.bin("postgres").is_relative_to(folder)
        subprocess.run([server.bin("psql"), "-Xc", "SELECT 1", server.dsn()], check=True)
    assert len(list(folder.glob("postgres-18-*"))) == 1
    assert stat.S_IMODE(closed.stat().st_mode) == 0o700


@pytest.mark.usefixtures("as_root")
def test_unreachable_programs_that_are_not_the_wheel_are_refused(
    folder: Path, closed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("postgres", "initdb"):
        (closed / name).write_text("#!/bin/sh\necho 'postgres (PostgreSQL) 18.1'\n", "ascii")
        (closed / name).chmod(0o755)
    monkeypatch.setenv("SAMENSPOOR_POSTGRES_BIN", str(closed))
    with pytest.raises(ServerUnavailable, match="kan niet bij"):
        start(folder)


def test_a_path_too_long_or_too_odd_for_a_socket(folder: Path) -> None:
    folder.mkdir(mode=0o711)
    folder.chmod(0o711)
    data = folder / 'Roos\' map, met een komma en ëen "lange" naam' / ("x" * 100)
    data.mkdir(parents=True)
    with start(data) as server:
        write_rows(server)
        host = Path(server.dsn().split()[0].removeprefix("host="))
        assert stat.S_IMODE(host.stat().st_mode) == 0o700
    assert not host.exists()
    with start(data) as server:
        assert rows(server) == 100


def _python_for_everyone() -> str:
    """An interpreter of this version that an unprivileged user may run."""
    user = pwd.getpwnam(UNPRIVILEGED)
    account = Account(user.pw_uid, user.pw_gid)
    version = f"python{sys.version_info.major}.{sys.version_info.minor}"
    for candidate in (sys.executable, f"/usr/local/bin/{version}", f"/usr/bin/{version}"):
        path = Path(candidate)
        if path.exists() and reachable(path.resolve().parent, account):
            return candidate
    pytest.skip(f"no {version} that {UNPRIVILEGED} may run")


@pytest.mark.usefixtures("as_root")
def test_an_ordinary_user_needs_nothing_of_root(folder: Path) -> None:
    python = _python_for_everyone()
    user = pwd.getpwnam(UNPRIVILEGED)
    folder.mkdir(mode=0o700)
    os.chown(folder, user.pw_uid, user.pw_gid)
    data = folder / "data"
    environment = {**holder_environment(), "PYTHONDONTWRITEBYTECODE": "1"}
    for _ in range(2):
        subprocess.run(
            holder_command(data, visits=2, python=python),
            env=environment,
            cwd="/",
            user=user.pw_uid,
            group=user.pw_gid,
            extra_groups=[],
            check=True,
            timeout=60,
        )
    owners = {path.stat().st_uid for path in (data, *data.iterdir())}
    assert owners == {user.pw_uid}
    assert stat.S_IMODE(data.stat().st_mode) == 0o700
    with start(data) as server:  # Root joins as the owner of what is there.
        assert answers(server)
        assert (data / "cluster" / "postmaster.pid").stat().st_uid == user.pw_uid
    assert not processes_of(folder)


def test_a_data_folder_that_cannot_be(folder: Path) -> None:
    folder.write_text("a file", "ascii")
    with pytest.raises(ServerUnavailable, match="--data") as caught:
        start(folder / "data")
    assert "Choose another folder" in caught.value.en


def test_the_default_is_a_folder_of_ones_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SAMENSPOOR_SYSTEM_FOLDER", raising=False)
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    assert default_data_folder() == Path("/var/lib/samenspoor")
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    assert default_data_folder().name == "samenspoor"
    assert default_data_folder() != Path("/var/lib/samenspoor")
