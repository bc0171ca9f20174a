"""Looking for words in one timeline: asked in a form, so that no address holds them."""

from __future__ import annotations

from functools import partial
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from api.address import Address
from api.commands import identifier
from api.problems import Problem
from api.reading.asking import Asking
from api.reading.gate import admit
from api.reading.moment import Moment
from api.reading.seeking import found, looked_for, parts
from api.reading.state import stand, state
from api.web.days import told
from api.web.forms.fields import Typed
from api.web.rendering import signed_in
from api.web.section import Gives, Posts, Section

WORDS = "woorden"


class Seeking(Section):
    """The page where one looks for something."""

    def routes(self, get: Gives, post: Posts) -> list[BaseRoute]:
        """Give the addresses, each answering with a page whatever happens."""
        return [
            Address("/traject/{id}/zoek", get(self.empty)),
            Address("/traject/{id}/zoek", post(self.look), methods=["POST"]),
        ]

    def empty(self, request: Request) -> Response:
        """Ask what to look for."""
        return self._page(request, signed_in(request), {})

    async def look(self, request: Request) -> Response:
        """Show where the words stand, or what is not right about them."""
        who, typed = await self.sent(request)
        return await run_in_threadpool(self._page, request, who, typed)

    def _page(self, request: Request, who: Asking, typed: Typed) -> Response:
        trajectory = identifier(request.path_params["id"])
        access = admit(self.services, who, trajectory)
        where = state(self.services, stand(self.services, who, trajectory, Moment()))
        answer: dict[str, Any] | None = None
        words: tuple[str, ...] = ()
        wrong = None
        if WORDS in typed:
            try:
                words = looked_for(typed[WORDS])
                answer = found(self.services, access, words, typed.get("verder") or None)
            except Problem as problem:
                wrong = problem.detail if not problem.errors else problem.errors[0].problem
        return self.page(
            request,
            who,
            "seek.html",
            status=422 if wrong else 200,
            trajectory=trajectory,
            client=where["client"],
            typed=typed.get(WORDS, ""),
            wrong=wrong,
            days=None if answer is None else told(answer["entries"]),
            next=answer and answer["next"],
            parts=partial(parts, words=words),
        )
