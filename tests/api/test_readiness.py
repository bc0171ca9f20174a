"""What keeps the service from being ready besides a database and its read models."""

from __future__ import annotations

from dataclasses import replace

from starlette.testclient import TestClient

from api.app import create_app
from api.wiring import wire
from eventlog.keys import MasterKey


def test_not_ready_with_a_key_that_does_not_open_the_data(region):
    services = wire(replace(region.settings, master_key=MasterKey(bytes(32))))
    try:
        answer = TestClient(create_app(services)).get("/readyz")
    finally:
        services.close()
    assert answer.status_code == 503
    assert answer.json() == {"ready": False, "waiting_for": ["master key"]}
