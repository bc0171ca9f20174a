"""A region for each module, and new people in it for a test that needs its own."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import structlog

from api import observing
from tests.api.region import Region


@pytest.fixture
def lines() -> Iterator[Callable[[], list[dict[str, Any]]]]:
    """Catch what would be written to standard output, by us or by a library."""
    written = io.BytesIO()
    observing.configure_logging(written)
    yield lambda: [json.loads(line) for line in written.getvalue().splitlines()]
    structlog.reset_defaults()
    logging.getLogger().removeHandler(observing._LIBRARIES)


@pytest.fixture(scope="module")
def region(module_database: Callable[..., str]) -> Iterator[Region]:
    """A region shared by the tests of a module."""
    made = Region(module_database)
    yield made
    made.close()


@pytest.fixture
def own_region(region: Region) -> Region:
    """The same, with people and a trajectory of this test alone."""
    region.renew()
    return region


@pytest.fixture
def lone_region(database: Callable[..., str]) -> Iterator[Region]:
    """A region with a database of its own, for a test that breaks it."""
    made = Region(database)
    yield made
    made.close()
