"""The addresses of the pages, and what each shows; reads go through `api.reading` alone."""

from __future__ import annotations

from collections.abc import Awaitable, Mapping
from uuid import UUID

from starlette.concurrency import run_in_threadpool
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Match
from starlette.types import Scope

from api.address import Address
from api.commands import identifier
from api.observing import broke
from api.problems import Problem, internal, not_found, unauthenticated, unavailable
from api.reading.asking import Asking
from api.reading.calling import telephones
from api.reading.entry import correctable
from api.reading.gate import Access, admit
from api.reading.help import call
from api.reading.lanes import marks
from api.reading.live import Content, as_shown, content
from api.reading.moment import Moment
from api.reading.newness import move_on, newer, newness
from api.reading.people import me
from api.reading.state import stand, state
from api.reading.support import caseload, caseload_to_call
from api.reading.timeline import begins_before
from api.web import profile
from api.web.accounting import Accounting
from api.web.agreed import Agreed, work_of
from api.web.ahead import Ahead
from api.web.arriving import Arriving
from api.web.assets import mounts
from api.web.board import board, phase
from api.web.card import Card, cards
from api.web.choosing import Choosing, ways
from api.web.circle import Circle
from api.web.covering import Covering, arranged, may_cover, taking_over
from api.web.days import standing, told
from api.web.desk.feed import Feeds
from api.web.device import Device
from api.web.emergency import Emergency
from api.web.employers import Employers
from api.web.entries import Entries, foreseen
from api.web.figures import Figures
from api.web.finding import Finding
from api.web.for_file import ForFile
from api.web.forms.coach import PLACEMENT
from api.web.forms.registry import calls_for_help, leading
from api.web.grouping import Grouping
from api.web.guarding import Guarding
from api.web.heard import Heard
from api.web.helping import Helping, next_step
from api.web.home import Home, late
from api.web.importing import Importing
from api.web.leading import Leading
from api.web.live import Live
from api.web.marks import Marks
from api.web.meeting import Meeting
from api.web.mine import Mine
from api.web.noticing import Noticing, counted
from api.web.noting import Noting
from api.web.openness import Openness
from api.web.paper import Paper
from api.web.profile import Profile
from api.web.reaching import Reaching
from api.web.rendering import Renderer, begins, home, language, of
from api.web.sampling import Sampling
from api.web.section import Section, Shows, Takes
from api.web.seeking import Seeking
from api.web.signals import Signals
from api.web.signing import Signing
from api.web.swimming import Swim, drawn_since, month_after, swim
from api.web.texts import N_
from api.wiring import Services
from domain.policy import cell, keeps_own_file, may_record, told_of_lanes
from domain.roles import Role
from domain.rules.protection import UndoEntry
from eventlog.problems import Unavailable

_HEADINGS = {Role.CLIENT: N_("Your timeline"), Role.EMPLOYER: N_("What we agreed")}
_LANES = ("work", "care", "network", "self")
_PASSING = frozenset({409, 412, 429, 500, 503})
"""What may be otherwise in a moment: then there is a way to try again."""
_MODELS = ("timeline", "current_state", "support", "caseload")
_OURS = ("/api/", "/livez", "/readyz")


class _Elsewhere(Address):
    """What is no page and no address of the API."""

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        """Leave the API its own way of saying that something is not there."""
        if scope["type"] == "http" and scope["path"].startswith(_OURS):
            return Match.NONE, {}
        return super().matches(scope)


