"""The page by which somebody new comes in: first a look whether they are known, then the file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from uuid import NAMESPACE_OID, UUID, uuid5

import orjson
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute

from api.address import Address
from api.commands import read_model
from api.problems import TOO_OFTEN, Problem, not_found
from api.reading.asking import Asking
from api.reading.freshness import seen_token
from api.reading.gate import tie_to
from api.reading.searching import alike, may_look, search
from api.reading.taking_in import takers
from api.searching import Search
from api.web.forms.arriving import LOOK, REFERRED, TAKEN_IN
from api.web.forms.fields import Typed, body, fields_of
from api.web.forms.form import Form
from api.web.forms.picks import option
from api.web.forms.posting import command, key
from api.web.forms.questions import lay_out
from api.web.saving import Again, by_field, saved
from api.web.section import Gives, Posts, Section
from domain.events.base import StreamKind
from domain.language import Text
from domain.rules.base import Command
from domain.rules.people import RegisterPerson, look_first
from domain.rules.referral import ONLY_REFERS, Refer
from eventlog.request import Answer
from eventlog.request import Request as Asked
from eventlog.together import part_key

_PAGE = "/nieuw"
_DONE = "klaar"
_ANOTHER = fields_of(RegisterPerson)["somebody_else"]


class Arriving(Section):
    """The page, and what comes of it."""

    def routes(self, get: Gives, post: Posts) -> list[BaseRoute]:
        """Give the addresses, each answering with a page whatever happens."""
        return [
            Address(_PAGE, get(self.start), methods=["GET"]),
            Address(_PAGE, post(self.look), methods=["POST"]),
            Address(f"{_PAGE}/{TAKEN_IN.name}", post(self.save), methods=["POST"]),
        ]

    def start(self, request: Request) -> Response:
        """Ask for whom one looks."""
        who = self.known(request)
        return self._show(request, who, LOOK, {}, done=_DONE in request.query_params)

    async def look(self, request: Request) -> Response:
        """Say who of the own people it may be; who is looked for stands in no address."""
        who, typed = await self.sent(request)
        return await run_in_threadpool(self._look, request, who, typed)

    async def save(self, request: Request) -> Response:
        """Begin the file, or show again what was typed with what is not right yet."""
        who, typed = await self.sent(request)
        return await run_in_threadpool(self._save, request, who, typed)

    def _look(self, request: Request, who: Asking, typed: Typed) -> Response:
        if not may_look(self.services, who):
            raise not_found()
        try:
            asked = read_model(Search, orjson.dumps(body(LOOK.asks, typed)))
            found = search(self.services, who, asked.family_name, asked.birth_year)
        except Problem as problem:
            if problem.kind is not TOO_OFTEN:
                return self._show(request, who, LOOK, typed, by_field(problem), 422)
            # A file can be begun all the same: the rule then looks once more.
            found = {"found": (), "advice": problem.detail.to(who.language)}
        return self._show(request, who, self._form(who), typed, looked=found)

    def _save(self, request: Request, who: Asking, typed: Typed) -> Response:
        if not may_look(self.services, who):
            raise not_found()
        form = self._form(who)
        answer = saved(who, Refer, typed, lambda: self._begin(who, form, typed))
        if isinstance(answer, Again):
            return self._show(request, who, form, *answer)
        if tie_to(self.services, answer.stream, who.actor.person, who.actor.role) is None:
            return RedirectResponse(f"{_PAGE}?{_DONE}=ja", 303)
        token = seen_token(self.services, who, answer.position) or ""
        return RedirectResponse(f"/traject/{answer.stream}?na={token}", 303)

    def _begin(self, who: Asking, form: Form, typed: Typed) -> Answer:
        """Make the person known and begin their file: first of all that both may be."""
        said = body([*form.extra.values(), _ANOTHER], typed)
        register = read_model(RegisterPerson, orjson.dumps(said))
        person = uuid5(NAMESPACE_OID, f"{typed['key']}/{orjson.dumps(said).decode()}")
        fixed = {"client": str(person), **self._taken_in(who, typed)}
        refer = command(replace(form, fixed=fixed), typed)
        comes = self._asked(who, person, register, typed)
        begins = self._asked(who, uuid5(NAMESPACE_OID, f"{typed['key']}/file"), refer, typed)
        self._foresee(begins)
        if self.services.handler.foresee(comes):
            found = alike(self.services, who, person, register)
            look_first(found, person, somebody_else=register.somebody_else)
        self.services.handler.handle(comes)
        return self.services.handler.handle(begins)

    def _taken_in(self, who: Asking, typed: Typed) -> dict[str, str]:
        """Say in which role and for which organisation somebody takes the person in."""
        chosen = typed.get("received_by", "").strip()
        taker = {str(each): found for each, found in takers(self.services, who).items()}.get(chosen)
        at = who.actor.organisation if not chosen else taker and taker.organisation
        role = {"received_role": taker.who.role.value} if taker else {}
        return role | ({"organisation": str(at)} if at else {})

    def _foresee(self, begins: Asked) -> None:
        """Raise what it would be refused with, before anybody is registered for it."""
        handler = self.services.handler
        _, state = handler.state(begins.stream, StreamKind.TRAJECTORY)
        known = dict(begins.command.refers().values())
        handler.decide(begins, state, known, self.services.now())

    @staticmethod
    def _asked(who: Asking, stream: UUID, asked: Command, typed: Typed) -> Asked:
        sent = part_key(f"web:{typed['key']}", stream)
        return Asked(who.actor, stream, asked, sent, correlation=who.request)

    def _form(self, who: Asking) -> Form:
        return REFERRED if who.actor.role in ONLY_REFERS else TAKEN_IN

    def _show(  # noqa: PLR0913, PLR0917 - what a form shows again
        self,
        request: Request,
        who: Asking,
        form: Form,
        typed: Typed,
        wrong: Mapping[str, Text] | None = None,
        status: int = 200,
        *,
        looked: Mapping[str, Any] | None = None,
        done: bool = False,
    ) -> Response:
        """Show what comes next, with what was typed; to who begins no files it is not there."""
        if not may_look(self.services, who):
            raise not_found()
        found = {} if form is LOOK else takers(self.services, who)
        options = {"received_by": [option(each.who) for each in found.values()]}
        asked = lay_out(form, typed, wrong or {}, options, self.services.today())
        return self.page(
            request,
            who,
            "arriving.html",
            status=status,
            form=form,
            action=_PAGE if form is LOOK else f"{_PAGE}/{form.name}",
            key=key(typed),
            asked=asked,
            looked=looked,
            nobody=form is REFERRED and not found,
            another=bool(looked and looked["found"]),
            done=done,
        )
