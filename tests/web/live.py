"""A service that really listens, and who follows its streams: the test client gives none."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from threading import Thread
from time import monotonic, sleep
from typing import Any
from uuid import UUID

import httpx2
import uvicorn
from starlette.types import ASGIApp

from api.reading.asking import Asking
from api.reading.gate import admit
from api.reading.live import as_shown, content
from api.signin import COOKIE, in_the_name_of, issue
from api.wiring import Services
from eventlog.entry import Actor

PATIENCE = 90.0


def until(settled: Any, patience: float = PATIENCE) -> None:
    """Wait for a condition, and fail when it does not come."""
    deadline = monotonic() + patience
    while not settled():
        assert monotonic() < deadline, "this did not happen in time"
        sleep(0.02)


@contextmanager
def served(app: ASGIApp) -> Iterator[str]:
    """Serve an application in a thread, and give its address."""
    config = uvicorn.Config(
        app, port=0, log_config=None, access_log=False, timeout_graceful_shutdown=1
    )
    server = uvicorn.Server(config)
    serving = Thread(target=server.run, daemon=True)
    serving.start()
    try:
        until(lambda: server.started)
        yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    finally:
        server.should_exit = True
        serving.join(PATIENCE)
    assert not serving.is_alive()


def shown_to(services: Services, actor: Actor, trajectory: UUID) -> str:
    """Give what a page says it shows, as its stream is asked by."""
    with in_the_name_of(services, actor):
        access = admit(services, Asking(actor), trajectory)
        return as_shown(services, access, content(services, access))


@dataclass
class Following:
    """Somebody who has a page open: reads its stream to the end, in a thread."""

    address: str
    cookies: dict[str, str]
    query: dict[str, str] = field(default_factory=dict)
    status: int = 0
    headers: dict[str, str] = field(default_factory=dict)
    lines: list[str] = field(default_factory=list)
    ended: bool = False
    """By the service, at the end of a line; not by a connection that was cut."""
    gone: bool = False

    def __post_init__(self) -> None:
        """Begin to read, and wait for what is answered."""
        self._thread = Thread(target=self._read, daemon=True)
        self._thread.start()
        until(lambda: self.status)

    @property
    def told(self) -> int:
        """How often it was said that something changed."""
        return self.lines.count("event: changed")

    def _read(self) -> None:
        with (
            suppress(httpx2.RemoteProtocolError),  # the service stopped meanwhile
            httpx2.Client(cookies=self.cookies, timeout=PATIENCE) as client,
            client.stream("GET", self.address, params=self.query) as answer,
        ):
            self.headers, self.status = dict(answer.headers), answer.status_code
            for line in answer.iter_lines():
                self.lines.append(line)
                if self.gone:
                    return
            self.ended = True


def signed_in(services: Services, actor: Actor) -> dict[str, str]:
    """Give the cookie of somebody."""
    return {COOKIE: issue(services.tokens, actor, services.now())}
