"""Secrets are made once, and a password reaches the program without standing in its arguments."""

from __future__ import annotations

import base64
import os
import shutil
import subprocess
from pathlib import Path

import pytest

FOLDER = Path(__file__).parents[2] / "docker"
NAMES = {f"{who}_password" for who in ("postgres", "owner", "service", "projector", "eraser")}


@pytest.fixture
def secrets(tmp_path):
    script = Path(shutil.copy2(FOLDER / "make-secrets", tmp_path))
    subprocess.run([script], check=True)
    return tmp_path / "secrets"


def test_every_secret_is_different(secrets):
    found = {path.name: path.read_text() for path in secrets.iterdir()}
    assert set(found) == {*NAMES, "reader_password", "master_key"}
    assert len(set(found.values())) == len(found)
    assert min(len(value) for value in found.values()) >= 44


def test_the_master_key_is_32_bytes(secrets):
    assert len(base64.b64decode((secrets / "master_key").read_text())) == 32


def test_nobody_else_gets_into_the_folder(secrets):
    assert secrets.stat().st_mode & 0o777 == 0o700


def test_a_second_run_changes_nothing(secrets):
    before = {path: path.read_bytes() for path in secrets.iterdir()}
    subprocess.run([secrets.parent / "make-secrets"], check=True)
    assert {path: path.read_bytes() for path in secrets.iterdir()} == before


@pytest.fixture
def program(tmp_path):
    """A program called samenspoor that tells what it was given."""
    program = tmp_path / "bin" / "samenspoor"
    program.parent.mkdir()
    program.write_text('#!/bin/sh\necho "${PGPASSWORD-unset}" "$#" "$@"\nexit 4\n')
    program.chmod(0o755)
    return program


def entered(program: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    left_out = {"PGPASSWORD", "DATABASE_PASSWORD_FILE"}
    kept = {name: value for name, value in os.environ.items() if name not in left_out}
    path = f"{program.parent}:{os.environ['PATH']}"
    return subprocess.run(
        [FOLDER / "entrypoint", "serve", "two words"],
        env={**kept, "PATH": path, **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_password_comes_from_its_file(program, tmp_path):
    secret = tmp_path / "service_password"
    secret.write_text("a b$c")
    result = entered(program, DATABASE_PASSWORD_FILE=str(secret))
    assert (result.stdout, result.returncode) == ("a b$c 2 serve two words\n", 4)


def test_without_a_file_nothing_is_set(program):
    assert entered(program).stdout == "unset 2 serve two words\n"


def test_a_file_that_is_not_there_stops_the_start(program, tmp_path):
    result = entered(program, DATABASE_PASSWORD_FILE=str(tmp_path / "absent"))
    assert result.returncode not in (0, 4)
    assert result.stdout == ""
