"""A region for each module, and new people in it for a test that needs its own."""

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
