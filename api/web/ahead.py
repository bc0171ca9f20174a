"""The calendar page: the days ahead, with what is planned and what was promised."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from api.address import Address
from api.reading.agenda import in_role
from api.reading.planned import Planned, Sort, planned
from api.web.forms.team import LOOK_BACK, MOVE
from api.web.section import Gives, Section

PAGE = "/agenda"
SOON = timedelta(days=14)
"""What comes later stands folded."""
_ICONS = {
    Sort.APPOINTMENT: "calendar-check",
    Sort.CONTACT: "clock",
    Sort.EMPLOYER: "building-2",
    Sort.LOOK_BACK: "handshake",
    Sort.COVER: "users",
}
_MODELS = ("caseload", "current_state", "support")


class Line(NamedTuple):
    """What is planned, and for whom: a stand-in for several files is one line."""

    planned: Planned
    icon: str
    about: tuple[Planned, ...]


Days = list[tuple[date, list[Line]]]


class Ahead(Section):
    """The page."""

    def routes(self, get: Gives) -> list[BaseRoute]:
        """Give the address."""
        return [Address(PAGE, get(self.show), methods=["GET"])]

    def show(self, request: Request) -> Response:
        """Show the days ahead, and the way to a calendar of one's own."""
        who = self.known(request, *_MODELS)
        found, today = planned(self.services, who), self.services.today()
        actor = who.actor
        return self.page(
            request,
            who,
            "agenda.html",
            today=today,
            soon=_days([each for each in found if each.on < today + SOON]),
            later=_days([each for each in found if each.on >= today + SOON]),
            move=MOVE.name,
            look_back=LOOK_BACK.name,
            saved="na" in request.query_params,
            has_calendar=in_role(self.services, who),
            feeding=self.services.desk.has_feed(actor.person, actor.role.value),
        )


def _days(found: Sequence[Planned]) -> Days:
    return [(on, list(_lines(list(of)))) for on, of in groupby(found, key=attrgetter("on"))]


def _lines(day: Sequence[Planned]) -> Iterator[Line]:
    """Put a stand-in for several files in one line; the rest is a line each."""
    covers: dict[str, list[Planned]] = {}
    for each in day:
        if each.sort is Sort.COVER:
            covers.setdefault(each.told, []).append(each)
        else:
            yield Line(each, _ICONS[each.sort], (each,))
    for alike in covers.values():
        yield Line(alike[0], _ICONS[Sort.COVER], tuple(alike))
