"""Open streams keep nobody waiting: the service stops as soon with them as without."""

from __future__ import annotations

import base64
import signal
from collections.abc import Callable
from time import monotonic

import httpx2
import pytest

from api.demo.people import NOOR, RIA, trajectory_of
from tests.cli.running import PATIENCE, Running, environment, gone
from tests.demo.region import DemoRegion
from tests.eventlog.world import MASTER
from tests.web.live import Following, signed_in, until

SOON = 2.0


@pytest.mark.parametrize("workers", ["1", "2"])
def test_streams_end_soon_after_the_service_is_told_to_stop(
    region: DemoRegion, region_database: Callable[..., str], workers: str
) -> None:
    environ = environment(
        DATABASE_URL=region_database("samenspoor_service"),
        SAMENSPOOR_MASTER_KEY=base64.b64encode(MASTER._secret).decode(),
        SAMENSPOOR_DEMO="1",
    )
    serving = Running("serve", "--port", "0", "--workers", workers, environ=environ)
    address = serving.until_said("listens at")
    assert httpx2.get(f"{address}/readyz", timeout=PATIENCE).status_code == 200
    page = f"{address}/traject/{trajectory_of(NOOR)}/live"
    following = [
        Following(page, signed_in(region.services, who.actor))
        for who in (RIA, NOOR)
        for _ in range(6)
    ]
    assert {each.status for each in following} == {200}
    family, began = serving.family(), monotonic()
    assert len(family) == int(workers)
    serving.process.send_signal(signal.SIGTERM)
    until(lambda: all(each.ended for each in following), SOON)
    until(lambda: serving.process.poll() is not None, SOON - (monotonic() - began))
    assert serving.stop(signal.SIGTERM) == 0
    assert gone(family)
