"""In the demo region the wall in the database keeps nothing back that the policy shows."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from starlette.testclient import TestClient

from api.app import create_app
from api.demo.people import COURIERS, PERSONAS, PROGRAMME, TOM, VILLAGE
from api.openapi import described
from projections.views import Views
from tests.demo.region import SAME_SITE, DemoRegion

IDS = {"programmes": [PROGRAMME, VILLAGE], "directory": [COURIERS, TOM.actor.person]}
CHANGING = ("/access", "/emergencies", "/link-code")
"""What is another answer each time."""


@pytest.fixture(scope="module")
def past(region: DemoRegion, region_database: Callable[..., str]) -> Iterator[TestClient]:
    """A browser of a service whose read models are read past the wall."""
    views = Views(region_database("samenspoor_projector"))
    app = create_app(replace(region.services, views=views))
    yield TestClient(app, headers=SAME_SITE)
    views.close()


@pytest.mark.timeout(300)
def test_everybody_is_given_what_they_are_given_without_it(region, past):
    paths = [
        path
        for path, operations in described(region.app)["paths"].items()
        if "get" in operations and path.startswith("/api/v1/") and not path.endswith(CHANGING)
    ]
    asked = 0
    for persona in PERSONAS:
        browser = region.browser(persona)
        past.cookies = browser.cookies
        own = browser.get("/api/v1/me").json()["trajectories"]
        for path in paths:
            ids = {**IDS, "trajectories": own}.get(path.split("/")[3], [])
            for each in ids if "{id}" in path else [""]:
                address = path.replace("{id}", str(each))
                if "{" in address:
                    continue
                given, all_of_it = browser.get(address), past.get(address)
                assert given.status_code == all_of_it.status_code, (persona, address)
                assert given.json() == all_of_it.json(), (persona, address)
                asked += given.status_code == 200
    assert asked > 500
