"""A migrated database for each module, and a log and a handler for each test."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from eventlog.handler import Handler
from eventlog.log import Log
from eventlog.migrate import migrate
from tests.eventlog.world import MASTER, World


@pytest.fixture(scope="module")
def migrated(module_database: Callable[..., str]) -> Callable[..., str]:
    """`migrated(role)`: how to connect to the migrated database of this module."""
    migrate(module_database("samenspoor_owner"))
    return module_database


@pytest.fixture
def log(migrated: Callable[..., str]) -> Iterator[Log]:
    opened = Log(migrated(), MASTER)
    yield opened
    opened.close()


@pytest.fixture
def second_log(migrated: Callable[..., str]) -> Iterator[Log]:
    """The log as another process has it: other connections, other memory."""
    opened = Log(migrated(), MASTER)
    yield opened
    opened.close()


@pytest.fixture
def handler(log: Log) -> Handler:
    return Handler(log)


@pytest.fixture
def world(handler: Handler) -> World:
    return World(handler)


@pytest.fixture
def elsewhere(second_log: Log, world: World) -> World:
    """The same world, seen from another process."""
    other = object.__new__(World)
    other.handler = Handler(second_log)
    other.organisation, other.coach = world.organisation, world.coach
    other.by_coroutines = world.by_coroutines
    return other
