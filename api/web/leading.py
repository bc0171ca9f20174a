"""The pages of who leads a team: caseloads, who stands in, and where somebody is needed."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

import orjson
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from api.address import Address
from api.commands import FAILURES, identifier, read_model, with_id, worded
from api.covers import parts_of
from api.problems import INVALID, Problem
from api.reading.asking import Asking
from api.reading.people import me
from api.reading.team import coached_by, covered, must_lead, team
from api.web.board import phase
from api.web.forms.fields import Typed
from api.web.forms.form import form
from api.web.forms.picks import Option
from api.web.forms.posting import key
from api.web.forms.questions import lay_out
from api.web.saving import by_field
from api.web.section import Gives, Posts, Section
from api.web.texts import N_
from domain.language import Text
from domain.rules.cover import ArrangeCover, CaseloadCover, EndCover
from eventlog.request import Request as Asked
from eventlog.together import PartRefused, handle_together, part_key

PAGE = 50
"""People of one coach on one page."""
ARRANGING = "regel"
"""With this in the address the form of who stands in is open."""
_NUMBER = re.compile(r"[0-9]{1,5}")
TEAM, STAND_IN, END = "/team", "/team/vervanging", "/team/vervanging/einde"
_MODELS = ("caseload", "directory", "outcomes")
_COVER = form(
    "vervanging",
    ArrangeCover,
    asks=("coach", "person", "starts_on", "ends_on"),
    more=("words",),
    but={
        "coach": {"required": True, "label": N_("Who is away?")},
        "person": {"label": N_("Who stands in?")},
        "ends_on": {"label": N_("Last day")},
    },
    sees=False,
)
_ONCE = Text("Dit is niet gevonden. Kijk opnieuw.", "This was not found. Look again.")


class Leading(Section):
    """The pages, and what is arranged there; the gate says who leads whom."""

    def routes(self, get: Gives, post: Posts) -> list[BaseRoute]:
        """Give the addresses, each answering with a page whatever happens."""
        return [
            Address(TEAM, get(self.team), methods=["GET"]),
            Address(STAND_IN, post(self.arrange), methods=["POST"]),
            Address(END, post(self.end), methods=["POST"]),
            Address(f"{TEAM}/wie/{{coach}}", get(self.coach), methods=["GET"]),
        ]

    def team(self, request: Request) -> Response:
        """Show how the team stands."""
        return self._show(request, self.known(request, *_MODELS), {}, {})

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

    async def arrange(self, request: Request) -> Response:
        """Let somebody stand in on all that a coach has, or show what is not right yet."""
        who, given = await self.sent(request)
        await run_in_threadpool(must_lead, self.services, who)
        once = f"web:{given['key']}"
        try:
            body = orjson.dumps(_COVER.body(given))
            asked = with_id(read_model(CaseloadCover, body), "cover", who.actor.person, once)
            asks = await run_in_threadpool(parts_of, self.services, who, asked, once)
            return await self._saved(who, asks)
        except Problem as problem:
            wrong = by_field(problem)
        except PartRefused as refused:
            wrong = by_field(worded(refused.cause))
        except FAILURES as error:
            wrong = by_field(worded(error))
        return await run_in_threadpool(self._show, request, who, given, wrong)

    async def end(self, request: Request) -> Response:
        """Let nobody stand in any more where this was arranged."""
        who, typed = await self.sent(request)
        once = f"web:{typed['key']}"
        wanted = [typed.get(each, "") for each in ("coach", "person", "starts_on", "ends_on")]
        found = await run_in_threadpool(covered, self.services, who, wanted)
        if not found:
            raise Problem(INVALID, _ONCE)
        asks = [
            Asked(
                who.actor,
                file,
                EndCover(cover=cover),
                part_key(once, file),
                correlation=who.request,
            )
            for file, cover in found
        ]
        try:
            return await self._saved(who, asks)
        except PartRefused as refused:
            raise worded(refused.cause) from refused
        except FAILURES as error:
            raise worded(error) from error

    async def _saved(self, who: Asking, asks: Sequence[Asked]) -> Response:
        answers = await handle_together(self.services.handler, asks)
        last = max(each.position for each in answers)
        return await run_in_threadpool(self.on, who, last, TEAM)

    def _show(
        self, request: Request, who: Asking, typed: Typed, wrong: Mapping[str, Text]
    ) -> Response:
        found = team(self.services, who)
        you = me(self.services, who)
        away = [Option(str(each["coach"]), each["name"]) for each in found["coaches"]]
        may = [Option(str(e["person"]), e["name"] or you["name"]) for e in found["may_stand_in"]]
        picks = {"coach": away, "person": may}
        return self.renderer.page(
            request,
            "team.html",
            who=who,
            me=you,
            status=422 if wrong else 200,
            team=found,
            asked=lay_out(_COVER, typed, wrong, picks, self.services.today()),
            key=key(typed),
            saved="na" in request.query_params,
            arranging=ARRANGING in request.query_params,
        )


def _place(text: str | None) -> int:
    """Read how many were shown before; what is no such number begins at the first."""
    return int(text) if text and _NUMBER.fullmatch(text) else 0
