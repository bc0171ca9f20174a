"""Fixtures that every test may ask for by name, and what is said when all are done."""

from __future__ import annotations

from itertools import chain
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

from api.app import settle_memory
from tests.demo.loaded import loaded, region, region_database
from tests.postgres import database, module_database, server
from tests.tools import chromium, walks

__all__ = ["database", "loaded", "module_database", "region", "region_database", "server"]

# How long an example takes says something of the machine and nothing of what is tried.
settings.register_profile("untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("untimed")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with those that take minutes: at the end each process then has something left."""
    items.sort(key=lambda each: each.get_closest_marker("timeout") is None)
    settle_memory()  # as who serves


def pytest_terminal_summary(terminalreporter: Any) -> None:
    reports = list(chain.from_iterable(terminalreporter.stats.values()))
    for told in (walks.summed(reports), chromium.not_run(reports)):
        if told:
            terminalreporter.write_line(told)
