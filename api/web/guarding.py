"""The pages of who guards privacy: who looked, what surprised a client, what is looked back at."""

from __future__ import annotations

from functools import partial
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from api.address import Address
from api.commands import identifier
from api.problems import not_found
from api.reading.asking import Asking
from api.reading.emergencies import to_review
from api.reading.guarding import Asked, looks, surprises
from api.reading.moment import day_in
from api.web.forms.fields import Typed
from api.web.forms.posting import command, key
from api.web.forms.questions import lay_out
from api.web.forms.registry import FORMS
from api.web.forms.team import WHY_LOOKED
from api.web.saving import Again
from api.web.section import Gives, Posts, Section
from domain.events.emergency import REVIEWERS
from domain.policy import guards
from domain.roles import ROLE_OF
from domain.rules.emergency import ReviewEmergencyAccess

_REVIEW = FORMS[ReviewEmergencyAccess.NAME]
LOG = "/inzagelog"
_YES = "ja"
_BY = ("since", "until", "person", "role", "organisation", "file", "own")


class Guarding(Section):
    """Who looked over many files, and looking back at emergencies."""

    def routes(self, get: Gives, post: Posts) -> list[BaseRoute]:
        """Give the addresses, each answering with a page whatever happens."""
        one, asked = "/nakijken/{id}/{emergency}", f"{LOG}/{{id}}/{{question}}"
        return [
            Address(LOG, get(self.log)),
            Address(asked, get(self.asked_about), methods=["GET"]),
            Address(asked, post(self.answer), methods=["POST"]),
            Address("/nakijken", get(self.waiting)),
            Address(one, get(self.one), methods=["GET"]),
            Address(one, post(self.review), methods=["POST"]),
        ]

    def log(self, request: Request) -> Response:
        """Show who looked, narrowed by what was asked; what waits comes first."""
        who = self.known(request, "timeline", "directory")
        given = _given(request)
        found = looks(self.services, who, _asked(given), request.query_params.get("verder"))
        narrowed = any(name not in {"since", "until"} for name in given)
        further = "verder" in request.query_params
        return self.page(
            request,
            who,
            "looks.html",
            found=found,
            given=given,
            further=further,
            first=f"/inzagelog?{urlencode(given)}",
            older=f"/inzagelog?{urlencode({**given, 'verder': found['next']})}",
            beside=not (narrowed or further),
            surprises=() if narrowed or further else surprises(self.services, who),
            emergencies=() if narrowed or further else to_review(self.services, who)["emergencies"],
            saved="na" in request.query_params,
        )

    def asked_about(self, request: Request) -> Response:
        """Show what a client asked about a look, with the form to answer it."""
        return self._asked_about(request, self.known(request, "timeline", "directory"), {})

    async def answer(self, request: Request) -> Response:
        """Send the answer, or show what was typed again with what is not right yet."""
        who, typed = await self.sent(request)
        return await run_in_threadpool(self._answer, request, who, typed)

    def _answer(self, request: Request, who: Asking, typed: Typed) -> Response:
        file, question = _named(request, "question")
        typed = {**typed, "question": str(question)}
        answer = self.store(
            who, file, WHY_LOOKED.command, typed, partial(command, WHY_LOOKED, typed)
        )
        if isinstance(answer, Again):
            return self._asked_about(request, self.known(request, "timeline", "directory"), *answer)
        return self.on(who, answer.position, LOG)

    def _asked_about(
        self, request: Request, who: Asking, typed: Typed, wrong: Any = None, status: int = 200
    ) -> Response:
        file, question = _named(request, "question")
        found = surprises(self.services, who)
        each = next(
            (e for e in found if (e["file"], e["fields"]["note"]) == (file, str(question))), None
        )
        if each is None:
            raise not_found()
        return self.page(
            request,
            who,
            "answering.html",
            status=status,
            each=each,
            key=key(typed),
            asked=lay_out(
                WHY_LOOKED,
                {**typed, "question": str(question)},
                wrong or {},
                {},
                self.services.today(),
            ),
        )

    def waiting(self, request: Request) -> Response:
        """Show the emergencies that wait for a second person."""
        who = self.known(request, "timeline", "directory")
        if who.actor.role not in REVIEWERS:
            raise not_found()
        return self.page(
            request,
            who,
            "reviewing.html",
            emergencies=to_review(self.services, who)["emergencies"],
            guards=guards(who.actor.role),
            saved="na" in request.query_params,
        )

    def one(self, request: Request) -> Response:
        """Show one emergency, with the form to look back at it."""
        return self._one(request, self.known(request, "timeline", "directory"), {})

    async def review(self, request: Request) -> Response:
        """Save how it was looked back at, or show it again with what is not right yet."""
        who, typed = await self.sent(request)
        return await run_in_threadpool(self._review, request, who, typed)

    def _review(self, request: Request, who: Asking, typed: Typed) -> Response:
        trajectory, emergency = _named(request)
        typed = {**typed, "emergency": str(emergency)}
        answer = self.store(
            who, trajectory, _REVIEW.command, typed, partial(command, _REVIEW, typed)
        )
        if isinstance(answer, Again):
            return self._one(request, self.known(request, "timeline", "directory"), *answer)
        return self.on(who, answer.position, "/nakijken")

    def _one(
        self,
        request: Request,
        who: Asking,
        typed: Typed,
        wrong: Any = None,
        status: int = 200,
    ) -> Response:
        trajectory, emergency = _named(request)
        found = to_review(self.services, who)["emergencies"]
        each = next(
            (e for e in found if (e["trajectory"], e["emergency"]) == (trajectory, emergency)), None
        )
        if each is None:
            raise not_found()
        begun = {**typed, "emergency": str(emergency)}
        return self.page(
            request,
            who,
            "review.html",
            status=status,
            each=each,
            form=_REVIEW,
            key=key(typed),
            asked=lay_out(_REVIEW, begun, wrong or {}, {}, self.services.today()),
        )


def _given(request: Request) -> dict[str, str]:
    """Take by what the log is narrowed; of what is no role or no yes nothing is kept."""
    given = {name: text for name in _BY if (text := request.query_params.get(name))}
    unknown = {"role": given.get("role") not in ROLE_OF, "own": given.get("own") != _YES}
    return {name: text for name, text in given.items() if not unknown.get(name)}


def _asked(given: Typed) -> Asked:
    """Read by what the log is narrowed; raises Problem."""
    return Asked(
        day_in("since", given.get("since")),
        day_in("until", given.get("until")),
        _id(given, "person"),
        ROLE_OF.get(given.get("role", "")),
        _id(given, "organisation"),
        _id(given, "file"),
        "own" in given,
    )


def _id(given: Typed, name: str) -> UUID | None:
    return identifier(given[name]) if name in given else None


def _named(request: Request, what: str = "emergency") -> tuple[UUID, UUID]:
    return identifier(request.path_params["id"]), identifier(request.path_params[what])
