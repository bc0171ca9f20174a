"""The page with each entry as it was recorded, the way to it, and what it put right."""

from __future__ import annotations

from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from api.address import Address
from api.reading.accesses import between, moments
from api.reading.entry import as_read
from api.reading.live import PAGE
from api.reading.moment import Moment, day_in
from api.reading.state import stand, state
from api.reading.timeline import audit_trail
from api.web.section import Gives, Section
from projections.audit_trail import ALWAYS

_BY = ("since", "until")


class Accounting(Section):
    """The account of a file."""

    def routes(self, get: Gives) -> list[BaseRoute]:
        """Give the address, answering with a page whatever happens."""
        return [Address("/traject/{id}/verantwoording", get(self.show))]

    def show(self, request: Request) -> Response:
        """Show each entry as it was recorded, of all days or of some."""
        who, trajectory = self.asked(request, "timeline")
        given = {name: text for name in _BY if (text := request.query_params.get(name))}
        first, last = (day_in(name, given.get(name)) for name in _BY)
        period = between(self.services.today(), first, last) if given else None
        access, page = audit_trail(
            self.services,
            who,
            trajectory,
            limit=PAGE,
            cursor=request.query_params.get("verder"),
            recorded=moments(period) if period else ALWAYS,
        )
        entries = page["entries"]
        named = {each["id"] for each in entries} | {each["corrects"] for each in entries} - {None}
        here = f"/traject/{trajectory}/verantwoording"
        return self.page(
            request,
            who,
            "account.html",
            trajectory=trajectory,
            state=state(self.services, stand(self.services, who, trajectory, Moment())),
            entries=entries,
            opens=as_read(self.services, access, named),
            period=period,
            newest=f"{here}?{urlencode(given)}" if given else here,
            older=page["next"] and f"{here}?{urlencode({**given, 'verder': page['next']})}",
            further="verder" in request.query_params,
        )
