"""The first moments of a command, in which most of it is still being loaded."""

from __future__ import annotations

import signal
import subprocess
from pathlib import Path

from tests.cli.running import PATIENCE, PROGRAM, environment

PRESSED = '''"""Presses Ctrl-C at the moment that the command line begins to load."""

import os
import signal
import sys


if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:  # as behind a shell's &
    signal.signal(signal.SIGINT, signal.default_int_handler)


class Pressed:
    def find_spec(self, name, *_):
        if name == "typer":
            os.kill(os.getpid(), signal.SIGINT)


sys.meta_path.insert(0, Pressed())
'''


def test_ctrl_c_while_it_loads_ends_it_without_a_trace(tmp_path: Path) -> None:
    (tmp_path / "sitecustomize.py").write_text(PRESSED, encoding="utf-8")
    ended = subprocess.run(
        [*PROGRAM, "--help"],
        env=environment(PYTHONPATH=str(tmp_path)),
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    assert (ended.returncode, ended.stdout, ended.stderr) == (-signal.SIGINT, "", "")
