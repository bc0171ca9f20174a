"""The folder of a server that a test may kill, and a log in a database of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from eventlog.log import Log
from eventlog.migrate import migrate
from tests.embedded.conftest import folder
from tests.eventlog.world import MASTER

__all__ = ["folder"]


@pytest.fixture
def log(database: Callable[..., str]) -> Iterator[Log]:
    """A log that nobody else writes: the test counts all that is in it."""
    migrate(database("samenspoor_owner"))
    opened = Log(database(), MASTER)
    yield opened
    opened.close()
