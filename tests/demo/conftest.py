"""The demo region, loaded once for the tests of a module."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from tests.demo.region import DemoRegion


@pytest.fixture(scope="module")
def demo(module_database: Callable[..., str]) -> Iterator[DemoRegion]:
    made = DemoRegion(module_database)
    yield made
    made.close()
