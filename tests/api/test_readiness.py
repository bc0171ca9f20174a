"""What keeps the service from being ready besides a database and its read models."""

from __future__ import annotations

from dataclasses import replace

import psycopg
from starlette.testclient import TestClient

from api import health
from api.app import create_app
from api.wiring import wire
from eventlog.keys import MasterKey
from eventlog.migrate import migrate


def test_not_ready_with_a_key_that_does_not_open_the_data(region):
    services = wire(replace(region.settings, master_key=MasterKey(bytes(32))))
    try:
        answer = TestClient(create_app(services)).get("/readyz")
    finally:
        services.close()
    assert answer.status_code == 503
    told = answer.json()
    assert (told["ready"], told["waiting_for"]) == (False, ["master key"])


def test_not_ready_behind_the_wall_of_another_version(lone_region):
    region = lone_region

    def ready():
        return TestClient(create_app(region.services)).get("/readyz")

    region.projector.catch_up()
    assert ready().status_code == 200
    with psycopg.connect(region.database("samenspoor_owner"), autocommit=True) as owner:
        owner.execute("DELETE FROM wall.opening WHERE role = 'client'")
    answer = ready()
    assert answer.status_code == 503
    assert answer.json()["waiting_for"] == ["migrations"]
    assert "samenspoor migrate" in answer.json()["detail"]
    migrate(region.database("samenspoor_owner"))
    assert ready().status_code == 200


def test_a_wall_that_fitted_is_looked_at_again_after_seconds_and_one_that_did_not_at_once(
    region, monkeypatch
):
    now, fits, looked = 100.0, True, 0

    def look(_):
        nonlocal looked
        looked += 1
        return fits

    monkeypatch.setattr(health, "monotonic", lambda: now)
    monkeypatch.setattr(health, "fits", look)
    http = TestClient(create_app(region.services))
    region.projector.catch_up()
    assert [http.get("/readyz").status_code for _ in range(3)] == [200] * 3
    assert looked == 1
    now, fits = now + health.FITS_FOR, False
    assert [http.get("/readyz").status_code for _ in range(2)] == [503] * 2
    assert looked == 3
    fits = True
    assert http.get("/readyz").status_code == 200