class Pages(Section):
    """The pages of the service."""

    def __init__(self, services: Services) -> None:
        """Show what these services know."""
        super().__init__(services, Renderer(services))
        self.agreed = Agreed(services, self.renderer)
        self.noting = Noting(services, self.renderer)
        self.meeting = Meeting(services, self.renderer)
        self.signing = Signing(services, self.renderer, self.noting)

    def routes(self) -> list[BaseRoute]:
        """Give the addresses; the last takes whatever is no address of the API."""
        get, post = self._get, self._post
        person = "/traject/{id}"
        found: list[BaseRoute] = [
            *mounts(),
            Address("/", get(self.home)),
            Address("/demo", get(self.signing.choose)),
            Address("/demo/{persona}", get(self.signing.confirm)),
            Address("/demo/{persona}", post(self.signing.sign_in), methods=["POST"]),
            Address("/afmelden", post(self.signing.sign_out), methods=["POST"]),
            *Feeds(self.services).routes(),
            *Mine(self.services, self.renderer).routes(get, post),
            *Sampling(self.services, self.renderer).routes(get, post),
            *Guarding(self.services, self.renderer).routes(get, post),
            *Emergency(self.services, self.renderer).routes(get, post),
            *Signals(self.services, self.renderer).routes(get, post),
            *Grouping(self.services, self.renderer).routes(get, post),
            *Finding(self.services, self.renderer).routes(get, post),
            *Helping(self.services, self.renderer).routes(get),
            *Device(self.services, self.renderer).routes(get),
            *Employers(self.services, self.renderer).routes(get, post),
            *self.meeting.routes(get, post),
            *Covering(self.services, self.renderer).routes(get, post),
            *Ahead(self.services, self.renderer).routes(get),
            *Noticing(self.services, self.renderer).routes(get),
            *Leading(self.services, self.renderer).routes(get),
            *Figures(self.services, self.renderer).routes(get),
            *Importing(self.services, self.renderer).routes(get, post),
            *Arriving(self.services, self.renderer).routes(get, post),
            Address("/vandaag", get(self.today)),
            Address("/overzicht", get(self.overview)),
            Address("/noteer", get(self.whom)),
            Address(person, get(self.timeline)),
            Address(f"{person}/live", Live(self.services).stream),
            *Accounting(self.services, self.renderer).routes(get),
            *Entries(self.services, self.renderer).routes(get, post),
            *Seeking(self.services, self.renderer).routes(get, post),
            *ForFile(self.services, self.renderer).routes(get),
            *Choosing(self.services, self.renderer).routes(get, post),
            Address(f"{person}/noteer", get(self.noting.choose)),
            *Profile(self.services, self.renderer).routes(get),
            *Reaching(self.services, self.renderer).routes(get, post),
            *Openness(self.services, self.renderer).routes(get),
            *Paper(self.services, self.renderer).routes(get),
            *Home(self.services, self.renderer).routes(get),
            *Heard(self.services, self.renderer).routes(get, post),
            *Circle(self.services, self.renderer).routes(get),
            *Card(self.services, self.renderer).routes(get),
            *Marks(self.services, self.renderer).routes(get),
            Address(f"{person}/{{form}}", get(self.noting.empty)),
            Address(f"{person}/{{form}}", post(self.noting.save), methods=["POST"]),
            _Elsewhere("/{path:path}", get(_nowhere)),
        ]
        return [_compressed(each) for each in found]

    def home(self, request: Request) -> Response:
        """Go where one's role begins."""
        who = of(request)
        return RedirectResponse("/demo" if who is None else home(who), 303)

    def today(self, request: Request) -> Response:
        """Whom to contact, and why."""
        who = self.known(request, *_MODELS)
        found, numbers = caseload_to_call(self.services, who)
        return self.page(
            request,
            who,
            "today.html",
            board=board(found),
            numbers=numbers,
            covers=arranged(who, found["cases"]),
            notices=counted(self.services, request, who),
            may_cover=may_cover(who),
            day=found["day"],
            phase=phase,
            saved="na" in request.query_params,
        )

    def overview(self, request: Request) -> Response:
        """The trajectories that somebody is tied to; with one, that one."""
        who = self.known(request, *_MODELS)
        about = me(self.services, who)
        if len(about["trajectories"]) == 1:
            return RedirectResponse(begins(who, about["trajectories"][0]), 303)
        people = []
        for each in about["trajectories"]:
            found = stand(self.services, who, each, Moment())
            where = state(self.services, found)
            at = begins(who, each)
            here = found.access
            people.append(
                {**where, "at": at, "ways": ways(here, where), "work": work_of(here, where)}
            )
        return self.page(
            request,
            who,
            "overview.html",
            people=people,
            phase=phase,
            step=next_step(who),
            notices=counted(self.services, request, who),
            may_cover=may_cover(who),
        )

    def whom(self, request: Request) -> Response:
        """Choose about whom to note something."""
        who = self.known(request, *_MODELS)
        return self.page(
            request,
            who,
            "whom.html",
            cases=caseload(self.services, who)["cases"],
            may_place=cell(who.actor.role, PLACEMENT.category).record,
        )

    def timeline(self, request: Request) -> Response:
        """What happened, and where it stands now."""
        who = self.known(request, *_MODELS)
        trajectory = identifier(request.path_params["id"])
        asked = request.query_params
        lane = asked.get("baan") if asked.get("baan") in _LANES else None
        access = admit(self.services, who, trajectory)
        if (own := self.agreed.answer(request, access)) is not None:
            return own
        cursor = self._cursor(access, asked)
        further = cursor is not None
        seen = newness(self.services, access)
        found = content(self.services, access, cursor=cursor, lane=lane)
        page, where, held, entries = found
        here = [each["id"] for each in page["entries"]]
        fresh = newer(self.services, access, seen, here)
        if not further and lane is None:
            move_on(self.services, access, seen)
        tie, keeps = access.sight.relation, keeps_own_file(access.role)
        return self.page(
            request,
            who,
            "timeline.html",
            trajectory=trajectory,
            state=where,
            phase=phase(where),
            number=telephones(self.services, [access]).get(trajectory),
            stands=standing(where["standing"]),
            support=held,
            late=late(held, access.today),
            days=told(page["entries"], where["standing"]),
            next=page["next"],
            further=further,
            upto=asked["maand"] if month_after(asked.get("maand", "")) else None,
            shown=None if further else self._shown_whole(access, found if lane is None else None),
            fresh=fresh,
            mine=correctable(access, entries),
            undo=self._undo(who, trajectory, asked.get("net")),
            swim=None if further or lane else self._swim(access, found),
            lane=lane,
            lanes=_lanes(access),
            saved="na" in asked,
            leading=[
                form for form in leading(who.actor.role, where) if may_record(tie, form.command)
            ],
            ways=[
                *profile.ways(access),
                *ways(access, where),
                *([] if held is None else taking_over(access)),
                ("verantwoording", N_("Account")),
                *cards(access),
                ("op-papier", N_("All on one page, to print")),
                *([("voor-het-dossier", N_("Copy for the file"))] if keeps else []),
            ],
            heading=_HEADINGS.get(who.actor.role, N_("Shared timeline")),
            own=who.actor.role is Role.CLIENT,
        )

    def _swim(self, access: Access, found: Content) -> Swim | None:
        today = access.today
        return swim(marks(self.services, access, drawn_since(today), found), today)

    def _cursor(self, access: Access, asked: Mapping[str, str]) -> str | None:
        """Say where the page begins: further on, or with the end of a month."""
        after = month_after(asked.get("maand", ""))
        return begins_before(self.services, access, after) if after else asked.get("verder")

    def _undo(self, who: Asking, trajectory: UUID, named: str | None) -> UUID | None:
        """Name what was saved just now, as long as it can be taken back."""
        if named is None:
            return None
        entry = identifier(named)
        taken = foreseen(self.services, who, trajectory, UndoEntry(entry=entry))
        return entry if taken else None

    def _shown_whole(self, access: Access, found: Content | None) -> str:
        """Give the fingerprint of all lanes together, which is what the stream watches."""
        return as_shown(self.services, access, found or content(self.services, access))

    def _get(self, shows: Shows) -> Takes:
        async def answer(request: Request) -> Response:
            return await self._safely(request, run_in_threadpool(self._shown, request, shows))

        return answer

    def _post(self, takes: Takes) -> Takes:
        async def answer(request: Request) -> Response:
            return await self._safely(request, self._taken(request, takes))

        return answer

    def _shown(self, request: Request, shows: Shows) -> Response:
        self.renderer.know(request)
        return shows(request)

    async def _taken(self, request: Request, takes: Takes) -> Response:
        await run_in_threadpool(self.renderer.know, request)
        return await takes(request)

    async def _safely(self, request: Request, answering: Awaitable[Response]) -> Response:
        """Answer with a page whatever happens."""
        try:
            return await answering
        except Problem as problem:
            return self._told(request, problem)
        except Unavailable:
            return self._told(request, unavailable())
        except Exception as error:  # noqa: BLE001 - a person is looking at this
            broke(error, request.scope)
            return self._told(request, internal())

    def _told(self, request: Request, problem: Problem) -> Response:
        numbers = call(self.services, language(request)) if calls_for_help(request) else ()
        if problem.kind.status == unauthenticated().kind.status:
            return self.signing.asks(request, numbers)
        return self.renderer.page(
            request,
            "problem.html",
            who=of(request),
            status=problem.kind.status,
            problem=problem,
            typed=request.method == "POST",
            again=problem.kind.status in _PASSING,
            numbers=numbers,
        )


def _lanes(access: Access) -> tuple[str, ...]:
    """Name the lanes to who is told of them; whoever the file is about reads their own first."""
    if not told_of_lanes(access.role):
        return ()
    return tuple(sorted(_LANES, key=lambda each: each != "self")) if access.own else _LANES


def _compressed(route: BaseRoute) -> BaseRoute:
    """Let a page weigh little on a phone.

    Its length tells nothing of what it hides: no page repeats what another site put in its address
    but ids and days, and none holds a secret that a longer match would give away.
    """
    if isinstance(route, Address):
        route.app = GZipMiddleware(route.app, compresslevel=6)
    return route


def _nowhere(_: Request) -> Response:
    raise not_found()
