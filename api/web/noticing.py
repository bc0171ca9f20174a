"""The page of what somebody would like to know of; it calls nobody, and is there when they look."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from api.address import Address
from api.reading.asking import Asking
from api.reading.freshness import wait
from api.reading.notices import count, notices
from api.reading.people import me
from api.web.desk.own import own
from api.web.rendering import Renderer, signed_in
from api.wiring import Services
from domain.policy import Weight

PAGE = "/meldingen"


class Noticing:
    """The page."""

    def __init__(self, services: Services, renderer: Renderer) -> None:
        """Show what these services know."""
        self.services = services
        self.renderer = renderer

    def routes(self, get: Callable[..., Any]) -> list[BaseRoute]:
        """Give the address."""
        return [Address(PAGE, get(self.show), methods=["GET"])]

    def show(self, request: Request) -> Response:
        """Show what cannot wait, and after it the rest."""
        who = signed_in(request)
        wait(self.services, who, request.query_params.get("na"), "timeline")
        found = notices(self.services, who)
        return self.renderer.page(
            request,
            "notices.html",
            who=who,
            me=me(self.services, who),
            groups=[(each, [one for one in found if one.weight is each]) for each in Weight],
            quiet=own(self.services, who).quiet,
        )


def counted(services: Services, who: Asking) -> int:
    """Count for the page that somebody begins on what they want to be told of there."""
    return count(notices(services, who), quiet=own(services, who).quiet)
