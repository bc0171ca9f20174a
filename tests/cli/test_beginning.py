"""The first moments of a command, in which most of it is still being loaded."""

from __future__ import annotations

import signal
import subprocess

from tests.cli.running import PATIENCE, PROGRAM, environment


def test_ctrl_c_while_it_loads_ends_it_without_a_trace() -> None:
    began = subprocess.Popen(
        [*PROGRAM, "--help"],
        env=environment(PYTHONPROFILEIMPORTTIME="1"),  # says what is loaded, when it is
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    with began:
        assert began.stderr is not None
        assert any(line.split()[-1] == "typer" for line in began.stderr)
        began.send_signal(signal.SIGINT)
        said = began.stderr.read()
        assert began.wait(PATIENCE) == -signal.SIGINT
    assert "Traceback" not in said
    assert "projections.rebuild" not in said
