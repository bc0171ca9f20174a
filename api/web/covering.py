"""The pages on going away and taking over: who stands in, and what a colleague needs to go on."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any, NamedTuple
from uuid import UUID

import orjson
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from api.address import Address
from api.commands import identifier, read_model, with_id
from api.covers import parts_of
from api.problems import Problem
from api.reading.asking import Asking
from api.reading.colleagues import colleagues
from api.reading.gate import Access
from api.reading.handover import handover
from api.reading.people import me
from api.reading.support import caseload
from api.web.board import phase
from api.web.days import told
from api.web.forms.fields import Typed
from api.web.forms.form import Form
from api.web.forms.picks import Option, option
from api.web.forms.posting import key
from api.web.forms.questions import lay_out
from api.web.forms.team import COVER, TAKE_OVER
from api.web.saving import BUSY, SAVED_ALREADY, by_field
from api.web.section import Gives, Posts, Section
from api.web.texts import N_
from domain.events.cover import CoverArranged
from domain.language import Text
from domain.policy import STOOD_IN_FOR, in_place_of, leads, may_record, might_record
from domain.roles import Role
from domain.rules.base import UNKNOWN_HERE, Refused
from domain.rules.course import ReceiveHandover
from domain.rules.cover import CaseloadCover, EndCover
from eventlog.request import Busy, KeyReused, NotAllowed, NotFound
from eventlog.request import Request as Asked
from eventlog.together import PartRefused, handle_together, part_key

PAGE = "/vervanging"
_COVERS = "covers"
_WORDS = tuple(each for each in COVER.more if each.name == "words")
_COACH = tuple(each.but(required=True) for each in COVER.more if each.name == "coach")
OWN = replace(COVER, more=_WORDS)
"""The form of a coach who is away."""
OF_A_COACH = replace(COVER, asks=(*_COACH, *COVER.asks), more=_WORDS)
"""The form of who leads the team, for a coach who is away."""
_MODELS = ("caseload", "current_state")


class Arranged(NamedTuple):
    """One arrangement as the page shows it, for all files that it holds for."""

    coach: str
    person: str
    starts_on: date
    ends_on: date
    own: str
    """'away' of the coach who looks, 'there' of who stands in, '' of others."""
    names: tuple[str, ...]
    covers: tuple[str, ...]
    """What an end of it names: file and cover."""


class Covering(Section):
    """The pages, and what is saved from them."""

    def routes(self, get: Gives, post: Posts) -> list[BaseRoute]:
        """Give the addresses."""
        return [
            Address(PAGE, get(self.show), methods=["GET"]),
            Address(PAGE, post(self.arrange), methods=["POST"]),
            Address(f"{PAGE}/einde", post(self.end), methods=["POST"]),
            Address("/traject/{id}/overdracht", get(self.pack)),
        ]

    def show(self, request: Request) -> Response:
        """Show who stands in for whom, and the form for all of one's files at once."""
        who = self.known(request, *_MODELS)
        return self._show(request, who, {})

    async def arrange(self, request: Request) -> Response:
        """Arrange it on each file of the coach, once."""
        who, typed = await self.sent(request, frozenset({_COVERS}))
        return await self._saved(request, who, typed, partial(self._parts, who, typed))

    async def end(self, request: Request) -> Response:
        """End one arrangement on every file that it holds for; ended before, nothing changes."""
        who, typed = await self.sent(request, frozenset({_COVERS}))
        parts = [
            self._asked(who, f"{typed['key']}/einde", file, EndCover(cover=cover))
            for file, cover in map(_pair, typed.get(_COVERS, "").split())
        ]
        return await self._saved(request, who, {}, lambda: parts)

    async def _saved(
        self, request: Request, who: Asking, typed: Typed, parts: Callable[[], list[Asked]]
    ) -> Response:
        """Save these together, or show the page with what was typed and what is not right yet."""
        status = 422
        try:
            asked = await run_in_threadpool(parts)
            answers = await handle_together(self.services.handler, asked)
        except Problem as problem:
            wrong = by_field(problem)
        except (Refused, PartRefused, NotFound, NotAllowed) as refused:
            wrong = _said(refused.cause if isinstance(refused, PartRefused) else refused)
        except KeyReused:
            typed, wrong = {**typed, "key": key({})}, {"": SAVED_ALREADY}
        except Busy:
            wrong, status = {"": BUSY}, 503
        else:
            last = max((each.position for each in answers), default=0)
            return self.on(who, last, PAGE)
        return await run_in_threadpool(self._show, request, who, typed, wrong, status)

    def pack(self, request: Request) -> Response:
        """Show what a colleague needs who goes on."""
        who, trajectory = self.asked(request, "caseload", "support")
        access, found = handover(self.services, who, trajectory)
        return self.page(
            request,
            who,
            "handover.html",
            trajectory=trajectory,
            pack=found,
            phase=phase(found),
            choices=told(found["decisions"]),
            take=TAKE_OVER.name if self._waits(access) else None,
            cover=COVER.name if may_record(access.sight.relation, COVER.command) else None,
        )

    def _waits(self, access: Access) -> bool:
        """Say whether a handover waits for who looks."""
        asked = self._asked(access.asking, None, access.trajectory, ReceiveHandover())
        try:
            return self.services.handler.foresee(asked)
        except (Refused, NotAllowed, NotFound):
            return False

    def _parts(self, who: Asking, typed: Typed) -> list[Asked]:
        asked = read_model(CaseloadCover, orjson.dumps(_form(who).body(typed)))
        own = f"web:{typed['key']}"
        return parts_of(self.services, who, with_id(asked, "cover", who.actor.person, own), own)

    @staticmethod
    def _asked(who: Asking, under: str | None, file: UUID, command: Any) -> Asked:
        return Asked(who.actor, file, command, part_key(under, file), correlation=who.request)

    def _show(
        self,
        request: Request,
        who: Asking,
        typed: Typed,
        wrong: Mapping[str, Text] | None = None,
        status: int = 200,
    ) -> Response:
        cases = caseload(self.services, who)["cases"]
        form, may = _form(who), in_place_of(Role.JOB_COACH)
        people = {"person": self._offered(who, may)}
        if form is OF_A_COACH:
            people["coach"] = self._offered(who, STOOD_IN_FOR)
            if who.actor.role in may:
                you = me(self.services, who)
                people["person"].insert(0, Option(str(you["person"]), you["name"] or you["label"]))
        return self.page(
            request,
            who,
            "covering.html",
            status=status,
            key=key(typed),
            asked=lay_out(form, typed, wrong or {}, people, self.services.today()),
            arranged=arranged(who, cases),
            lead=form is OF_A_COACH,
            may=may_cover(who) and bool(cases),
            saved="na" in request.query_params,
        )

    def _offered(self, who: Asking, roles: Sequence[Role]) -> list[Option]:
        return [option(each) for each in colleagues(self.services, who, roles)]


