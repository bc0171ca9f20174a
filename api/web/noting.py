"""Noting a contact or a placement: shows the form, saves it once, and loses nothing typed."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Any
from uuid import NAMESPACE_OID, UUID, uuid5

import orjson
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from api.commands import identifier, read_model
from api.problems import Problem, not_allowed, not_found
from api.reading.asking import Asking
from api.reading.entry import one
from api.reading.freshness import seen_token
from api.reading.gate import admit
from api.reading.help import call
from api.reading.moment import Moment
from api.reading.state import stand, state
from api.web.audience import audience
from api.web.desk import drafts
from api.web.forms.beginning import begins_with
from api.web.forms.fields import Typed
from api.web.forms.form import Form
from api.web.forms.picks import pickable, picks
from api.web.forms.posting import command, from_address, key
from api.web.forms.questions import Asked as Laid
from api.web.forms.questions import lay_out
from api.web.forms.registry import FORMS, at_hand, worded
from api.web.rendering import signed_in
from api.web.rereading import questions
from api.web.saving import Again, first
from api.web.section import Section
from api.wiring import Services
from domain.events.base import Category, StreamKind
from domain.language import Text
from domain.policy import chooses_reader, may_append, may_record, recorders
from domain.rules.base import Command
from eventlog.request import Answer, NotAllowed
from eventlog.request import Request as Asked

LATER = "kladje"
"""The button by which what was typed is kept and not saved yet."""
_BACK = {
    "/vandaag": "/vandaag",
    "/agenda": "/agenda",
    "thuis": "/traject/{id}/thuis",
    "mensen": "/traject/{id}/mensen",
    "delen": "/traject/{id}/delen",
    "meldingen": "/meldingen",
    "start": "/",
}
"""Where a form can send on to after saving, other than to the trajectory or one entry of it."""
_ENTRIES = frozenset({"entry", "about"})
"""By which questions an address names the entry that a form is about."""
_ENTRY = re.compile(r"/regel/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.ASCII)


class Noting(Section):
    """The pages with a form."""

    def empty(self, request: Request) -> Response:
        """Show a form that nobody filled in yet."""
        who = signed_in(request)
        form, trajectory = self.found(request.path_params["form"], request.path_params["id"])
        given = from_address(form, request)
        typed: dict[str, str] = {}
        with suppress(Problem):  # who may not note this is told so below
            draft = drafts.draft(self.services, who, form, trajectory)
            typed |= self._begun(who, form, trajectory, given) if draft is None else draft
        return self.show(request, form, trajectory, typed | given)

    def choose(self, request: Request) -> Response:
        """Show what somebody can note or ask here: what nothing can be picked for is left out."""
        who = signed_in(request)
        trajectory = identifier(request.path_params["id"])
        access = admit(self.services, who, trajectory)
        about = state(self.services, stand(self.services, who, trajectory, Moment()))
        first = [each.name for each in at_hand(who.actor.role, about)]
        open_to = [
            worded(form, who.actor.role)
            for form in FORMS.values()
            if may_record(access.sight.relation, form.command)
            and form.fits(access.role)
            and all(
                pickable(self.services, access, about, form, each)
                for each in form.asks
                if each.required
            )
        ]
        rest = [form for form in open_to if form.name not in first]
        return self.page(
            request,
            who,
            "forms.html",
            trajectory=trajectory,
            client=about["client"],
            first=sorted(
                (form for form in open_to if form.name in first),
                key=lambda form: first.index(form.name),
            ),
            folded=chooses_reader(who.actor.role),
            groups=[
                (category, found)
                for category in Category
                if (found := [f for f in rest if f.category is category])
            ],
        )

    async def save(self, request: Request) -> Response:
        """Save what was typed, or show it again with what is not right yet."""
        form, trajectory = self.found(request.path_params["form"], request.path_params["id"])
        who, typed = await self.sent(request, form.several)
        taking = self._lay_aside if LATER in typed else self._save
        return await run_in_threadpool(taking, request, who, form, trajectory, typed)

    @staticmethod
    def found(name: str, trajectory: str) -> tuple[Form, UUID]:
        """Give the form and the trajectory that an address names; raises Problem."""
        if name not in FORMS:
            raise not_found()
        return FORMS[name], identifier(trajectory)

    def show(  # noqa: PLR0913, PLR0917 - what a form shows again
        self,
        request: Request,
        form: Form,
        trajectory: UUID,
        typed: Typed,
        wrong: Mapping[str, Text] | None = None,
        status: int = 200,
        reread: Sequence[Text] = (),
    ) -> Response:
        """Show a form with what was typed, to who may note such a thing."""
        who = signed_in(request)
        access = admit(self.services, who, trajectory)
        if not may_record(access.sight.relation, form.command):
            raise not_allowed(recorders(form.command, who.actor.role))
        about = state(self.services, stand(self.services, who, trajectory, Moment()))
        options = picks(self.services, access, about, form)
        asked = lay_out(form, typed, wrong or {}, options, self.services.today())
        return self.page(
            request,
            who,
            "form.html",
            status=status,
            trajectory=trajectory,
            client=about["client"],
            form=worded(form, who.actor.role),
            own=access.own,
            named=self._named(who, trajectory, asked),
            laid_aside=LATER in request.query_params,
            key=key(typed),
            asked=asked,
            audience=audience(access, form.category),
            reread=reread,
            numbers=call(self.services, who.language) if form.calls else (),
        )

    def _named(self, who: Asking, trajectory: UUID, asked: Laid) -> Mapping[str, Any] | None:
        """Give the entry that the address named as its reader sees it; None where there is none."""
        for each in asked.first:
            if each.kept and each.field.name in _ENTRIES:
                with suppress(Problem):
                    return one(self.services, who, trajectory, identifier(each.value))[1].entry
        return None

    def _begun(self, who: Asking, form: Form, trajectory: UUID, given: Typed) -> dict[str, str]:
        """Give what a form begins with, to who may note such a thing."""
        access = admit(self.services, who, trajectory)
        if not (form.states or form.recalls) or not may_record(access.sight.relation, form.command):
            return {}
        about = state(self.services, stand(self.services, who, trajectory, Moment()))
        return begins_with(self.services, access, about, form, given)

    def _lay_aside(
        self, _: Request, who: Asking, form: Form, trajectory: UUID, typed: Typed
    ) -> Response:
        """Keep what was typed for later: outside the log, for a week, for who typed it."""
        names = {each.name for each in form.fields}
        kept = {name: text for name, text in typed.items() if first(name) in names and text.strip()}
        drafts.keep(self.services, who, form, trajectory, kept)
        return RedirectResponse(f"/traject/{trajectory}/{form.name}?{LATER}=ja", 303)

    def _save(
        self, request: Request, who: Asking, form: Form, trajectory: UUID, typed: Typed
    ) -> Response:
        if reread := questions(self.services, who, form, trajectory, typed):
            return self.show(request, form, trajectory, typed, status=422, reread=reread)

        def reads() -> Command:
            return command(form, self._registered(who, form, trajectory, typed))

        answer = self.store(who, trajectory, form.command, typed, reads)
        if isinstance(answer, Again):
            return self.show(request, form, trajectory, *answer)
        drafts.drop(self.services, who, form, trajectory)
        then = form.then if form.fits(who.actor.role) else ""
        to = after(self.services, who, answer, typed.get("back", ""), then)
        return RedirectResponse(to, 303)

    def _registered(self, who: Asking, form: Form, trajectory: UUID, typed: Typed) -> Typed:
        """Register who or what was typed instead of picked, once the rest is right."""
        new = form.registers
        if new is None or typed.get(new.field) or not (new.always or new.typed(typed)):
            return typed
        body = new.typed(typed)
        stream = uuid5(NAMESPACE_OID, f"{typed['key']}/{'/'.join(body.values())}")
        filled = {**typed, new.field: str(stream)}
        register = read_model(new.command, orjson.dumps(body))
        if not self.services.log.kinds([stream]):  # or it was saved, and is found again
            kind = new.command.STREAM
            self._foresee(Asked(who.actor, trajectory, command(form, filled)), who, {stream: kind})
        self.services.handler.handle(
            Asked(who.actor, stream, register, f"web:{typed['key']}:{new.field}")
        )
        return filled

    def _foresee(self, asked: Asked, who: Asking, known: Mapping[UUID, StreamKind]) -> None:
        """Raise what it would be refused with: then what is `known` by it is not kept either."""
        tie = admit(self.services, who, asked.stream).sight.relation
        handler = self.services.handler
        _, state = handler.state(asked.stream, StreamKind.TRAJECTORY)
        if not may_record(tie, type(asked.command)) or not may_append(
            tie, handler.decide(asked, state, known, self.services.now())
        ):
            raise NotAllowed


def after(services: Services, who: Asking, answer: Answer, back: str, then: str = "") -> str:
    """Say where to go on after saving; on the timeline with what can be taken back for a moment."""
    here = f"/traject/{answer.stream}"
    token = seen_token(services, who, answer.position) or ""
    if _ENTRY.fullmatch(back.removeprefix(here)):
        return f"{back}?na={token}"
    to = _BACK.get(back, then)
    if to:
        return f"{to.format(id=answer.stream)}?na={token}"
    just = f"&net={answer.entries[0]}" if len(answer.entries) == 1 else ""
    return f"{here}?na={token}{just}"
