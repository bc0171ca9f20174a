"""The demo region, shared by the tests of a module."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from tests.demo.region import DemoRegion


@pytest.fixture(scope="module")
def region(module_database: Callable[..., str]) -> Iterator[DemoRegion]:
    made = DemoRegion(module_database)
    yield made
    made.close()
