"""Answers reads over HTTP: what `api.reading` gives, as bytes with a tag, for one reader."""

from __future__ import annotations

from functools import partial
from typing import Annotated, NamedTuple
from uuid import UUID

from fastapi import APIRouter, Query
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from api.accepting import answered_in_json
from api.answering import READ_AFTER, Answering
from api.asked import (
    Categories,
    Cursor,
    Day,
    From,
    HappenedUntil,
    Id,
    KnownAt,
    Lane,
    Limit,
    WantsReader,
)
from api.commands import identifier
from api.known import Known
from api.reading.accesses import accesses
from api.reading.checks import checked
from api.reading.choices import choices, context
from api.reading.codes import link_code
from api.reading.consequences import consequences
from api.reading.cv_gap import cv_gap
from api.reading.eigen_kracht import eigen_kracht
from api.reading.emergencies import to_review
from api.reading.file_copy import file_copy
from api.reading.files import files
from api.reading.freshness import wait
from api.reading.fundings import fundings
from api.reading.gate import Access, Glances, before_hindsight
from api.reading.handover import handover, handover_in
from api.reading.help import help_before
from api.reading.kept import KeptPages, Page
from api.reading.moment import NOW, Moment, day_in, moment
from api.reading.outcomes import outcomes
from api.reading.people import MOST as MOST_EMPLOYERS
from api.reading.people import employers, me, one, people
from api.reading.see_as import see_as
from api.reading.sharing import sharing
from api.reading.state import stand, state, state_in, state_part
from api.reading.support import PROMISED, caseload, support, support_in, today
from api.reading.timeline import MOST, audit_trail, check_categories, timeline, trail_in
from api.reading.wellbeing import wellbeing
from api.replies import page_of, reply
from api.signin import asking
from api.wiring import Services


class Narrowed(NamedTuple):
    """What a page of the timeline is asked by."""

    at: Moment
    limit: int
    cursor: str | None
    lane: str | None
    categories: frozenset[str] | None


