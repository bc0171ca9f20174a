"""The demo region behind the real server, on a port of its own, for a browser to look at."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic, sleep

import uvicorn

from tests.demo.region import DemoRegion

PATIENCE = 90.0


@contextmanager
def served(region: DemoRegion, port: int = 0) -> Iterator[str]:
    """Serve the region and keep its read models up to date; yield where it is."""
    with socket.socket() as listening:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind(("127.0.0.1", port))
        config = uvicorn.Config(region.app, log_config=None, ws="none", access_log=False)
        server, stop = uvicorn.Server(config), threading.Event()
        serving = threading.Thread(target=server.run, args=([listening],))
        projecting = threading.Thread(target=region.projector.run, args=(stop,))
        projecting.start()
        serving.start()
        try:
            _until(server)
            yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        finally:
            stop.set()
            server.should_exit = True
            serving.join(PATIENCE)
            projecting.join(PATIENCE)


def _until(server: uvicorn.Server) -> None:
    deadline = monotonic() + PATIENCE
    while not server.started:
        assert monotonic() < deadline, "the service did not start"
        sleep(0.01)
