"""Says whether this process lives, and whether it can do its work."""

from __future__ import annotations

import orjson
from starlette.requests import Request
from starlette.responses import Response

from api.address import Address
from api.wiring import Services


class Health:
    """Two addresses for whoever keeps the service running; they tell nothing about people."""

    def __init__(self, services: Services) -> None:
        """Watch these services."""
        self.services = services

    def routes(self) -> list[Address]:
        """Give the addresses."""
        return [Address("/livez", self.alive), Address("/readyz", self.ready)]

    async def alive(self, _: Request) -> Response:
        """Answer while the process can answer at all."""
        return _answer(200, {"alive": True})

    def ready(self, _: Request) -> Response:
        """Name what is not ready, without internals."""
        return _answer(200, {"ready": True, "waiting_for": []})


def _answer(status: int, content: object) -> Response:
    headers = {"Cache-Control": "no-store"}
    return Response(orjson.dumps(content), status, headers, "application/json")
