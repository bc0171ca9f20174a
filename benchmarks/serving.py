"""Serves what HTTP is measured on: our application, and an endpoint that does nothing."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from base64 import b64encode
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from time import perf_counter, sleep

from fastapi import FastAPI
from starlette.responses import Response

from benchmarks.region import SECRET

OURS = "api.app:from_environment"
EMPTY = "benchmarks.serving:empty"
WORKERS = 2
PATIENCE = 30.0


def empty() -> FastAPI:
    """Make an application with endpoints that answer at once."""
    app = FastAPI(openapi_url=None)

    @app.get("/empty")
    async def get() -> Response:
        return Response(b"{}", media_type="application/json")

    @app.post("/empty")
    async def post() -> Response:
        return Response(b"{}", media_type="application/json")

    return app


def environment(dsn: str) -> dict[str, str]:
    """Say how our application is to run."""
    key = b64encode(SECRET).decode()
    return {"DATABASE_URL": dsn, "SAMENSPOOR_MASTER_KEY": key, "SAMENSPOOR_DEMO": "1"}


@contextmanager
def served(factory: str, settings: Mapping[str, str]) -> Iterator[int]:
    """Serve with the same settings for everybody; gives the port."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port = found.getsockname()[1]
    options = ("--workers", str(WORKERS), "--log-level", "warning", "--no-access-log")
    process = subprocess.Popen(
        [
            *(sys.executable, "-m", "uvicorn", "--factory", factory, *options),
            *("--host", "127.0.0.1", "--port", str(port)),
        ],
        env={**os.environ, **settings},
        stdout=subprocess.DEVNULL,  # our line per request is written, and read by nobody
    )
    try:
        _wait(process, port)
        yield port
    finally:
        process.terminate()
        process.wait(PATIENCE)


def _wait(process: subprocess.Popen[bytes], port: int) -> None:
    deadline = perf_counter() + PATIENCE
    while perf_counter() < deadline and process.poll() is None:
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=PATIENCE) as connection:
                connection.sendall(b"GET /livez HTTP/1.1\r\nHost: x\r\n\r\n")
                if connection.recv(1):
                    return
        except OSError:
            sleep(0.05)
    msg = "the server did not start"
    raise RuntimeError(msg)
