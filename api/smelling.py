"""Tells a writer, before saving, what smells of control in it; nothing of it is kept."""

from __future__ import annotations

import json
from typing import Any, Self
from uuid import UUID

import orjson
from pydantic import BaseModel, ConfigDict, model_validator
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from api import bodies
from api.accepting import answered_in_json
from api.address import Address
from api.commands import read_model
from api.reading.asking import Asking
from api.reading.before_saving import before_saving
from api.reading.moment import refuse
from api.signin import asking
from api.wiring import Services
from domain.events.base import StreamKind
from domain.language import Text
from domain.rules import COMMANDS
from domain.rules.base import Unfit
from domain.rules.limits import Story
from domain.smells import smells

PATH = "/api/v1/smells"

_COMMANDS = {each.NAME: each for each in COMMANDS if each.STREAM is StreamKind.TRAJECTORY}
_NO_COMMAND = Text(
    "Kies een opdracht over een traject, zoals log-contact.",
    "Choose a command about a trajectory, such as log-contact.",
)
_TOGETHER = Text(
    "Stuur een tekst, of trajectory, command en body samen.",
    "Send a text, or trajectory, command and body together.",
)


class Draft(BaseModel):
    """Ask what of a text, or of what is about to be noted, is worth a second thought first."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    text: Story | None = None
    trajectory: UUID | None = None
    """Of whom it is noted; then with the command, and asked by who may give it."""
    command: str | None = None
    """The name of a command on a trajectory, as in its address."""
    body: dict[str, Any] | None = None
    """What the command would be given."""

    @model_validator(mode="after")
    def _whole(self) -> Self:
        given = [each is not None for each in (self.trajectory, self.command, self.body)]
        if not all(given) and (self.text is None or any(given)):
            raise Unfit(*_TOGETHER)
        return self


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
        answered_in_json(request)
        body = await bodies.read(request, self.services.settings.body_limit)
        draft = read_model(Draft, body)
        found = [] if draft.text is None else smells(draft.text)
        if draft.trajectory is not None:
            found += await self._about(who, draft.trajectory, draft)
        said = [each.to(who.language) for each in found]
        headers = {"Content-Language": who.language, "Cache-Control": "no-store"}
        return Response(orjson.dumps({"smells": said}), 200, headers, "application/json")

    async def _about(self, who: Asking, trajectory: UUID, draft: Draft) -> list[Text]:
        kind = _COMMANDS.get(draft.command or "")
        if kind is None:
            raise refuse("command", *_NO_COMMAND)
        command = read_model(kind, json.dumps(draft.body).encode())  # numbers of any size
        return await run_in_threadpool(before_saving, self.services, who, trajectory, command)
