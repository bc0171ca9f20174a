"""Finds one of one's own people by the beginning of a name, which stands in no address."""

from __future__ import annotations

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute

from api.address import Address
from api.reading.finding import find
from api.web.rendering import signed_in
from api.web.section import Gives, Posts, Section

_PAGE = "/vind"
_NAME = "naam"


class Finding(Section):
    """The page, and what was found."""

    def routes(self, get: Gives, post: Posts) -> list[BaseRoute]:
        """Give the addresses, each answering with a page whatever happens."""
        return [
            Address(_PAGE, get(self.show), methods=["GET"]),
            Address(_PAGE, post(self.find), methods=["POST"]),
        ]

    async def find(self, request: Request) -> Response:
        """Go to the only one found, or show all who were."""
        _, typed = await self.sent(request)
        return await run_in_threadpool(self.show, request, typed.get(_NAME, "").strip())

    def show(self, request: Request, wanted: str = "") -> Response:
        """Show whom one looked for; raises Problem for who is not signed in."""
        who = signed_in(request)
        found = find(self.services, who, wanted)
        if len(found) == 1:
            return RedirectResponse(f"/traject/{found[0][0]}", 303)
        return self.page(request, who, "find.html", wanted=wanted, found=found)
