"""Says whether this process lives, and whether it can do its work."""

from __future__ import annotations

from time import monotonic

import orjson
from starlette.requests import Request
from starlette.responses import Response

from api.address import Address
from api.reading.readiness import readiness
from api.signin import asked
from api.wiring import Services
from domain.language import Text
from eventlog.problems import Unavailable
from eventlog.wall import fits

FITS_FOR = 5.0
"""Seconds in which a wall that fitted is not looked at again; one that did not is, each time."""
_SAID = {
    "database": Text("De database is niet te bereiken.", "The database cannot be reached."),
    "migrations": Text(
        "De database is niet van deze versie. Draai samenspoor migrate.",
        "The database is not of this version. Run samenspoor migrate.",
    ),
    "master key": Text(
        "De sleutel opent niet wat in de database staat. Zet de juiste terug.",
        "The key does not open what is in the database. Put the right one back.",
    ),
    "read models": Text(
        "De leesmodellen lopen achter of zijn er nog niet. Kijk of samenspoor project draait.",
        "The read models are behind, or not there yet. See whether samenspoor project runs.",
    ),
}


class Health:
    """Two addresses for whoever keeps the service running; they tell nothing about people."""

    def __init__(self, services: Services) -> None:
        """Watch these services."""
        self.services = services
        self._fitted_at: float | None = None

    def routes(self) -> list[Address]:
        """Give the addresses."""
        return [Address("/livez", self.alive), Address("/readyz", self.ready)]

    async def alive(self, _: Request) -> Response:
        """Answer while the process can answer at all."""
        return _answer(200, {"alive": True})

    def ready(self, request: Request) -> Response:
        """Name what is not ready, without internals, and say what helps."""
        waiting = self._waiting_for()
        if not waiting:
            return _answer(200, {"ready": True, "waiting_for": []})
        said = " ".join(_SAID[each].to(asked(request).language) for each in waiting)
        return _answer(503, {"ready": False, "waiting_for": waiting, "detail": said})

    def _waiting_for(self) -> list[str]:
        try:
            self.services.log.kinds([])
            if not self.services.accesses.made() or not self._fits():
                return ["migrations"]
        except Unavailable:
            return ["database"]
        except Exception:  # noqa: BLE001 - whatever it is, it is not ready
            return ["migrations"]
        return readiness(self.services)

    def _fits(self) -> bool:
        """Say whether the wall is that of this version, which keeps back what it does not know."""
        if self._fitted_at is not None and monotonic() < self._fitted_at + FITS_FOR:
            return True
        self._fitted_at = monotonic() if fits(self.services.log) else None
        return self._fitted_at is not None


def _answer(status: int, content: object) -> Response:
    headers = {"Cache-Control": "no-store"}
    return Response(orjson.dumps(content), status, headers, "application/json")
