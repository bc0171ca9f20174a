"""A way to speak in the demo region."""

from __future__ import annotations

from collections.abc import Callable
from html import unescape
from uuid import uuid4

import pytest
from starlette.testclient import TestClient

from tests.demo.region import DemoRegion


@pytest.fixture
def says(region: DemoRegion) -> Callable[..., str]:
    """Send a form as somebody, and give the page that it leads to."""

    def say(browser: TestClient, path: str, **typed: object) -> str:
        data = {"key": str(uuid4()), **typed}
        answer = browser.post(path, data=data, follow_redirects=False)
        assert answer.status_code == 303, answer.text
        region.projector.catch_up()
        return unescape(browser.get(answer.headers["location"]).text)

    return say
