"""The pages of who leads a team: caseloads, who stands in, and where somebody is needed."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from api.address import Address
from api.commands import identifier
from api.reading.team import coached_by, team
from api.web.board import phase
from api.web.section import Gives, Section

PAGE = 50
"""People of one coach on one page."""
_NUMBER = re.compile(r"[0-9]{1,5}")
TEAM = "/team"
_MODELS = ("caseload", "directory", "outcomes")


class Leading(Section):
    """The pages; the gate says who leads whom."""

    def routes(self, get: Gives) -> list[BaseRoute]:
        """Give the addresses, each answering with a page whatever happens."""
        return [
            Address(TEAM, get(self.team), methods=["GET"]),
            Address(f"{TEAM}/wie/{{coach}}", get(self.coach), methods=["GET"]),
        ]

    def team(self, request: Request) -> Response:
        """Show how the team stands."""
        who = self.known(request, *_MODELS)
        return self.page(request, who, "team.html", team=team(self.services, who))

    def coach(self, request: Request) -> Response:
        """Show whom one coach guides, some at a time."""
        who = self.known(request, *_MODELS)
        found = coached_by(self.services, who, identifier(request.path_params["coach"]))
        first = _place(request.query_params.get("verder"))
        cases: Sequence[Mapping[str, Any]] = found["cases"]
        return self.page(
            request,
            who,
            "coach.html",
            coach=found,
            cases=cases[first : first + PAGE],
            first=first,
            count=len(cases),
            next=first + PAGE if first + PAGE < len(cases) else None,
            phase=phase,
        )


def _place(text: str | None) -> int:
    """Read how many were shown before; what is no such number begins at the first."""
    return int(text) if text and _NUMBER.fullmatch(text) else 0
