"""Takes a search for a person over HTTP: in the body, so that no name stands in an address."""

from __future__ import annotations

import orjson
from pydantic import BaseModel, ConfigDict
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from api import bodies
from api.accepting import answered_in_json
from api.address import Address
from api.commands import read_model
from api.reading.searching import search
from api.signin import asking
from api.wiring import Services
from domain.rules.limits import ShortText
from domain.rules.people import BirthYear

PATH = "/api/v1/directory/search"


class Search(BaseModel):
    """Look for a person before beginning a new file."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    family_name: ShortText
    birth_year: BirthYear


class Searching:
    """The address of it; what was searched for is kept nowhere."""

    def __init__(self, services: Services) -> None:
        """Search with these services."""
        self.services = services

    def routes(self) -> list[Address]:
        """Give the address."""
        return [Address(PATH, self.search, methods=["POST"])]

    async def search(self, request: Request) -> Response:
        """Give who of the asker's own people it may be, and what to do when it is none."""
        who = asking(request)
        answered_in_json(request)
        body = await bodies.read(request, self.services.settings.body_limit)
        asked = read_model(Search, body)
        content = await run_in_threadpool(
            search, self.services, who, asked.family_name, asked.birth_year
        )
        headers = {"Content-Language": who.language, "Cache-Control": "private, no-store"}
        return Response(orjson.dumps(content), 200, headers, "application/json")
