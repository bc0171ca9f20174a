"""Signing in as an invented person, in the demo alone, and signing out."""

from __future__ import annotations

import orjson
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from api import bodies
from api.address import Address
from api.problems import INVALID, FieldProblem, Problem
from api.reading.asking import Asking
from api.reading.people import me
from api.signin import (
    LIFETIME,
    asked,
    asking,
    cross_site,
    drop,
    in_the_name_of,
    issue,
    keep,
    same_site,
    token_of,
)
from api.wiring import Services
from domain.language import Text

_BROWSER = frozenset({b"sec-fetch-site", b"origin"})
"""What only a browser tells: a program that signs in for itself sends neither."""


class SignIn:
    """Outside the demo these addresses do not exist."""

    def __init__(self, services: Services) -> None:
        """Sign in with these services."""
        self.services = services

    def routes(self) -> list[Address]:
        """Give the addresses."""
        if not self.services.settings.demo:
            return []
        return [
            Address("/api/v1/demo/personas", self.personas, methods=["GET"]),
            Address("/api/v1/demo/sign-in", self.sign_in, methods=["POST"]),
            Address("/api/v1/demo/sign-out", self.sign_out, methods=["POST"]),
        ]

    async def personas(self, request: Request) -> Response:
        """Name who one can be."""
        language = asked(request).language
        content = [
            {"persona": name, "label": each.label.to(language), "role": each.actor.role}
            for name, each in self.services.personas.items()
        ]
        return Response(orjson.dumps({"personas": content}), media_type="application/json")

    async def sign_in(self, request: Request) -> Response:
        """Give a token, for programs in the answer and for browsers as a cookie."""
        headers = {name: value.decode("latin-1") for name, value in request.scope["headers"]}
        if not _BROWSER.isdisjoint(headers) and not same_site(headers):
            raise cross_site()
        found = bodies.parse(await bodies.read(request, self.services.settings.body_limit))
        persona = found.get("persona")
        known = self.services.personas.get(persona) if isinstance(persona, str) else None
        if known is None or len(found) > 1:
            raise _unknown()
        token = issue(self.services.tokens, known.actor, self.services.now())
        who = Asking(known.actor, asked(request).language)
        with in_the_name_of(self.services, known.actor):
            own = await run_in_threadpool(me, self.services, who)
        content = {
            "token": token,
            "token_type": "Bearer",
            "expires_in": int(LIFETIME.total_seconds()),
            "me": own,
        }
        response = Response(orjson.dumps(content), 201, media_type="application/json")
        keep(response, token, secure=request.url.scheme == "https")
        return response

    async def sign_out(self, request: Request) -> Response:
        """Take the cookie away; the token itself ends within the day."""
        asking(request)
        await self.services.streams.leave(self.services.tokens.session(token_of(request)))
        response = Response(b"", 204)
        drop(response, secure=request.url.scheme == "https")
        return response


def _unknown() -> Problem:
    text = Text("Kies een van de personen uit de lijst.", "Choose one of the people on the list.")
    return Problem(INVALID, text, [FieldProblem("persona", text)])
