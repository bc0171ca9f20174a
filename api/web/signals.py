"""The page of signals that it is not going well: what was said, and the team's answer, in place."""

from __future__ import annotations

from functools import partial

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from api.address import Address
from api.commands import identifier
from api.reading.asking import Asking
from api.reading.signals import signals
from api.web.days import told
from api.web.forms.fields import Typed
from api.web.forms.posting import command
from api.web.forms.team import ANSWER
from api.web.saving import Again
from api.web.section import Gives, Posts, Section


class Signals(Section):
    """Signals and answers."""

    def routes(self, get: Gives, post: Posts) -> list[BaseRoute]:
        """Give the addresses, each answering with a page whatever happens."""
        return [
            Address("/signalen", get(self.show), methods=["GET"]),
            Address("/signalen", post(self.answer), methods=["POST"]),
        ]

    def show(self, request: Request) -> Response:
        """Show what is open, what waits for an answer first."""
        who = self.known(request, "current_state", "support", "caseload", "timeline")
        return self._page(request, who)

    async def answer(self, request: Request) -> Response:
        """Save an answer, or show it again with what is not right yet."""
        who, typed = await self.sent(request)
        return await run_in_threadpool(self._answer, request, who, typed)

    def _answer(self, request: Request, who: Asking, typed: Typed) -> Response:
        trajectory = identifier(typed.get("trajectory", ""))
        answer = self.store(who, trajectory, ANSWER.command, typed, partial(command, ANSWER, typed))
        if isinstance(answer, Again):
            return self._page(request, who, answer)
        return self.on(who, answer.position, "/signalen")

    def _page(self, request: Request, who: Asking, again: Again | None = None) -> Response:
        found = signals(self.services, who)
        lines = [(each, told([each.entry])[0][1][0]) for each in found]
        return self.page(
            request,
            who,
            "signals.html",
            status=200 if again is None else again.status,
            waiting=[line for line in lines if not line[0].answered],
            answered=[line for line in lines if line[0].answered],
            typed={} if again is None else again.typed,
            wrong={} if again is None else again.wrong,
            saved="na" in request.query_params,
        )
