"""The pages on choices made on trust, and on what can be checked of a file."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from api.address import Address
from api.commands import identifier
from api.problems import unauthenticated
from api.reading.asking import Asking
from api.reading.came_of import came_of
from api.reading.checks import checked, may_check, proofs
from api.reading.choices import choices, context
from api.reading.freshness import wait
from api.reading.gate import Access
from api.reading.moment import Moment
from api.reading.objections import CHOICES
from api.reading.people import me
from api.reading.state import stand, state
from api.web.board import phase
from api.web.days import Told, standing, told
from api.web.forms.registry import FORMS
from api.web.rendering import Renderer, of
from api.web.texts import N_
from api.wiring import Services
from domain.policy import may_record, to_be_judged
from domain.rules.audit import RecordFinding, ReplyToFinding, WriteJudgement

JUDGE, FIND, REPLY = (FORMS[each.NAME] for each in (WriteJudgement, RecordFinding, ReplyToFinding))
"""The forms of an audit, to which the page of a choice leads."""
BEFORE = 60
"""So many entries of before a choice are shown beside it, the last ones."""
_HOLDS: Mapping[bool | None, str] = {
    True: N_("That is so."),
    False: N_("Here it is otherwise."),
    None: N_("There is nothing to check of this yet."),
}
_Shows = Callable[[Request], Response]
_Gives = Callable[[_Shows], Callable[[Request], Awaitable[Response]]]


class Made(NamedTuple):
    """One choice, as a list or a page of its own shows it."""

    told: Told
    closed: bool
    """How it went is told to this reader once they judged the choice."""

    @property
    def entry(self) -> Mapping[str, Any]:
        """The entry by which it was recorded, and how it stands where that is told."""
        return self.told.entry


class Checked(NamedTuple):
    """One thing that was checked, with what proves it."""

    label: str
    holds: str
    by_form: bool
    month: date | None
    proofs: list[Mapping[str, Any]]


class Group(NamedTuple):
    """What was checked of one entry; of the months together there is none."""

    about: Mapping[str, Any] | None
    checks: list[Checked]


class Choosing:
    """The pages for whoever looks back on how was chosen."""

    def __init__(self, services: Services, renderer: Renderer) -> None:
        """Show what these services know."""
        self.services = services
        self.renderer = renderer

    def routes(self, get: _Gives) -> list[BaseRoute]:
        """Give the addresses; `get` answers with a page whatever happens."""
        person = "/traject/{id}"
        return [
            Address(f"{person}/keuzes", get(self.all)),
            Address(f"{person}/keuzes/{{choice}}", get(self.one)),
            Address(f"{person}/nagaan", get(self.checks)),
        ]

    def all(self, request: Request) -> Response:
        """Show the choices of a file, the last first."""
        who, trajectory = self._asked(request)
        access, found = choices(self.services, who, trajectory, Moment())
        return self._page(
            request,
            who,
            "choices.html",
            trajectory=trajectory,
            choices=[_made(access, each) for each in found["decisions"]],
        )

    def one(self, request: Request) -> Response:
        """Show one choice beside what was known when it was made."""
        who, trajectory = self._asked(request)
        decision = identifier(request.path_params["choice"])
        access, then = context(self.services, who, trajectory, decision, limit=BEFORE)
        now = choices(self.services, who, trajectory, Moment())[1]["decisions"]
        stands: Mapping[str, Any] = next(
            (e for e in now if e["fields"].get("decision") == str(decision)), {}
        )
        made = _made(access, {**stands, **then["decision"]})
        tie, where = access.sight.relation, then["state"]
        return self._page(
            request,
            who,
            "choice.html",
            trajectory=trajectory,
            decision=decision,
            choice=made,
            based_on=frozenset(map(str, then["based_on"])),
            then=where,
            phase=phase(where),
            stands=standing(where["standing"]),
            days=told(then["timeline"]),
            more=then["more"],
            since=told(came_of(self.services, access, decision)),
            may_judge=made.closed and may_record(tie, JUDGE.command),
            may_find=not made.closed and may_record(tie, FIND.command),
            may_reply=may_record(tie, REPLY.command),
        )

    def checks(self, request: Request) -> Response:
        """Show what a machine can check of a file, in words and with what proves it."""
        who, trajectory = self._asked(request)
        access, found = checked(self.services, who, trajectory)
        ids = {entry for each in found["checks"] for entry in each["entries"]}
        entries = proofs(self.services, access, ids)
        return self._page(
            request,
            who,
            "checks.html",
            trajectory=trajectory,
            groups=list(_grouped(found["checks"], entries)),
        )

    def _asked(self, request: Request) -> tuple[Asking, UUID]:
        who = of(request)
        if who is None:
            raise unauthenticated()
        wait(self.services, who, request.query_params.get("na"), "timeline", "current_state")
        return who, identifier(request.path_params["id"])

    def _page(
        self, request: Request, who: Asking, template: str, *, trajectory: UUID, **content: Any
    ) -> Response:
        where = state(self.services, stand(self.services, who, trajectory, Moment()))
        return self.renderer.page(
            request,
            template,
            who=who,
            me=me(self.services, who),
            trajectory=trajectory,
            client=where["client"],
            **content,
        )


def ways(access: Access, where: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Name the pages of this module that have something for a reader; `where` is what they see."""
    found = []
    if any(each["type"] in CHOICES for each in where["standing"]):
        found.append(("keuzes", N_("Choices made on trust")))
    if where["standing"] and may_check(access):
        found.append(("nagaan", N_("What can be checked")))
    return found


def _made(access: Access, entry: Mapping[str, Any]) -> Made:
    ((_, (one,)),) = told([entry])
    closed = to_be_judged(access.sight.relation, UUID(entry["fields"]["decision"]))
    return Made(one, closed)


def _grouped(
    found: Sequence[Mapping[str, Any]], entries: Mapping[UUID, Mapping[str, Any]]
) -> Iterator[Group]:
    """Put together what is checked of one entry; what is checked month by month comes last."""
    groups: dict[UUID | None, list[Checked]] = {}
    for each in found:
        about = each["entries"][0] if each["entries"] and each["month"] is None else None
        rest = each["entries"] if about is None else each["entries"][1:]
        made = Checked(
            each["label"],
            _HOLDS[each["holds"]],
            each["by_form"],
            each["month"],
            [entries[proof] for proof in rest],
        )
        groups.setdefault(about, []).append(made)
    months = groups.pop(None, [])
    for about, checks in groups.items():
        yield Group(None if about is None else entries[about], checks)
    if months:
        yield Group(None, months)
