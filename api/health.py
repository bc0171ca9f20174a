"""Says whether this process lives, and whether it can do its work."""

from __future__ import annotations

import orjson
from starlette.requests import Request
from starlette.responses import Response

from api.address import Address
from api.reading.readiness import readiness
from api.wiring import Services
from eventlog.problems import Unavailable


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
        waiting = self._waiting_for()
        return _answer(503 if waiting else 200, {"ready": not waiting, "waiting_for": waiting})

    def _waiting_for(self) -> list[str]:
        try:
            self.services.log.kinds([])
            if not self.services.accesses.made():
                return ["migrations"]
        except Unavailable:
            return ["database"]
        except Exception:  # noqa: BLE001 - whatever it is, it is not ready
            return ["migrations"]
        return readiness(self.services)


def _answer(status: int, content: object) -> Response:
    headers = {"Cache-Control": "no-store"}
    return Response(orjson.dumps(content), status, headers, "application/json")
