"""The demo region, and people who look at it in a real browser."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser

from eventlog.embedded import Server
from tests.browser.person import Person, arrive
from tests.browser.serving import served
from tests.demo.loaded import Loaded
from tests.demo.region import DemoRegion
from tests.postgres import fresh_database
from tests.tools import chromium


@pytest.fixture(scope="session")
def executable() -> str:
    """Where a Chromium is; before anything else, so that nothing is loaded for no one."""
    path = chromium.found()
    if path is None:
        pytest.skip(chromium.MISSING)
    return path


@pytest.fixture(scope="session")
def region(executable: str, server: Server, loaded: Loaded) -> Iterator[DemoRegion]:
    """The demo region, one for all who come with a browser."""
    assert executable
    with fresh_database(server, like=loaded.name) as database:
        made = DemoRegion(database, loaded.loading)
        try:
            yield made
        finally:
            made.close()


@pytest.fixture(scope="module")
def site(region: DemoRegion) -> Iterator[str]:
    """Where the region is served, while the tests of a module run."""
    with served(region) as address:
        yield address


@pytest.fixture(scope="module")
def browser(executable: str) -> Iterator[Browser]:
    """A Chromium of a module: as long as it runs, no other test can run an event loop."""
    with chromium.started(executable) as made:
        yield made


@pytest.fixture
def person(browser: Browser, site: str) -> Iterator[Callable[..., Person]]:
    """Somebody at a browser: `person("ria", width=390)`; fails on what goes wrong there."""
    came: list[Person] = []

    def comes(persona: str | None = None, **how: Any) -> Person:
        came.append(arrive(browser, site, persona, **how))
        return came[-1]

    yield comes
    for each in came:
        each.leave()
