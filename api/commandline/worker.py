"""A process of the service, started by `samenspoor`: one that answers, or one that projects.

It ends by itself when whoever started it is gone: its standard input is then at its end.
"""

from __future__ import annotations

import os
import signal
import socket
import sys
from pathlib import Path
from threading import Event, Thread

import uvicorn

from api.app import from_environment
from api.commandline.place import PROJECTOR, reach
from api.commandline.stopping import GRACE, stopping
from api.observing import configure_logging
from projections.projector import Projector


def answer(listening: socket.socket) -> None:
    """Serve HTTP on a socket that is listening already, until told to stop."""
    config = uvicorn.Config(
        from_environment(),
        log_config=None,  # by ours: from_environment configures it
        ws="none",
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
