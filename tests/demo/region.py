"""The demo region on a real database, for the tests of demo and pages."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from starlette.testclient import TestClient

from api.app import create_app
from api.demo.loading import Loading, load, prepare
from api.demo.people import PERSONAS
from api.settings import Settings
from api.wiring import Services, wire
from eventlog.handler import HOME
from eventlog.log import Log
from eventlog.migrate import migrate
from projections.projector import Projector
from tests.eventlog.world import MASTER

SAME_SITE = {"sec-fetch-site": "same-origin"}


def ignore(_: int) -> None:
    """Take no notice of the progress."""


class DemoRegion:
    """The loaded region, its read models, and browsers to look at it with."""

    def __init__(self, database: Callable[..., str], loaded: Loading | None = None) -> None:
        """Load it into an empty database, or take a copy of one where it was `loaded`."""
        self.dsn = database("samenspoor_service")
        self.loading: Loading = loaded or prepare(datetime.now(HOME).date())
        if loaded is None:
            migrate(database("samenspoor_owner"))
            load(self.dsn, MASTER, self.loading, ignore)
        self.projector = Projector(database("samenspoor_projector"), MASTER)
        self.projector.catch_up()
        settings = Settings(database_url=self.dsn, master_key=MASTER, demo=True)
        self.services: Services = wire(settings, personas=PERSONAS)
        self.app = create_app(self.services)

    def browser(self, persona: str | None = None) -> TestClient:
        """Give a browser, signed in as somebody."""
        made = TestClient(self.app, headers=SAME_SITE, raise_server_exceptions=False)
        if persona is not None:
            answer = made.post(f"/demo/{persona}", data={"back": ""}, follow_redirects=False)
            assert answer.status_code == 303, answer.text
        return made

    def size(self) -> int:
        """Count the entries of the log."""
        return count(self.dsn)

    def close(self) -> None:
        self.projector.close()
        self.services.close()


def count(dsn: str) -> int:
    """Count the entries of a log."""
    log = Log(dsn, MASTER, pool=3)
    try:
        return log.entries_recorder.rows("SELECT count(*) FROM log.entry", ())[0][0]
    finally:
        log.close()
