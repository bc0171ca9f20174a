"""Sockets before PostgreSQL's: everything is passed on, but for what a fault does to an append."""

from __future__ import annotations

import socket
from contextlib import suppress
from pathlib import Path
from threading import Thread

SIZE = 1 << 16
REQUEST = 600
"""Bytes that only an append is long enough for."""


class Proxy:
    """Passes everything on."""

    def __init__(self, folder: Path, server: Path) -> None:
        self.server = server
        self.threads: list[Thread] = []
        self.listener = socket.socket(socket.AF_UNIX)
        self.listener.bind(str(folder / server.name))
        self.listener.listen()
        self._begin(self._accept)

    def pass_on(self, client: socket.socket, server: socket.socket, data: bytes) -> bool:
        """Hand a request to the server; False when nothing may follow it."""
        del client
        server.sendall(data)
        return True

    def close(self) -> None:
        self.listener.shutdown(socket.SHUT_RDWR)
        self.listener.close()
        for thread in list(self.threads):
            thread.join()

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
            while (data := client.recv(SIZE)) and self.pass_on(client, server, data):
                pass
        with suppress(OSError):
            server.shutdown(socket.SHUT_WR)

    @staticmethod
    def _answers(client: socket.socket, server: socket.socket) -> None:
        with client, server, suppress(OSError):
            while data := server.recv(SIZE):
                with suppress(OSError):  # the server is heard out, so that it can finish
                    client.sendall(data)
            client.shutdown(socket.SHUT_RDWR)


class LosingProxy(Proxy):
    """Each `every`-th append arrives, and its answer is lost with the connection."""

    def __init__(self, folder: Path, server: Path, every: int) -> None:
        self.every = every
        self.requests = self.lost = 0
        super().__init__(folder, server)

    def pass_on(self, client: socket.socket, server: socket.socket, data: bytes) -> bool:
        cut = len(data) > REQUEST and self._unlucky()
        if cut:  # nothing comes back any more, and then the request goes on its way
            client.shutdown(socket.SHUT_RDWR)
        server.sendall(data)
        return not cut

    def _unlucky(self) -> bool:
        self.requests += 1
        self.lost += self.requests % self.every == 0
        return self.requests % self.every == 0
