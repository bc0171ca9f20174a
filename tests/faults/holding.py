"""A socket before PostgreSQL's that does something to the first append, and passes on the rest."""

from __future__ import annotations

import socket
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from threading import Event, Thread
from time import sleep

SIZE = 1 << 16
REQUEST = 600
"""Bytes that only an append is long enough for."""
SYNC = b"S\0\0\0\4"
"""The end of a request; what it asked is committed when the server has read this."""

Fault = Callable[["HoldingProxy", socket.socket, socket.socket, bytes], None]
"""What happens, given client, server and the beginning of the append; then both are cut."""


class HoldingProxy:
    """Passes everything on; the connection with the first append meets a fault."""

    def __init__(self, folder: Path, server: Path, fault: Fault) -> None:
        self.server, self.fault = server, fault
        self.reached, self.go_on = Event(), Event()
        self.threads: list[Thread] = []
        self.listener = socket.socket(socket.AF_UNIX)
        self.listener.bind(str(folder / server.name))
        self.listener.listen()
        self._begin(self._accept)

    def _begin(self, work, *given) -> None:
        thread = Thread(target=work, args=given)
        self.threads.append(thread)
        thread.start()

    def _accept(self) -> None:
        with suppress(OSError):  # closed
            while True:
                client, _ = self.listener.accept()
                server = socket.socket(socket.AF_UNIX)
                server.connect(str(self.server))
                self._begin(self._requests, client, server)
                self._begin(self._answers, client, server)

    def _requests(self, client: socket.socket, server: socket.socket) -> None:
        with suppress(OSError):
            while data := client.recv(SIZE):
                if len(data) > REQUEST and not self.reached.is_set():
                    self.reached.set()
                    self.fault(self, client, server, data)
                    client.shutdown(socket.SHUT_RDWR)
                    break
                server.sendall(data)
        with suppress(OSError):
            server.shutdown(socket.SHUT_WR)

    def _answers(self, client: socket.socket, server: socket.socket) -> None:
        with client, server, suppress(OSError):
            while data := server.recv(SIZE):
                client.sendall(data)
            client.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        self.go_on.set()
        self.listener.shutdown(socket.SHUT_RDWR)
        self.listener.close()
        for thread in list(self.threads):
            thread.join()


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


def stop_reading(proxy: HoldingProxy, client: socket.socket, _: socket.socket, __: bytes) -> None:
    """The socket fills up, and then the other side ends, without making room."""
    sleep(0.3)
    client.shutdown(socket.SHUT_WR)
    proxy.go_on.wait(30)
