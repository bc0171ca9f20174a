"""The card that a client carries: the number by which their file is opened in an emergency."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from api.address import Address
from api.problems import not_found
from api.reading.gate import Access, noted, tied
from api.reading.moment import NOW
from api.reading.numbers import number_for
from api.reading.state import stand_for, state
from api.web.emergency import PAGE
from api.web.section import Gives, Section
from api.web.texts import N_
from domain.policy import carries_number

CARD = "noodkaart"


class Card(Section):
    """The page, made to be printed."""

    def routes(self, get: Gives) -> list[BaseRoute]:
        """Give the address."""
        return [Address(f"/traject/{{id}}/{CARD}", get(self.show), methods=["GET"])]

    def show(self, request: Request) -> Response:
        """Show whose it is and the number, with where it is used; to others there is none."""
        who, trajectory = self.asked(request)
        access = tied(self.services, who, trajectory)
        number = number_for(self.services, access)
        if number is None:
            raise not_found()
        noted(self.services, access)
        about = state(self.services, stand_for(self.services, access, NOW))
        return self.page(
            request,
            who,
            "card.html",
            trajectory=trajectory,
            number=number,
            client=about["client"],
            own=access.own,
            address=f"{request.url.netloc}{PAGE}",
        )


def cards(access: Access) -> list[tuple[str, str]]:
    """Name the page to who has one, as the page of a file leads on."""
    return [(CARD, N_("Emergency card"))] if carries_number(access.sight.relation) else []
