"""A folder for a server of the test's own, of which nothing may be left running afterwards."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.embedded.support import eventually, processes_of


@pytest.fixture
def folder() -> Iterator[Path]:
    """A short path, open to the user that the server runs as."""
    base = Path(tempfile.mkdtemp(prefix="ss-", dir="/tmp"))
    base.chmod(0o711)
    yield base / "data"
    eventually(lambda: not processes_of(base / "data"))
    shutil.rmtree(base)


@pytest.fixture
def as_root() -> None:
    """Only root can hand the server to another user."""
    if os.geteuid() != 0:
        pytest.skip("needs root")
