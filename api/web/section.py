"""What every section of pages begins with: who asks, what they sent, and how it is shown."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any
from uuid import UUID

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from api.commands import identifier
from api.problems import unauthenticated
from api.reading.asking import Asking
from api.reading.freshness import seen_token, wait
from api.reading.people import me
from api.signin import asking
from api.web.forms.fields import Typed
from api.web.forms.posting import MOST_FIELDS, key, typed_in
from api.web.rendering import Renderer, language, of, signed_in
from api.web.saving import Again, first, saved
from api.wiring import Services
from domain.rules.base import Command
from eventlog.request import Answer
from eventlog.request import Request as Asked

Shows = Callable[[Request], Response]
Takes = Callable[[Request], Awaitable[Response]]
Gives = Callable[[Shows], Takes]
"""Makes an answer of what shows a page: one that is a page whatever happens."""
Posts = Callable[[Takes], Takes]


class Section:
    """Pages that belong together."""

    def __init__(self, services: Services, renderer: Renderer) -> None:
        """Show what these services know, and save with them."""
        self.services = services
        self.renderer = renderer

    def known(self, request: Request, *models: str) -> Asking:
        """Give who asks, once these read models show what they just saved; raises Problem."""
        who = replace(signed_in(request), grants={})
        wait(self.services, who, request.query_params.get("na"), *models)
        return who

    def asked(self, request: Request, *models: str) -> tuple[Asking, UUID]:
        """Give who asks about which file; raises Problem for nobody, and for what is no file."""
        who = self.known(request, "current_state", *models)
        return who, identifier(request.path_params["id"])

    async def sent(
        self,
        request: Request,
        several: frozenset[str] = frozenset(),
        most: int = MOST_FIELDS,
    ) -> tuple[Asking, dict[str, str]]:
        """Read what a form sends, and who does, as `typed_in` reads it; raises Problem.

        What nobody sends is kept until they are signed in: a session may end while one types.
        """
        typed = await typed_in(request, self.services.settings.body_limit, several, most)
        if of(request) is None:
            request.state.typed = typed
            raise unauthenticated()
        who = replace(asking(request), language=language(request))
        return who, {**typed, "key": key(typed)}

    def store(  # noqa: PLR0913, PLR0917 - what a command needs, and how it is told of
        self,
        who: Asking,
        stream: UUID,
        kind: type[Command],
        typed: Typed,
        reads: Callable[[], Command],
        named: Callable[[str], str] = first,
    ) -> Answer | Again:
        """Save in a stream the command that `reads` reads of what was typed, as `saved` says."""

        def save() -> Answer:
            asked = Asked(
                who.actor, stream, reads(), f"web:{typed['key']}", correlation=who.request
            )
            return self.services.handler.handle(asked)

        return saved(who, kind, typed, save, named)

    def on(self, who: Asking, position: int, to: str) -> Response:
        """Lead on to a page that shows what was just saved."""
        token = seen_token(self.services, who, position) or ""
        return RedirectResponse(f"{to}{'&' if '?' in to else '?'}na={token}", 303)

    def page(self, request: Request, who: Asking | None, template: str, **content: Any) -> Response:
        """Show a page to who asks for it, if anybody is signed in."""
        about = None if who is None else me(self.services, who)
        return self.renderer.page(request, template, who=who, me=about, **content)
