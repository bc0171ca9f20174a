"""The pages of a sample: an auditor reads what was drawn, others draw it by a seed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from secrets import randbelow
from typing import Any, NamedTuple
from uuid import NAMESPACE_OID, UUID, uuid5

import orjson
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from api.address import Address
from api.commands import read_model
from api.problems import not_found
from api.reading.asking import Asking
from api.reading.choices import choices
from api.reading.gate import admit
from api.reading.moment import Moment, refuse
from api.reading.samples import (
    Drawn,
    Place,
    auditors,
    drawn_from,
    drawn_in,
    places,
    to_judge,
    to_read,
)
from api.reading.state import stand, state
from api.web.choosing import Made, as_told
from api.web.forms.fields import Field, Shown, Typed, body, fields_of
from api.web.forms.form import Form
from api.web.forms.picks import Option
from api.web.forms.posting import key
from api.web.forms.questions import lay_out
from api.web.saving import Again, saved
from api.web.section import Gives, Posts, Section
from api.web.texts import N_
from domain.policy import audits
from domain.rules.programme import Drawing, DrawSample
from eventlog.request import Answer
from eventlog.request import Request as Asked

_AT_ONCE = 10
"""So many files of a sample stand on a page: each is opened to tell of its choices."""
_SEEDS = 1_000_000
_PLACE, _SIZE = "programme", "size"
_KNOWN = fields_of(DrawSample)
_FORM = Form(
    "steekproef",
    DrawSample,
    (
        Field(_PLACE, Shown.PICK, required=True, label=N_("From which programme?")),
        Field(_SIZE, Shown.NUMBER, required=True, label=N_("How many trajectories?")),
        _KNOWN["auditor"].but(label=N_("For which auditor?")),
        _KNOWN["until"].but(label=N_("Until when does the auditor read them?")),
        _KNOWN["seed"].but(label=N_("By which number is it drawn?")),
    ),
    title=N_("Draw a sample"),
    save=N_("Draw"),
)


class File(NamedTuple):
    """One trajectory of a sample, with its choices as its reader sees them."""

    id: UUID
    name: str
    choices: list[Made]

    @property
    def open(self) -> int:
        """How many were not judged yet."""
        return sum(each.closed for each in self.choices)


class Sampling(Section):
    """What is drawn and what is read; who may do which says the policy."""

    def routes(self, get: Gives, post: Posts) -> list[BaseRoute]:
        """Give the addresses, each answering with a page whatever happens."""
        return [
            Address("/steekproef", get(self.show), methods=["GET"]),
            Address("/steekproef", post(self.take), methods=["POST"]),
        ]

    def show(self, request: Request) -> Response:
        """Show the samples that somebody reads, or those that were drawn where they draw."""
        who = self.known(request, "timeline", "current_state")
        found = places(self.services, who)
        if found:
            return self._draws(request, who, found, {})
        if not audits(who.actor.role):
            raise not_found()
        return self._reads(request, who, to_read(self.services, who))

    async def take(self, request: Request) -> Response:
        """Draw a sample by what was typed, or show it again with what is not right yet."""
        who, typed = await self.sent(request)
        return await run_in_threadpool(self._take, request, who, typed)

    def _take(self, request: Request, who: Asking, typed: Typed) -> Response:
        found = places(self.services, who)
        if not found:
            raise not_found()

        def save() -> Answer:
            place, command = self._command(found, typed)
            asked = Asked(who.actor, place.id, command, f"web:{typed['key']}")
            return self.services.handler.handle(replace(asked, correlation=who.request))

        answer = saved(who, DrawSample, typed, save)
        if isinstance(answer, Again):
            return self._draws(request, who, found, *answer)
        return self.on(who, answer.position, "/steekproef")

    def _command(self, found: list[Place], typed: Typed) -> tuple[Place, DrawSample]:
        """Read what was typed, and draw; raises Problem or Refused, naming fields."""
        drawing = read_model(Drawing, orjson.dumps(body(_FORM.asks, typed)))
        place = next((each for each in found if each.id == drawing.programme), None)
        if place is None:
            raise not_found()
        files = drawn_from(self.services, place)
        return place, drawing.draw(uuid5(NAMESPACE_OID, f"{typed['key']}/sample"), files)

    def _draws(  # noqa: PLR0913, PLR0917 - what the form shows again
        self,
        request: Request,
        who: Asking,
        found: list[Place],
        typed: Typed,
        wrong: Any = None,
        status: int = 200,
    ) -> Response:
        begun = typed or {"seed": str(randbelow(_SEEDS))}
        samples = [each for place in found for each in drawn_in(self.services, place)]
        return self.page(
            request,
            who,
            "draw.html",
            status=status,
            form=_FORM,
            key=key(typed),
            asked=lay_out(
                _FORM,
                begun,
                wrong or {},
                {
                    _PLACE: [Option(str(each.id), each.name) for each in found],
                    "auditor": [
                        Option(str(person), name) for person, name in auditors(self.services, who)
                    ],
                },
                self.services.today(),
            ),
            samples=samples,
            chosen_in=self._chosen_in(who, samples),
            saved="na" in request.query_params,
        )

    def _chosen_in(self, who: Asking, samples: list[Drawn]) -> dict[UUID, int]:
        """Say of the newest samples in how many files something was chosen, to who sees choices."""
        new = samples[:_AT_ONCE]
        seen = to_judge(self.services, who, {file for each in new for file in each.files})
        return {
            each.id: sum(seen[file] is not None for file in each.files)
            for each in new
            if seen.keys() >= set(each.files)
        }

    def _reads(self, request: Request, who: Asking, samples: list[Drawn]) -> Response:
        asked = request.query_params.get("van")
        files = {file for each in samples for file in each.files}
        waiting = to_judge(self.services, who, files)
        open_in = {each.id: sum(waiting.get(f) or 0 for f in each.files) for each in samples}
        first = next((each for each in samples if open_in[each.id]), next(iter(samples), None))
        chosen = next((each for each in samples if str(each.id) == asked), first)
        drawn = () if chosen is None else chosen.files
        begin = self._begin(who, request.query_params.get("verder"))
        further = begin + _AT_ONCE
        return self.page(
            request,
            who,
            "sample.html",
            samples=samples,
            open_in=open_in,
            chosen=chosen,
            files=list(self._files(who, drawn[begin:further])),
            further=begin > 0,
            next=self.services.tokens.sealed("sample", who.actor.person, further)
            if further < len(drawn)
            else None,
            saved="na" in request.query_params,
        )

    def _begin(self, who: Asking, cursor: str | None) -> int:
        if cursor is None:
            return 0
        found = self.services.tokens.opened("sample", who.actor.person, cursor)
        if not isinstance(found, int):
            raise refuse("cursor", "Begin opnieuw zonder cursor.", "Begin again without a cursor.")
        return found

    def _files(self, who: Asking, files: tuple[UUID, ...]) -> Iterator[File]:
        for each in files:
            access = admit(self.services, who, each)
            _, found = choices(self.services, who, each, Moment())
            about = state(self.services, stand(self.services, who, each, Moment()))["client"]
            told = [as_told(access, entry) for entry in found["decisions"]]
            yield File(each, about["name"] if about else "", told)
