"""Where there is no browser, the tests that need one are left out, and the run says so."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from tests.tools import chromium, walks

ROOT = Path(__file__).parents[2]


def test_without_a_browser_its_tests_are_counted_and_the_way_to_get_one_is_told() -> None:
    ran = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-n", "0", "tests/browser/test_tasks.py"],
        cwd=ROOT,
        env={**os.environ, "PATH": ""},
        capture_output=True,
        text=True,
        check=True,
    )
    told = re.search(
        r"(\d+) browser tests were not run: no Chromium on the PATH \(apt-get install chromium\)",
        ran.stdout,
    )
    assert told is not None
    assert f"{told[1]} skipped" in ran.stdout


def test_what_is_left_out_for_another_reason_is_not_counted() -> None:
    other = SimpleNamespace(skipped=True, longrepr=("file", 1, "Skipped: no reason"))
    assert chromium.not_run([other, "a warning"]) is None


@pytest.mark.parametrize("name", chromium.NAMES)
def test_every_name_of_a_browser_will_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert chromium.found() is None
    (tmp_path / name).touch(0o755)
    assert chromium.found() == str(tmp_path / name)


def test_walks_over_api_and_pages_are_summed_apart() -> None:
    told = {"read": 7, "shown": 3, "states": 12, "tried": 5}
    report = SimpleNamespace(when="teardown", user_properties=[(walks.SCREENS, told)])
    assert walks.summed([report, report]) == (
        "walked 14 pages as every persona; looked at 6 kinds of page of a role in 24 states,"
        " and axe at the 10 that were made of something new"
    )
