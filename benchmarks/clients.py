"""Keep-alive clients over raw sockets, in a process of their own and lean."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
from collections import Counter
from dataclasses import asdict, dataclass
from time import perf_counter
from uuid import uuid4

import uvloop

KEY = "{key}"
"""Stands in a request for an idempotency key that is new every time."""
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
    )
    return Served(**json.loads(run.stdout))


class _Client(asyncio.Protocol):
    """One connection: the next request goes out when the answer is in."""

    def __init__(self, requests: list[bytes], stop: float, served: list[tuple[int, float]]) -> None:
        self.requests = requests
        self.stop = stop
        self.served = served
        self.done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._at = 0
        self._buffer = b""
        self._began = 0.0
        self._mark = uuid4().hex

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Begin."""
        assert isinstance(transport, asyncio.Transport)  # noqa: S101
        self._transport = transport
        self._ask()

    def data_received(self, data: bytes) -> None:
        """Take the answer when it is whole."""
        self._buffer += data
        end = self._buffer.find(_END)
        if end < 0:
            return
        head = self._buffer[:end].lower()
        at = head.find(_LENGTH)
        size = 0 if at < 0 else int(head[at + len(_LENGTH) :].split(b"\r\n", 1)[0])
        if len(self._buffer) < end + len(_END) + size:
            return
        now = perf_counter()
        self.served.append((int(head[9:12]), now - self._began))
        self._buffer = b""
        if now < self.stop:
            self._ask()
        else:
            self._transport.close()

    def connection_lost(self, exc: Exception | None) -> None:
        """End; a connection that the server cuts is an error of the run."""
        if exc is None:
            self.done.set_result(None)
        else:
            self.done.set_exception(exc)

    def _ask(self) -> None:
        request = self.requests[self._at % len(self.requests)]
        self._at += 1
        self._began = perf_counter()
        self._transport.write(request.replace(KEY.encode(), f"{self._mark}-{self._at}".encode()))


async def _all(load: Load) -> Served:
    loop = asyncio.get_running_loop()
    began, served = perf_counter(), list[tuple[int, float]]()
    clients = []
    for texts in load.requests:
        wanted = [text.encode() for text in texts]
        _, client = await loop.create_connection(
            lambda wanted=wanted: _Client(wanted, began + load.seconds, served),  # type: ignore[misc]
            "127.0.0.1",
            load.port,
        )
        clients.append(client)
    for client in clients:
        await client.done
    answers = Counter(str(status) for status, _ in served)
    spent = perf_counter() - began
    return Served(len(served) / spent, [time for _, time in served], dict(answers))


def main() -> None:
    """Be the process of the clients, as `ask` starts it."""
    load = Load(**json.load(sys.stdin))
    print(json.dumps(asdict(uvloop.run(_all(load)))))


if __name__ == "__main__":
    main()
