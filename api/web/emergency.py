"""The page by which a care worker reads along in an emergency, with a reason, for a day."""

from __future__ import annotations

import re
from functools import partial
from typing import Any
from uuid import UUID

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from api.address import Address
from api.problems import NOT_ALLOWED, NOT_FOUND, Problem, not_found
from api.reading.asking import Asking
from api.reading.emergencies import running
from api.reading.numbers import file_by
from api.web.forms.fields import Field, Shown, Typed
from api.web.forms.form import form
from api.web.forms.posting import command, key
from api.web.forms.questions import lay_out
from api.web.rendering import signed_in
from api.web.saving import Again
from api.web.section import Gives, Posts, Section
from api.web.texts import N_
from domain.language import Text
from domain.policy import enters
from domain.rules.emergency import OpenEmergencyAccess

PAGE = "/noodinzage"
_FILE = "file"
_FORM = form(
    "noodinzage",
    OpenEmergencyAccess,
    asks=("reason",),
    but={"reason": {"label": N_("Why can it not wait?")}},
    extra={_FILE: Field(_FILE, Shown.LINE, required=True, label=N_("The number of the file"))},
)
_ID = re.compile(r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}", re.ASCII)
_NOTHING = Text(
    "Met dit nummer gaat er niets open. Kijk het na, of vraag het aan wie de persoon kent.",
    "Nothing opens by this number. Check it, or ask whoever knows the person.",
)
"""Alike for what is no number, no file, and a file that is not to be opened so."""


class Emergency(Section):
    """Breaking the glass; it shows nothing of any file before."""

    def routes(self, get: Gives, post: Posts) -> list[BaseRoute]:
        """Give the addresses, each answering with a page whatever happens."""
        return [
            Address(PAGE, get(self.show), methods=["GET"]),
            Address(PAGE, post(self.open), methods=["POST"]),
        ]

    def show(self, request: Request) -> Response:
        """Say what it is and what it brings about, with the form."""
        who = signed_in(request)
        return self._page(request, who, {})

    async def open(self, request: Request) -> Response:
        """Open it and go there, or show what was typed again."""
        who, typed = await self.sent(request)
        return await run_in_threadpool(self._open, request, who, typed)

    def _open(self, request: Request, who: Asking, typed: Typed) -> Response:
        if not enters(who.actor.role):
            raise not_found()
        file = self._named(who, typed.get(_FILE, ""))
        if file is None:
            return self._page(request, who, typed, {_FILE: _NOTHING}, 422)
        try:
            answer = self.store(who, file, _FORM.command, typed, partial(command, _FORM, typed))
        except Problem as problem:
            if problem.kind not in {NOT_FOUND, NOT_ALLOWED}:
                raise
            return self._page(request, who, typed, {_FILE: _NOTHING}, 422)
        if isinstance(answer, Again):
            return self._page(request, who, *answer)
        return self.on(who, answer.position, f"/traject/{file}")

    def _named(self, who: Asking, typed: str) -> UUID | None:
        """Find which file is meant: by its short number, or by its id in whatever was pasted."""
        pasted = _ID.search(typed)
        return file_by(self.services, who, typed) if pasted is None else UUID(pasted[0])

    def _page(
        self,
        request: Request,
        who: Asking,
        typed: Typed,
        wrong: Any = None,
        status: int = 200,
    ) -> Response:
        if not enters(who.actor.role):
            raise not_found()
        return self.page(
            request,
            who,
            "emergency.html",
            status=status,
            key=key(typed),
            running=running(self.services, who),
            asked=lay_out(_FORM, typed, wrong or {}, {}, self.services.today()),
        )
