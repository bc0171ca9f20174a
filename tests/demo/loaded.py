"""The demo region, loaded once per test process; a module that plays in it gets a copy."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, NamedTuple

import pytest
from psycopg.conninfo import conninfo_to_dict

from eventlog.embedded import Server
from tests.postgres import fresh_database

if TYPE_CHECKING:  # else whoever asks for no region imports the whole service
    from api.demo.loading import Loading
    from tests.demo.region import DemoRegion


class Loaded(NamedTuple):
    """A database with the region, that nobody is connected to."""

    name: str
    loading: Loading


@pytest.fixture(scope="session")
def loaded(server: Server) -> Iterator[Loaded]:
    """The region as it was loaded."""
    from tests.demo.region import DemoRegion  # noqa: PLC0415

    with fresh_database(server) as database:
        region = DemoRegion(database)
        region.close()
        yield Loaded(str(conninfo_to_dict(database())["dbname"]), region.loading)


@pytest.fixture(scope="module")
def region_database(server: Server, loaded: Loaded) -> Iterator[Callable[..., str]]:
    """A copy of it, shared by the tests of a module."""
    with fresh_database(server, like=loaded.name) as dsn:
        yield dsn


@pytest.fixture(scope="module")
def region(region_database: Callable[..., str], loaded: Loaded) -> Iterator[DemoRegion]:
    """The region of a module, with its services."""
    from tests.demo.region import DemoRegion  # noqa: PLC0415

    made = DemoRegion(region_database, loaded.loading)
    yield made
    made.close()
