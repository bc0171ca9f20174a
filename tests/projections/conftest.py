"""A world for the tests of read models: one per module, each test with streams of its own."""

from __future__ import annotations

import pytest

from tests.projections.world import World


@pytest.fixture(scope="module")
def world(module_database):
    """A log, a projector and views, shared by the tests of a module."""
    made = World(module_database)
    yield made
    made.close()


@pytest.fixture
def own_world(database):
    """The same for one test alone."""
    made = World(database)
    yield made
    made.close()
