"""A region for each module, and one for a test that needs its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from tests.api.region import Region


@pytest.fixture(scope="module")
def region(module_database: Callable[..., str]) -> Iterator[Region]:
    """A region shared by the tests of a module."""
    made = Region(module_database)
    yield made
    made.close()


@pytest.fixture
def own_region(database: Callable[..., str]) -> Iterator[Region]:
    """A region for one test alone."""
    made = Region(database)
    yield made
    made.close()
