"""Serves the API and the pages, with one process or with several on one socket."""

from __future__ import annotations

import os
import socket
import sys
from pathlib import Path

from api.commandline.children import Children
from api.commandline.place import open_log, pass_on, reach
from api.commandline.stopping import stopping
from api.commandline.telling import DONE, Stop, say
from domain.language import Text

_BACKLOG = 2048


def listen(host: str, port: int) -> socket.socket:
    """Listen on an address; raises Stop when that cannot be."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
    except OSError as error:
        listening.close()
        raise Stop(
            f"Poort {port} op {host} is niet vrij. Kies een andere met --port.",
            f"Port {port} on {host} is not free. Choose another with --port.",
        ) from error
    listening.listen(_BACKLOG)
    listening.setblocking(False)  # noqa: FBT003
    return listening


def address(listening: socket.socket) -> str:
    """Give the address to open in a browser."""
    host, port = listening.getsockname()[:2]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def serve(host: str, port: int, workers: int, data: Path | None) -> int:
    """Serve until told to stop."""
    stop = stopping()
    with listen(host, port) as listening, reach(data) as place:
        if stop.is_set():
            return DONE
        with open_log(place):  # what is wrong with it is told here, not by a process that ends
            pass
        environ = dict(os.environ)
        pass_on(place.settings, environ)
        with Children(environ, sockets=(listening.fileno(),)) as children:
            for _ in range(workers):
                children.start("answer", str(listening.fileno()))
            say(Text(f"Samenspoor luistert op {address(listening)}",
                     f"Samenspoor listens at {address(listening)}"))  # fmt: skip
            sys.stdout.flush()
            children.watch(stop)
    return DONE
