"""Signing in by choosing who to be, in the demo alone; and signing out."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from api.problems import Problem, not_found, unauthenticated
from api.signin import (
    ASKED,
    LIFETIME,
    asked,
    cross_site,
    drop,
    in_the_name_of,
    issue,
    keep,
    same_site,
    token_of,
)
from api.web.forms.fields import Typed
from api.web.forms.posting import typed_in
from api.web.forms.registry import FORMS
from api.web.helping import by_side
from api.web.noting import Noting
from api.web.rendering import Renderer, of, signed_in
from api.web.section import Section
from api.web.whose import device_of
from api.wiring import Services

_BACK = re.compile(r"/(?!(api|demo|afmelden)(/|$))[a-z-]+(/[0-9a-z-]+)*")
"""A page of this site that a form was sent to."""
_FORM = re.compile(r"/traject/(?P<id>[0-9a-f-]{36})/(?P<form>[a-z-]+)")
_KEPT = "f."


class Signing(Section):
    """The chooser of the demo."""

    def __init__(self, services: Services, renderer: Renderer, noting: Noting) -> None:
        """Sign in with these services; what was typed before goes back to its form."""
        super().__init__(services, renderer)
        self.noting = noting

    def choose(self, request: Request) -> Response:
        """Show who one can be."""
        return self._choice(request, chosen=None)

    def confirm(self, request: Request) -> Response:
        """Show one of them, as the address that the demo prints does."""
        chosen = request.path_params["persona"]
        if not self.services.settings.demo or chosen not in self.services.personas:
            raise not_found()
        return self._choice(request, chosen=chosen)

    def asks(self, request: Request, numbers: Sequence[Mapping[str, Any]] = ()) -> Response:
        """Ask who somebody is before they go on; `numbers` are to call.

        What was typed goes back to whose page it was alone: for them it is kept here.
        """
        typed: dict[str, str] = getattr(request.state, "typed", {})
        writer = self._whose(getattr(request.state, "device", None))
        kept = {f"{_KEPT}{name}": value for name, value in typed.items() if writer and value}
        back = request.url.path if kept else ""
        response = self._choice(
            request, chosen=None, status=401, writer=writer, back=back, kept=kept, numbers=numbers
        )
        if kept:
            response.headers["Typed-Text-Kept"] = "yes"  # or the browser keeps it
        return response

    async def sign_in(self, request: Request) -> Response:
        """Become somebody, and go to their start or back to what was being written."""
        headers = {name: value.decode("latin-1") for name, value in request.scope["headers"]}
        persona = self.services.personas.get(request.path_params["persona"])
        if not self.services.settings.demo or persona is None:
            raise not_found()
        if not same_site(headers):
            raise cross_site()
        typed = await typed_in(request, self.services.settings.body_limit)
        now = self.services.now()
        until = int((now + LIFETIME).timestamp())
        request.scope[ASKED] = replace(
            asked(request), actor=persona.actor, foreign=False, until=until
        )
        response: Response = RedirectResponse("/", 303)
        back = typed.get("back", "")
        if _BACK.fullmatch(back):
            kept = {n.removeprefix(_KEPT): v for n, v in typed.items() if n.startswith(_KEPT)}
            with in_the_name_of(self.services, persona.actor), suppress(Problem):
                response = await run_in_threadpool(self._again, request, back, kept)
        token = issue(self.services.tokens, persona.actor, now)
        keep(response, token, secure=request.url.scheme == "https")
        return response

    async def sign_out(self, request: Request) -> Response:
        """Take the cookie away."""
        headers = {name: value.decode("latin-1") for name, value in request.scope["headers"]}
        if not same_site(headers):
            raise cross_site()
        await self.services.streams.leave(self.services.tokens.session(token_of(request)))
        response = RedirectResponse("/demo", 303)
        drop(response, secure=request.url.scheme == "https")
        return response

    def _whose(self, mark: str | None) -> str | None:
        """Name who can come back for what was typed on a page of theirs; None for nobody."""
        if not self.services.settings.demo:
            return None
        people = self.services.personas.items()
        return next((n for n, each in people if device_of(self.services, each.actor) == mark), None)

    def _again(self, request: Request, back: str, typed: Typed) -> Response:
        """Show what was typed in its form again, or ask whether to send it after all."""
        found = _FORM.fullmatch(back)
        if found is not None and found["form"] in FORMS:
            form, trajectory = self.noting.found(found["form"], found["id"])
            return self.noting.show(request, form, trajectory, typed)
        words = [value for value in typed.values() if len(value.split()) > 1]
        return self.page(
            request, signed_in(request), "kept.html", action=back, typed=typed, words=words
        )

    def _choice(  # noqa: PLR0913 - what the page says beside whom to choose
        self,
        request: Request,
        *,
        chosen: str | None,
        status: int = 200,
        writer: str | None = None,
        back: str = "",
        kept: dict[str, str] | None = None,
        numbers: Sequence[Mapping[str, Any]] = (),
    ) -> Response:
        people = self.services.personas if self.services.settings.demo else {}
        return self.renderer.page(
            request,
            "choose.html",
            who=of(request),
            status=status,
            sides=by_side(
                {n: each.actor.role for n, each in people.items() if chosen in {None, n}}
            ),
            people=people,
            chosen=chosen,
            writer=writer,
            back=back,
            kept=kept or {},
            ended=status == unauthenticated().kind.status,
            numbers=numbers,
        )
