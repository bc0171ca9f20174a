"""What every section of pages begins with: what it shows from, who asks, and how it is shown."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any
from uuid import UUID

from starlette.requests import Request
from starlette.responses import Response

from api.commands import identifier
from api.reading.asking import Asking
from api.reading.freshness import wait
from api.reading.people import me
from api.web.rendering import Renderer, signed_in
from api.wiring import Services

Shows = Callable[[Request], Response]
Takes = Callable[[Request], Awaitable[Response]]
Gives = Callable[[Shows], Takes]
"""Makes an answer of what shows a page: one that is a page whatever happens."""
Posts = Callable[[Takes], Takes]


class Section:
    """Pages that belong together."""

    def __init__(self, services: Services, renderer: Renderer) -> None:
        """Show what these services know, and save with them."""
        self.services = services
        self.renderer = renderer

    def known(self, request: Request, *models: str) -> Asking:
        """Give who asks, once these read models show what they just saved; raises Problem."""
        who = signed_in(request)
        wait(self.services, who, request.query_params.get("na"), *models)
        return who

    def asked(self, request: Request, *models: str) -> tuple[Asking, UUID]:
        """Give who asks about which file; raises Problem for nobody, and for what is no file."""
        who = self.known(request, "current_state", *models)
        return who, identifier(request.path_params["id"])

    def page(self, request: Request, who: Asking | None, template: str, **content: Any) -> Response:
        """Show a page to who asks for it, if anybody is signed in."""
        about = None if who is None else me(self.services, who)
        return self.renderer.page(request, template, who=who, me=about, **content)