def _form(who: Asking) -> Form:
    return OF_A_COACH if leads(who.actor.role) else OWN


def _said(cause: Exception) -> Mapping[str, Text]:
    """Say why not; one that is not there and one that is not theirs alike."""
    if isinstance(cause, Refused):
        return {cause.field or "": cause.text}
    return {"": UNKNOWN_HERE}


def _pair(named: str) -> tuple[UUID, UUID]:
    file, _, cover = named.partition("/")
    return identifier(file), identifier(cover)


def arranged(who: Asking, cases: Iterable[Mapping[str, Any]]) -> list[Arranged]:
    """Put together what was arranged for several files at once, the first to end first."""
    found: dict[tuple[date, date, UUID, UUID], list[tuple[Any, Any]]] = {}
    for case in cases:
        for each in case.get(_COVERS, ()):
            at = each["ends_on"], each["starts_on"], each["coach"], each["person"]
            found.setdefault(at, []).append((case, each))
    return [_told(who, each_of) for _, each_of in sorted(found.items())]


def may_cover(who: Asking) -> bool:
    """Say whether somebody in this role arranges who stands in, for somebody at least."""
    return might_record(who.actor.role, CoverArranged)


def taking_over(access: Access) -> list[tuple[str, str]]:
    """Name the page for who goes on, to who can say that they do."""
    takes = may_record(access.sight.relation, TAKE_OVER.command)
    return [("overdracht", N_("Handover"))] if takes else []


def _told(who: Asking, each_of: Sequence[tuple[Any, Any]]) -> Arranged:
    (_, first), asks = each_of[0], who.actor.person
    return Arranged(
        first["coach_name"],
        first["person_name"],
        first["starts_on"],
        first["ends_on"],
        "away" if first["coach"] == asks else "there" if first["person"] == asks else "",
        tuple(case["name"] for case, _ in each_of),
        tuple(f"{case['trajectory']}/{each['cover']}" for case, each in each_of),
    )
