"""A whole file on paper: all entries that its reader sees, on one page to print."""

from __future__ import annotations

from itertools import chain, islice

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from api.address import Address
from api.reading.gate import admit
from api.reading.moment import NOW
from api.reading.state import stand_for, state
from api.reading.timeline import through
from api.web.days import told
from api.web.section import Gives, Section

MOST = 1000
"""So many entries are printed; of a longer file the newest, and the page says so."""


class Paper(Section):
    """The page to print."""

    def routes(self, get: Gives) -> list[BaseRoute]:
        """Give the address."""
        return [Address("/traject/{id}/op-papier", get(self.show))]

    def show(self, request: Request) -> Response:
        """Show every entry, the last first, without a way to anything else."""
        who, trajectory = self.asked(request, "timeline")
        access = admit(self.services, who, trajectory)
        about = state(self.services, stand_for(self.services, access, NOW))
        pages = (page["entries"] for page in through(self.services, access))
        found = list(islice(chain.from_iterable(pages), MOST + 1))
        return self.page(
            request,
            who,
            "paper.html",
            trajectory=trajectory,
            client=about["client"],
            days=told(found[:MOST], about["standing"]),
            most=MOST if len(found) > MOST else None,
            today=access.today,
        )
