"""Tells a writer, before saving, which of their words smell of control; nothing of it is kept."""

from __future__ import annotations

import orjson
from pydantic import BaseModel, ConfigDict
from starlette.requests import Request
from starlette.responses import Response

from api import bodies
from api.address import Address
from api.commands import read_model
from api.signin import asking
from api.wiring import Services
from domain.rules.limits import Story
from domain.smells import smells

PATH = "/api/v1/smells"


class Draft(BaseModel):
    """Ask which words of a text are worth a second thought, before saving it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    text: Story


class Smelling:
    """The address that reads along with whoever writes; it stores, counts and logs no word."""

    def __init__(self, services: Services) -> None:
        """Keep to the limits of these services."""
        self.services = services

    def routes(self) -> list[Address]:
        """Give the address."""
        return [Address(PATH, self.smell, methods=["POST"])]

    async def smell(self, request: Request) -> Response:
        """Answer with a sentence for each smell, in the writer's language."""
        who = asking(request)
        body = await bodies.read(request, self.services.settings.body_limit)
        found = [each.to(who.language) for each in smells(read_model(Draft, body).text)]
        headers = {"Content-Language": who.language, "Cache-Control": "no-store"}
        return Response(orjson.dumps({"smells": found}), 200, headers, "application/json")
