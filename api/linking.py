"""Links two files over HTTP by a code from the other one, in the name of who gave the code."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field
from starlette.requests import Request
from starlette.responses import Response

from api import bodies
from api.accepting import answered_in_json
from api.address import Address
from api.commands import (
    FAILURES,
    idempotency_key,
    identifier,
    read_model,
    recorded,
    together,
    worded,
)
from api.reading.codes import opened
from api.signin import asking
from api.wiring import Services
from domain.rules.base import Refused
from domain.rules.limits import Story
from domain.rules.linking import by_code, dead
from eventlog.request import Request as Asked
from eventlog.together import part_key

PATH = "/api/v1/trajectories/{id}/link-by-code"


class LinkByCode(BaseModel):
    """Read this file together with the one of which the client, or their team, gave a code."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    code: Annotated[str, Field(min_length=1, max_length=2048)]
    reason: Story


class Linking:
    """The address of it."""

    def __init__(self, services: Services) -> None:
        """Link with these services."""
        self.services = services

    def routes(self) -> list[Address]:
        """Give the address."""
        return [Address(PATH, self.link, methods=["POST"])]

    async def link(self, request: Request) -> Response:
        """Store an entry on both: one by who asks, one by who gave the code."""
        who = asking(request)
        answered_in_json(request)
        stream = identifier(request.path_params["id"])
        key = idempotency_key(request)
        body = await bodies.read(request, self.services.settings.body_limit)
        asked = read_model(LinkByCode, body)
        try:
            code, giver = opened(self.services, asked.code) or (None, who.actor)
            here, there = by_code(code, stream, asked.reason, self.services.today())
            other = here.other
            parts = [
                Asked(who.actor, stream, here, key, correlation=who.request),
                Asked(giver, other, there, part_key(key, other), correlation=who.request),
            ]
            answer, *_ = await together(self.services, parts, ["", "code"])
        except FAILURES as error:
            there_too = isinstance(error, Refused) and error.field == "code"
            raise worded(dead() if there_too else error) from error
        return recorded(self.services, who, [answer], stream=stream)
