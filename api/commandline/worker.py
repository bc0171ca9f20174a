"""A process of the service, started by `samenspoor`: one that answers, or one that projects.

It ends by itself when whoever started it is gone: its standard input is then at its end.
"""

from __future__ import annotations

import os
import signal
import socket
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from threading import Event, Thread

import uvicorn
from fastapi import FastAPI

from api.app import create_app
from api.commandline.place import PROJECTOR, reach
from api.demo.people import PERSONAS
from api.observing import configure_logging
from api.settings import Settings
from api.wiring import wire
from projections.projector import Projector

GRACE = 2
"""Seconds that requests under way get when the service stops."""


def application() -> FastAPI:
    """Make the application for this process."""
    configure_logging()
    settings = Settings.from_environment(os.environ)
    services = wire(settings, personas=PERSONAS if settings.demo else None)
    app = create_app(services)

    @asynccontextmanager
    async def closing(_: FastAPI) -> AsyncIterator[None]:
        try:
            yield
        finally:
            services.close()

    app.router.lifespan_context = closing
    return app


def answer(listening: socket.socket) -> None:
    """Serve HTTP on a socket that is listening already, until told to stop."""
    config = uvicorn.Config(
        application(),
        log_config=None,
        access_log=False,
        timeout_graceful_shutdown=GRACE,
        server_header=False,
        date_header=False,
    )
    uvicorn.Server(config).run(sockets=[listening])


def project(data: Path | None, stop: Event) -> None:
    """Keep the read models up to date until told to stop."""
    configure_logging()
    with reach(data) as place, Projector(place.dsn(PROJECTOR), place.settings.key()) as projector:
        projector.run(stop)


def stopping() -> Event:
    """Give what is set when this process is asked to stop."""
    stop = Event()
    for each in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(each, lambda *_: stop.set())
    return stop


def _on_a_leash() -> None:
    """Stop when the process that started us is gone."""

    def hold() -> None:
        while os.read(0, 1):
            pass
        os.kill(os.getpid(), signal.SIGTERM)

    Thread(target=hold, daemon=True).start()


def main() -> None:
    """Be what the arguments say: `project`, or `answer` on an inherited socket."""
    _on_a_leash()
    if sys.argv[1] == "project":
        project(None, stopping())
    else:
        answer(socket.socket(fileno=int(sys.argv[2])))


if __name__ == "__main__":
    main()
