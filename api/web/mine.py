"""Everybody's own page: who they are here, how their screen is, their drafts and calendar."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from pydantic import ValidationError
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute

from api.address import Address
from api.commands import identifier
from api.problems import REFUSED, Problem, not_found
from api.reading.agenda import in_role
from api.reading.asking import Asking
from api.reading.moment import Moment
from api.reading.state import stand, state
from api.web.desk import drafts
from api.web.desk.feed import new_feed
from api.web.desk.own import Letters, Own, choose, own
from api.web.forms.fields import Typed
from api.web.forms.registry import FORMS, worded
from api.web.rendering import chosen, keep_language, signed_in
from api.web.section import Gives, Posts, Section, Takes
from api.web.texts import offered
from domain.language import Text
from eventlog.desk import KEPT_FOR

Changes = Callable[[Request, Asking, Typed], Response]
_PAGE, _SAVED = "/mijn", "bewaard"
_YES_NO = {"yes": True, "no": False}


class _Draft(NamedTuple):
    """A draft as it stands on the page."""

    form: str
    heading: str
    trajectory: UUID
    name: str | None
    """Whom it is about; None when there they have no name."""
    until: datetime


class Mine(Section):
    """The page, and what can be changed on it; each in the name of who is signed in."""

    def routes(self, get: Gives, post: Posts) -> list[BaseRoute]:
        """Give the addresses, each answering with a page whatever happens."""
        return [
            Address(_PAGE, get(self.show), methods=["GET"]),
            Address(_PAGE, post(self._changing(self.settle)), methods=["POST"]),
            Address(f"{_PAGE}/kladje", post(self._changing(self.throw_away)), methods=["POST"]),
            Address(f"{_PAGE}/agenda", post(self._changing(self.new_calendar)), methods=["POST"]),
            Address(f"{_PAGE}/agenda/einde", post(self._changing(self.end)), methods=["POST"]),
        ]

    def show(self, request: Request) -> Response:
        """Show it."""
        who = signed_in(request)
        actor = who.actor
        return self.page(
            request,
            who,
            "mine.html",
            saved=_SAVED in request.query_params,
            own=own(self.services, who),
            letter_sizes=list(Letters),
            languages_offered=list(offered(actor.role).values()),
            language=chosen(request).code,
            drafts=list(self._drafts(who)),
            has_calendar=in_role(self.services, who),
            feeding=self.services.desk.has_feed(actor.person, actor.role.value),
        )

    def settle(self, request: Request, who: Asking, typed: Typed) -> Response:
        """Keep how somebody likes their screen; what was not sent stays as it was."""
        given: dict[str, Any] = {
            name: typed[name] for name in ("letters", "language") if name in typed
        }
        given |= {name: _YES_NO.get(typed[name]) for name in ("quiet", "keys") if name in typed}
        before = own(self.services, who).model_dump()
        try:
            wanted = Own.model_validate(before | given)
        except ValidationError as error:
            raise _no_such_choice() from error
        if wanted.language not in {None, before["language"], *offered(who.actor.role)}:
            raise _no_such_choice()
        choose(self.services, who, wanted)
        response = _back()
        if "language" in given and wanted.language is not None:
            keep_language(request, response, wanted.language)
        return response

    def throw_away(self, _: Request, who: Asking, typed: Typed) -> Response:
        """Take one draft away; one that is gone already is gone."""
        form = FORMS.get(typed.get("form", ""))
        if form is None:
            raise not_found()
        drafts.drop(self.services, who, form, identifier(typed.get("trajectory", "")))
        return _back()

    def new_calendar(self, request: Request, who: Asking, _: Typed) -> Response:
        """Make an address for one's calendar, and show it this once."""
        path = new_feed(self.services, who)
        return self.page(
            request,
            who,
            "calendar.html",
            address=f"{request.url.scheme}://{request.url.netloc}{path}",
        )

    def end(self, _: Request, who: Asking, __: Typed) -> Response:
        """Let the address of one's calendar open nothing any more."""
        self.services.desk.end_feed(who.actor.person, who.actor.role.value)
        return _back()

    def _changing(self, changes: Changes) -> Takes:
        async def answer(request: Request) -> Response:
            who, typed = await self.sent(request)
            return await run_in_threadpool(changes, request, who, typed)

        return answer

    def _drafts(self, who: Asking) -> Iterator[_Draft]:
        """Give one's drafts of forms that there still are, by whom they are about."""
        for each in drafts.drafts(self.services, who):
            form = FORMS.get(each.form)
            if form is None:
                continue
            client = state(self.services, stand(self.services, who, each.trajectory, Moment()))[
                "client"
            ]
            yield _Draft(
                form.name,
                worded(form, who.actor.role).heading(),
                each.trajectory,
                client and client["name"],
                each.at + KEPT_FOR,
            )


def _back() -> Response:
    return RedirectResponse(f"{_PAGE}?{_SAVED}=ja", 303)


def _no_such_choice() -> Problem:
    text = Text(
        "Die keuze is er niet; er is niets veranderd.", "There is no such choice; nothing changed."
    )
    return Problem(REFUSED, text)
