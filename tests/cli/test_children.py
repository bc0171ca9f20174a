"""The processes of a command: one that keeps dying at once ends it, and soon."""

from __future__ import annotations

import os
import re
from pathlib import Path
from threading import Event

import pytest

from api.commandline import children
from api.commandline.children import Children
from api.commandline.telling import Stop
from tests.cli.running import environment

NOWHERE = "999999"
"""No socket: whoever is to answer on it dies at once."""


@pytest.fixture(autouse=True)
def _at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a busy machine take its time to start one that is to die."""
    monkeypatch.setattr(children, "_TOO_SOON", 3600.0)


def test_one_that_keeps_dying_at_once_is_told_after_a_few_times() -> None:
    started: list[str] = []

    class Counted(Children):
        def _spawn(self, arguments):
            started.append(arguments[0])
            return super()._spawn(arguments)

    with Path(os.devnull).open("wb") as nowhere, Counted(environment(), nowhere) as all_of_them:
        all_of_them.start("answer", NOWHERE)
        with pytest.raises(Stop, match=re.escape("keeps stopping right after its start")):
            all_of_them.watch(Event())
    assert len(started) == children._DEATHS


def test_looking_after_one_that_died_waits_for_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(children, "_PAUSE", 3600.0)
    with Path(os.devnull).open("wb") as nowhere, Children(environment(), nowhere) as all_of_them:
        all_of_them.start("answer", NOWHERE)
        (child,) = all_of_them._running
        died = child.process
        died.wait()
        for _ in range(3):
            all_of_them.look_after()
        assert (child.deaths, child.process) == (1, died)
        child.again = 0.0
        all_of_them.look_after()
        assert child.process is not died
