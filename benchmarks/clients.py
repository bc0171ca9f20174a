"""Keep-alive clients over raw sockets, in a process of their own and lean."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
from collections import Counter
from dataclasses import asdict, dataclass
from selectors import EVENT_READ, DefaultSelector
from time import perf_counter
from uuid import uuid4

from benchmarks.processes import answer

KEY = "{key}"
"""Stands in a request for an idempotency key that is new every time."""
PATIENCE = 10.0
"""Seconds without any answer, after which the run fails."""
_END = b"\r\n\r\n"
_LENGTH = b"content-length: "


@dataclass(frozen=True, slots=True)
class Load:
    """What clients ask: each its own requests, over and over, for some seconds."""

    port: int
    seconds: float
    requests: list[list[str]]


@dataclass(frozen=True, slots=True)
class Served:
    """What came of it."""

    per_second: float
    times: list[float]
    """Seconds of each request."""
    answers: dict[str, int]
    """How often each status was given."""


def ask(load: Load) -> Served:
    """Let the clients ask; gives what came of it."""
    run = subprocess.run(
        [sys.executable, "-m", "benchmarks.clients"],
        input=json.dumps(asdict(load)),
        capture_output=True,
        text=True,
        check=True,
        timeout=load.seconds + 2 * PATIENCE,
    )
    return Served(**json.loads(run.stdout))


class _Client:
    """One connection: the next request goes out when the answer is in."""

    def __init__(self, port: int, requests: list[bytes]) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=PATIENCE)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._requests = requests
        self._mark = uuid4().hex
        self._at = 0
        self._buffer = b""
        self._began = 0.0

    def ask(self) -> None:
        request = self._requests[self._at % len(self._requests)]
        self._at += 1
        self._began = perf_counter()
        self.socket.sendall(request.replace(KEY.encode(), f"{self._mark}-{self._at}".encode()))

    def answer(self) -> tuple[str, float] | None:
        """Take what came; gives status and seconds when the answer is whole."""
        data = self.socket.recv(65_536)
        if not data:
            msg = "the server closed a connection that was to be kept"
            raise ConnectionError(msg)
        self._buffer += data
        end = self._buffer.find(_END)
        if end < 0:
            return None
        head = self._buffer[:end].lower()
        at = head.find(_LENGTH)
        size = 0 if at < 0 else int(head[at + len(_LENGTH) :].split(b"\r\n", 1)[0])
        if len(self._buffer) < end + len(_END) + size:
            return None
        self._buffer = b""
        return head[9:12].decode(), perf_counter() - self._began


def run(load: Load) -> Served:
    """Be all the clients, in one loop."""
    answers: Counter[str] = Counter()
    times: list[float] = []
    with DefaultSelector() as waiting:
        for requests in load.requests:
            client = _Client(load.port, [text.encode() for text in requests])
            waiting.register(client.socket, EVENT_READ, client)
        began = perf_counter()
        for key in waiting.get_map().values():
            key.data.ask()
        while waiting.get_map():
            ready = waiting.select(PATIENCE)
            if not ready:
                msg = "the server does not answer"
                raise TimeoutError(msg)
            for key, _ in ready:
                found = key.data.answer()
                if found is None:
                    continue
                answers[found[0]] += 1
                times.append(found[1])
                if perf_counter() - began < load.seconds:
                    key.data.ask()
                else:
                    waiting.unregister(key.data.socket)
                    key.data.socket.close()
        return Served(len(times) / (perf_counter() - began), times, dict(answers))


def main() -> None:
    """Be the process of the clients, as `ask` starts it."""
    load = Load(**json.load(sys.stdin))
    answer(json.dumps(asdict(run(load))))


if __name__ == "__main__":
    main()