class Reads(Answering):
    """The addresses that only answer."""

    def __init__(self, services: Services) -> None:
        """Read with these services."""
        super().__init__(services)
        self._glances = Glances(services)
        self._kept = KeptPages()
        self.known = Known(self._timeline)
        """The route to timelines that were asked before; to stand before all others."""

    def router(self) -> APIRouter:
        """Give the addresses."""
        router = APIRouter(prefix="/api/v1", default_response_class=Response)
        trajectory = "/trajectories/{id}"
        for path, answer in (
            (trajectory, self.trajectory),
            (f"{trajectory}/timeline", self.timeline),
            (f"{trajectory}/audit-trail", self.audit_trail),
            (f"{trajectory}/support", self.support),
            (f"{trajectory}/handover", self.handover),
            (f"{trajectory}/fundings", self.fundings),
            (f"{trajectory}/eigen-kracht", self.eigen_kracht),
            (f"{trajectory}/cv-gap", self.cv_gap),
            (f"{trajectory}/checks", self.checks),
            (f"{trajectory}/access", self.access),
            (f"{trajectory}/entries/{{entry}}/consequences", self.consequences),
            (f"{trajectory}/sharing", self.sharing),
            (f"{trajectory}/copy", self.file_copy),
            (f"{trajectory}/see-as", self.see_as),
            (f"{trajectory}/link-code", self.link_code),
            (f"{trajectory}/setback-help", self.setback_help),
            (f"{trajectory}/trust-decisions", self.choices),
            (f"{trajectory}/trust-decisions/{{decision}}/context", self.context),
            ("/emergencies", self.emergencies),
            (f"{trajectory}/wellbeing", self.wellbeing),
            ("/programmes/{id}/outcomes", self.outcomes),
            ("/caseload", self.caseload),
            ("/today", self.today),
            ("/directory/people", self.people),
            ("/directory/employers", self.employers),
            ("/directory/{id}", self.one),
            ("/me", self.me),
        ):
            router.add_api_route(path, answer, methods=["GET"], name=answer.__name__)
        return router

    def trajectory(
        self,
        request: Request,
        id: Id,  # noqa: A002 - as it is called in the address
        known_at: KnownAt = None,
        happened_until: HappenedUntil = None,
    ) -> Response:
        """Where the trajectory stands: what holds, who is around, in which stages."""
        who, at = self._who(request, "current_state"), moment(known_at, happened_until)
        found = stand(self.services, who, identifier(id), at)
        content = state(self.services, found)
        content |= files(self.services, found.access, at, state_in)
        return self._answer(
            request, who, found.access.ground(), content, state_part(self.services, found)
        )

    async def timeline(  # noqa: PLR0913, PLR0917 - what a page can be asked by
        self,
        request: Request,
        id: Id,  # noqa: A002
        limit: Limit = 60,
        cursor: Cursor = None,
        lane: Lane | None = None,
        categories: Categories = None,
        known_at: KnownAt = None,
        happened_until: HappenedUntil = None,
    ) -> Response:
        """What happened, the last first; a page is full of what the reader may see."""
        asking(request)  # nobody hears what is wrong with an address before they say who they are
        at, trajectory = moment(known_at, happened_until), identifier(id)
        narrowed = Narrowed(at, limit, cursor, lane, check_categories(categories))
        return await self.known.answer(request, (trajectory, narrowed))

    async def _timeline(self, request: Request, asked: tuple[UUID, Narrowed]) -> Response:
        who, (trajectory, narrowed) = asking(request), asked
        answered_in_json(request)
        if READ_AFTER in request.headers:
            await run_in_threadpool(self._who, request, "timeline")
        access, mark = await self._glances.admit(who, trajectory)
        around = frozenset(access.roles.items())
        hidden = access.sight.relation.hidden
        key = (who.actor, access.ground(), hidden, around, trajectory, narrowed)
        once = (  # no mark says it all
            mark.last is None or narrowed.at.known_at is not None or bool(access.linked)
        )
        page = None if once else self._kept.get(key, mark)
        if page is None:
            page = await run_in_threadpool(self._rendered, access, narrowed)
            if not once:
                self._kept.keep(key, mark, page)
        return reply(request, who, page)

    def _rendered(self, access: Access, narrowed: Narrowed) -> Page:
        access = before_hindsight(self.services, access)
        content = timeline(self.services, access, **narrowed._asdict())
        return page_of(self.services, access.asking, access.ground(), content)

    def audit_trail(
        self,
        request: Request,
        id: Id,  # noqa: A002
        limit: Limit = 60,
        cursor: Cursor = None,
    ) -> Response:
        """Every entry as it was recorded, also after a correction, with what the log hashes."""
        who = self._who(request, "audit_trail")
        access, content = audit_trail(
            self.services, who, identifier(id), limit=limit, cursor=cursor
        )
        if cursor is None:  # the `next` of another file goes on at its own address
            told = partial(trail_in, limit=limit)
            content |= files(self.services, access, NOW, told)
        return self._answer(request, who, access.ground(), content)

    def support(
        self,
        request: Request,
        id: Id,  # noqa: A002
        known_at: KnownAt = None,
        happened_until: HappenedUntil = None,
    ) -> Response:
        """The agreed rhythm, the last contacts that worked out, and which comes next and why."""
        who, at = self._who(request, "support"), moment(known_at, happened_until)
        access, content = support(self.services, who, identifier(id), at)
        content |= files(self.services, access, at, support_in, *PROMISED)
        return self._answer(request, who, access.ground(), content)

    def checks(self, request: Request, id: Id) -> Response:  # noqa: A002
        """What a machine can check of the file, each with the entries that prove it."""
        return self._of_file(request, id, "timeline", checked)

    def eigen_kracht(self, request: Request, id: Id) -> Response:  # noqa: A002
        """The questions in the client's order, the circle's plans, and how much of them is done."""
        return self._of_file(request, id, "directory", eigen_kracht)

    def cv_gap(self, request: Request, id: Id) -> Response:  # noqa: A002
        """The years without a paid job, and what was done in them."""
        return self._of_file(request, id, "directory", cv_gap)

    def access(
        self,
        request: Request,
        id: Id,  # noqa: A002
        since: Day = None,
        until: Day = None,
    ) -> Response:
        """Who looked at the file, day by day; client and privacy officer hear of everybody."""
        who = self._who(request, "directory")
        first, last = day_in("since", since), day_in("until", until)
        ground, content = accesses(self.services, who, identifier(id), since=first, until=last)
        return self._answer(request, who, ground, content)

    def emergencies(self, request: Request) -> Response:
        """Who of the own organisation read along in an emergency, and waits for a second person."""
        who = self._who(request, "directory")
        return self._answer(request, who, b"", to_review(self.services, who))

    def sharing(self, request: Request, id: Id) -> Response:  # noqa: A002
        """Who may see what, for what and until when, in plain sentences, and how to stop it."""
        return self._of_file(request, id, "current_state", sharing)

    def file_copy(self, request: Request, id: Id) -> Response:  # noqa: A002
        """The client's copy of the file, as it was recorded until it was given; theirs alone."""
        return self._of_file(request, id, "audit_trail", file_copy)

    def see_as(  # noqa: PLR0913, PLR0917 - as whom, and which page
        self,
        request: Request,
        id: Id,  # noqa: A002
        person: Annotated[str, Query(json_schema_extra={"format": "uuid"})],
        role: Annotated[str, Query(max_length=40, description="In which role they read.")],
        limit: Limit = 60,
        cursor: Cursor = None,
    ) -> Response:
        """State and timeline as somebody else would get them now; never more than one's own."""
        who = self._who(request, "timeline")
        access, content = see_as(
            self.services,
            who,
            identifier(id),
            identifier(person),
            role,
            limit=limit,
            cursor=cursor,
        )
        return self._answer(request, who, access.ground(), content)

    def handover(self, request: Request, id: Id) -> Response:  # noqa: A002
        """What a colleague needs who goes on: promises, what is due, wishes, the last choices."""
        who = self._who(request, "support")
        wait(self.services, who, request.headers.get(READ_AFTER), "current_state")
        access, content = handover(self.services, who, identifier(id))
        content |= files(self.services, access, NOW, handover_in, *PROMISED)
        return self._answer(request, who, access.ground(), content)

    def setback_help(
        self,
        request: Request,
        id: Id,  # noqa: A002
        wants_reader: WantsReader = None,
    ) -> Response:
        """Who reads it when somebody says that it is not going well, and whom to call."""
        who = self._who(request, "directory")
        reader = None if wants_reader is None else identifier(wants_reader)
        access, content = help_before(self.services, who, identifier(id), reader)
        return self._answer(request, who, access.ground(), content)

    def choices(
        self,
        request: Request,
        id: Id,  # noqa: A002
        known_at: KnownAt = None,
        happened_until: HappenedUntil = None,
    ) -> Response:
        """The choices made on trust, the last first, and how each stands."""
        who, at = self._who(request, "timeline"), moment(known_at, happened_until)
        access, content = choices(self.services, who, identifier(id), at)
        return self._answer(request, who, access.ground(), content)

    def link_code(self, request: Request, id: Id) -> Response:  # noqa: A002
        """A code by which another team links its file of this person with this one."""
        return self._of_file(request, id, "directory", link_code)

    def context(
        self,
        request: Request,
        id: Id,  # noqa: A002
        decision: Id,
        limit: Limit = 60,
    ) -> Response:
        """A choice made on trust, beside state and timeline as they were known when it was made."""
        who = self._who(request, "timeline")
        access, content = context(
            self.services, who, identifier(id), identifier(decision), limit=limit
        )
        return self._answer(request, who, access.ground(), content)

    def consequences(self, request: Request, id: Id, entry: Id) -> Response:  # noqa: A002
        """What follows from an entry: reminders and figures with and without it, choices since."""
        who = self._who(request, "timeline")
        access, content = consequences(self.services, who, identifier(id), identifier(entry))
        return self._answer(request, who, access.ground(), content)

    def fundings(self, request: Request, id: Id) -> Response:  # noqa: A002
        """What pays for the trajectory, and until when; the support has no end date."""
        return self._of_file(request, id, "directory", fundings)

    def wellbeing(self, request: Request, id: Id) -> Response:  # noqa: A002
        """The client's own scores, and the line through them when they asked to watch it."""
        return self._of_file(request, id, "directory", wellbeing)

    def outcomes(
        self,
        request: Request,
        id: Id,  # noqa: A002
        since: From = None,
        until: Day = None,
    ) -> Response:
        """Two ladders beside each other for a period, off benefit and part-time, and the talks."""
        who = self._who(request, "outcomes")
        first, last = day_in("from", since), day_in("until", until)
        content = outcomes(self.services, who, identifier(id), first, last)
        return self._answer(request, who, b"", content)

    def caseload(self, request: Request) -> Response:
        """The trajectories on whose team the reader is, by family name."""
        who = self._who(request, "caseload")
        return self._answer(request, who, b"", caseload(self.services, who))

    def today(self, request: Request, limit: Limit = MOST) -> Response:
        """Whom the reader is to contact today, the longest due first."""
        who = self._who(request, "support")
        return self._answer(request, who, b"", today(self.services, who, limit=limit))

    def people(self, request: Request) -> Response:
        """The people around the trajectories of the reader."""
        who = self._who(request, "directory")
        return self._answer(request, who, b"", people(self.services, who))

    def employers(
        self,
        request: Request,
        name: Annotated[str, Query(max_length=200, description="How the name begins.")] = "",
        limit: Annotated[int, Query(ge=1, le=MOST_EMPLOYERS)] = 20,
        cursor: Cursor = None,
    ) -> Response:
        """Employers by the beginning of their name."""
        who = self._who(request, "directory")
        content = employers(self.services, who, name, limit=limit, cursor=cursor)
        return self._answer(request, who, b"", content)

    def one(self, request: Request, id: Id) -> Response:  # noqa: A002
        """One person, organisation, employer, programme or peer group, as its reader sees it."""
        who = self._who(request, "directory")
        part, content = one(self.services, who, identifier(id))
        return self._answer(request, who, b"", content, part)

    def me(self, request: Request) -> Response:
        """Who is signed in, in which role, and which trajectories they are tied to."""
        who = self._who(request, "directory")
        return self._answer(request, who, b"", me(self.services, who))
