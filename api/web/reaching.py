"""How a client is reached: the number on the page of wish and profile, and how it is changed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

import orjson
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from api.address import Address
from api.commands import identifier, read_model
from api.problems import not_allowed
from api.reading.asking import Asking
from api.reading.calling import reach
from api.reading.gate import Access, admit
from api.reading.people import may
from api.web.forms.fields import Typed
from api.web.forms.form import Form
from api.web.forms.person import NUMBER
from api.web.forms.posting import key
from api.web.forms.questions import lay_out
from api.web.saving import Again
from api.web.section import Gives, Posts, Section
from api.web.texts import N_
from api.wiring import Services
from domain.language import Text
from domain.policy import recorders
from domain.rules.base import Command

_PAGE = "/traject/{id}/profiel"


class Reaching(Section):
    """The form of it."""

    def routes(self, get: Gives, post: Posts) -> list[BaseRoute]:
        """Give the addresses, each answering with a page whatever happens."""
        at = f"/traject/{{id}}/{NUMBER.name}"
        return [
            Address(at, get(self.empty), methods=["GET"]),
            Address(at, post(self.save), methods=["POST"]),
        ]

    def empty(self, request: Request) -> Response:
        """Show the form with the number of now."""
        who, trajectory = self.asked(request, "directory")
        access, found = self._found(who, trajectory)
        return self._show(request, access, {"phone": found.get("phone") or ""})

    async def save(self, request: Request) -> Response:
        """Save what was typed, or show it again with what is not right yet."""
        trajectory = identifier(request.path_params["id"])
        who, typed = await self.sent(request)
        return await run_in_threadpool(self._save, request, who, trajectory, typed)

    def _save(self, request: Request, who: Asking, trajectory: UUID, typed: Typed) -> Response:
        access, found = self._found(who, trajectory)

        def reads() -> Command:
            body = {**found, "phone": typed.get("phone", "").strip() or None}
            return read_model(NUMBER.command, orjson.dumps(body))

        assert access.client is not None  # noqa: S101 - or there is no form
        answer = self.store(who, access.client, NUMBER.command, typed, reads)
        if isinstance(answer, Again):
            return self._show(request, access, *answer)
        return self.on(who, answer.position, _PAGE.format(id=trajectory))

    def _found(self, who: Asking, trajectory: UUID) -> tuple[Access, Mapping[str, Any]]:
        """Give what stands, to who is told of it and may change it; raises Problem."""
        access = admit(self.services, who, trajectory)
        found = reach(self.services, access)
        if found is None or not changes(self.services, access):
            raise not_allowed(recorders(NUMBER.command, access.role))
        return access, found

    def _show(
        self,
        request: Request,
        access: Access,
        typed: Typed,
        wrong: Mapping[str, Text] | None = None,
        status: int = 200,
    ) -> Response:
        return self.page(
            request,
            access.asking,
            "plain_form.html",
            status=status,
            form=NUMBER,
            action=f"/traject/{access.trajectory}/{NUMBER.name}",
            back=_PAGE.format(id=access.trajectory),
            about=None,
            leads_back=N_("Wish and profile"),
            key=key(typed),
            asked=lay_out(NUMBER, typed, wrong or {}, {}, self.services.today()),
        )


def changes(services: Services, access: Access) -> Form | None:
    """Give the form to who may say how the client is reached from now on."""
    client = access.client
    held = client is not None and may(services, access.asking, client, [NUMBER.command])
    return NUMBER if held else None
