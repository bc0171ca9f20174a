"""A socket before PostgreSQL's that does something to the first append, and passes on the rest."""

from __future__ import annotations

import socket
from collections.abc import Callable
from pathlib import Path
from threading import Event

from tests.faults.proxy import REQUEST, SIZE, Proxy

SYNC = b"S\0\0\0\4"
"""The end of a request; what it asked is committed when the server has read this."""

Fault = Callable[["HoldingProxy", socket.socket, socket.socket, bytes], None]
"""What happens, given client, server and the beginning of the append; then both are cut."""


class HoldingProxy(Proxy):
    """The connection with the first append meets a fault."""

    def __init__(self, folder: Path, server: Path, fault: Fault) -> None:
        self.fault = fault
        self.reached, self.go_on = Event(), Event()
        super().__init__(folder, server)

    def pass_on(self, client: socket.socket, server: socket.socket, data: bytes) -> bool:
        if len(data) <= REQUEST or self.reached.is_set():
            return super().pass_on(client, server, data)
        self.reached.set()
        self.fault(self, client, server, data)
        client.shutdown(socket.SHUT_RDWR)
        return False

    def close(self) -> None:
        self.go_on.set()
        super().close()


def keep_the_end_back(
    proxy: HoldingProxy, client: socket.socket, server: socket.socket, data: bytes
) -> None:
    """Let the server carry out what is asked, and not hear that it may commit."""
    while not data.endswith(SYNC):
        data += client.recv(SIZE)
    server.sendall(data[: -len(SYNC)])
    proxy.go_on.wait(30)


def swallow(proxy: HoldingProxy, _: socket.socket, __: socket.socket, ___: bytes) -> None:
    """Nothing arrives, and nobody hears about it."""
    proxy.go_on.wait(30)


def stop_reading(full: Event) -> Fault:
    """The socket fills up; once somebody waits for room the other side ends, and makes none."""

    def fault(proxy: HoldingProxy, client: socket.socket, _: socket.socket, __: bytes) -> None:
        full.wait(30)
        client.shutdown(socket.SHUT_WR)
        proxy.go_on.wait(30)

    return fault
