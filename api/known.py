"""Answers an address that was read before without taking it apart again."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Awaitable, Callable
from typing import Generic, TypeVar

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Match
from starlette.types import Receive, Scope, Send

MOST = 1024
"""Addresses of one process; the least recently asked go first."""
LONGEST = 500
"""Characters of an address that is remembered."""

Asked = TypeVar("Asked")


class Known(BaseRoute, Generic[Asked]):
    """A route to what another route has read: two equal addresses ask for the same.

    It knows what an address means and nothing about who asks: that is found out each time.
    """

    def __init__(self, answer: Callable[[Request, Asked], Awaitable[Response]]) -> None:
        """Take what answers once the address is read."""
        self._answer = answer
        self._known: OrderedDict[tuple[str, str, bytes], tuple[Asked, BaseRoute]] = OrderedDict()

    async def answer(self, request: Request, asked: Asked) -> Response:
        """Answer an address that was just read, and know it from now on."""
        address = _address(request.scope)
        if len(address[1]) + len(address[2]) <= LONGEST:
            self._known[address] = asked, request.scope["route"]
        if len(self._known) > MOST:
            self._known.popitem(last=False)
        return await self._answer(request, asked)

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        """Match what is known, as the route that read it."""
        if scope["type"] != "http":
            return Match.NONE, {}
        address = _address(scope)
        known = self._known.get(address)
        if known is None:
            return Match.NONE, {}
        self._known.move_to_end(address)
        asked, route = known
        return Match.FULL, {"route": route, _ASKED: asked}

    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer."""
        response = await self._answer(Request(scope, receive), scope[_ASKED])
        await response(scope, receive, send)


_ASKED = "samenspoor.known"


def _address(scope: Scope) -> tuple[str, str, bytes]:
    return scope["method"], scope["path"], scope["query_string"]
