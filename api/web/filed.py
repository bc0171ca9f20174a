"""What the pages of one person's file begin with: who asks, about which file, how it is shown."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any
from uuid import UUID

from starlette.requests import Request
from starlette.responses import Response

from api.commands import identifier
from api.problems import unauthenticated
from api.reading.asking import Asking
from api.reading.freshness import wait
from api.reading.people import me
from api.web.rendering import Renderer, of
from api.wiring import Services

Shows = Callable[[Request], Response]
Takes = Callable[[Request], Awaitable[Response]]
Gives = Callable[[Shows], Takes]
"""Makes an answer of what shows a page: one that is a page whatever happens."""
Posts = Callable[[Takes], Takes]


class Filed:
    """Pages about one file."""

    def __init__(self, services: Services, renderer: Renderer) -> None:
        """Show what these services know."""
        self.services = services
        self.renderer = renderer

    def known(self, request: Request, *models: str) -> Asking:
        """Give who asks, once these read models show what they just saved; raises Problem."""
        who = of(request)
        if who is None:
            raise unauthenticated()
        wait(self.services, who, request.query_params.get("na"), *models)
        return who

    def asked(self, request: Request, *models: str) -> tuple[Asking, UUID]:
        """Give who asks about which file; raises Problem for nobody, and for what is no file."""
        who = self.known(request, "current_state", *models)
        return who, identifier(request.path_params["id"])

    def page(self, request: Request, who: Asking, template: str, **content: Any) -> Response:
        """Show a page to who asks for it."""
        return self.renderer.page(request, template, who=who, me=me(self.services, who), **content)
