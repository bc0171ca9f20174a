"""An import killed in the middle and run again, or run twice at once, ends in the same log."""

from __future__ import annotations

import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import pytest

from tests.workbook.books import CASES, expected
from tests.workbook.logs import contents, imported, opened

ROOT = Path(__file__).parents[2]
BOOK = CASES / "haaren.xlsx"
AS_OF = expected("haaren")["as_of"]


@pytest.mark.parametrize("moment", ["before", "after"])
@pytest.mark.parametrize("number", [1, 5])
def test_a_second_run_finishes_what_was_cut_off(dsn, handler, other, number, moment):
    command = [
        sys.executable,
        "-m",
        "tests.workbook.cut_off",
        dsn,
        BOOK,
        AS_OF,
        str(number),
        moment,
    ]
    killed = subprocess.run(command, cwd=ROOT, check=False, timeout=60)
    assert killed.returncode == -signal.SIGKILL
    whole = imported(other, BOOK, "haaren", date.fromisoformat(AS_OF))
    stood = handler.log.position()
    assert (stood > 0) == (number > 1 or moment == "after")
    rest = imported(handler, BOOK, "haaren", date.fromisoformat(AS_OF))
    assert 0 < rest.entries == whole.entries - stood
    assert contents(handler) == contents(other)


def test_two_runs_at_once_write_everything_once(dsn, handler, other):
    as_of = date.fromisoformat(AS_OF)
    with opened(dsn) as second, ThreadPoolExecutor(2) as pool:
        runs = [pool.submit(imported, each, BOOK, "haaren", as_of) for each in (handler, second)]
        problems = [run.result().problems for run in runs]
    imported(other, BOOK, "haaren", as_of)
    assert problems == [[], []]
    assert contents(handler) == contents(other)
