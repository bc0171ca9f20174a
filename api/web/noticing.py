"""The page of what somebody would like to know of; it calls nobody, and is there when they look."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from api.address import Address
from api.reading.asking import Asking
from api.reading.notices import count, notices
from api.web.forms.client import STOP_SHARING
from api.web.rendering import own_of
from api.web.section import Gives, Section
from api.wiring import Services
from domain.policy import Weight

PAGE = "/meldingen"


class Noticing(Section):
    """The page."""

    def routes(self, get: Gives) -> list[BaseRoute]:
        """Give the address."""
        return [Address(PAGE, get(self.show), methods=["GET"])]

    def show(self, request: Request) -> Response:
        """Show what cannot wait, and after it the rest."""
        who = self.known(request, "timeline")
        found = notices(self.services, who)
        return self.page(
            request,
            who,
            "notices.html",
            groups=[(each, [one for one in found if one.weight is each]) for each in Weight],
            quiet=own_of(request).quiet,
            stop=STOP_SHARING,
            saved="na" in request.query_params,
        )


def counted(services: Services, request: Request, who: Asking) -> int:
    """Count for the page that somebody begins on what they want to be told of there."""
    return count(notices(services, who), quiet=own_of(request).quiet)
