"""The Dockerfile passes hadolint, copies only what is there, and runs as nobody in particular."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
DOCKERFILE = ROOT / "docker" / "Dockerfile"
IGNORE = ROOT / "docker" / "Dockerfile.dockerignore"
TEXT = DOCKERFILE.read_text("utf-8")
FINAL_STAGE = TEXT[TEXT.rindex("FROM ") :]


def hadolint(path: Path) -> subprocess.CompletedProcess[str]:
    binary = Path(sys.executable).with_name("hadolint")
    command = [binary, "--failure-threshold", "style", str(path)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def copied() -> list[str]:
    """What comes out of the build context, not out of another stage."""
    lines = re.findall(r"^COPY (?!--from)(.+)$", TEXT, re.MULTILINE)
    words = [[word for word in line.split() if not word.startswith("--")] for line in lines]
    return [source.removeprefix("./") for *sources, _target in words for source in sources]


def test_hadolint_has_nothing_to_say():
    result = hadolint(DOCKERFILE)
    assert result.returncode == 0, result.stdout + result.stderr


def test_hadolint_would_say_something(tmp_path):
    bad = tmp_path / "Dockerfile"
    bad.write_text("FROM python\nRUN cd /tmp && pip install fastapi\n")
    result = hadolint(bad)
    assert result.returncode == 1
    assert {"DL3003", "DL3006", "DL3013"} <= set(re.findall(r"DL\d{4}", result.stdout))


def test_what_it_copies_is_there():
    assert {"domain", "eventlog", "projections", "api"} <= set(copied())
    assert [source for source in copied() if not (ROOT / source).exists()] == []


def test_the_build_sees_what_is_copied_and_nothing_else():
    lines = [line for line in IGNORE.read_text("utf-8").splitlines() if line[:1] not in ("", "#")]
    assert lines[0] == "*"
    assert {line[1:] for line in lines if line.startswith("!")} == set(copied())
    # Only caches may be left out again after that.
    assert {line for line in lines[1:] if line[0] != "!"} == {"**/__pycache__", "**/*.pyc"}


def test_every_base_is_pinned_to_a_version():
    bases = re.findall(r"^FROM (\S+)", TEXT, re.MULTILINE)
    assert bases
    assert [base for base in bases if not re.fullmatch(r"python:3\.\d+-slim", base)] == []


def test_packages_are_checked_by_their_hash():
    installs = re.findall(r"pip [^\n]*install((?:.|\\\n)*?)(?<!\\)\n", TEXT)
    assert len(installs) == 2
    assert "--require-hashes" in installs[0]
    assert {"--no-deps", "--no-build-isolation"} <= set(installs[1].split())


def test_it_runs_as_an_unprivileged_user():
    assert re.findall(r"^USER (.+)$", FINAL_STAGE, re.MULTILINE) == ["10001:10001"]


def test_it_says_how_to_see_that_it_lives():
    assert "HEALTHCHECK" in FINAL_STAGE
    assert "/livez" in FINAL_STAGE


@pytest.mark.parametrize("script", ["entrypoint", "make-secrets"])
def test_a_script_can_be_run(script):
    path = ROOT / "docker" / script
    assert path.stat().st_mode & 0o111 == 0o111
    assert subprocess.run(["sh", "-n", str(path)], check=False).returncode == 0
