"""The pages on choices made on trust, and on what can be checked of a file."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import partial
from types import MappingProxyType
from typing import Any, NamedTuple
from uuid import UUID

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from api.address import Address
from api.commands import identifier
from api.problems import not_found
from api.reading.asking import Asking
from api.reading.came_of import came_of
from api.reading.checks import checked, may_check, proofs
from api.reading.choices import choices, context
from api.reading.gate import Access
from api.reading.moment import Moment
from api.reading.objections import CHOICES
from api.reading.state import stand, state
from api.web.board import phase
from api.web.days import Told, standing, told
from api.web.forms.fields import Typed
from api.web.forms.form import Form
from api.web.forms.posting import command, key
from api.web.forms.questions import Asked as Laid
from api.web.forms.questions import lay_out
from api.web.forms.registry import FORMS
from api.web.forms.team import ANOTHER
from api.web.saving import Again
from api.web.section import Gives, Posts, Section
from api.web.texts import N_
from domain.events.audit import AuditFinding
from domain.events.trust import Agreement, TookPart
from domain.language import Choice, Text
from domain.policy import audits, may_record, to_be_judged
from domain.roles import Role
from domain.rules.audit import RecordFinding, ReplyToFinding, WriteJudgement
from domain.state.trust import DecisionState

JUDGE, FIND, REPLY = (FORMS[each.NAME] for each in (WriteJudgement, RecordFinding, ReplyToFinding))
"""The forms of an audit, which stand on the page of a choice."""
_WRITTEN = {each.name: each for each in (JUDGE, FIND, REPLY)}
BEFORE = 60
"""So many entries of before a choice are shown beside it, the last ones."""
_HOLDS: Mapping[bool | None, str] = {
    True: N_("That is so."),
    False: N_("Here it is otherwise."),
    None: N_("There is nothing to check of this yet."),
}
_Shows = Callable[[Request], Response]


class Made(NamedTuple):
    """One choice, as a list or a page of its own shows it."""

    told: Told
    closed: bool
    """How it went is told to this reader once they judged the choice."""
    stands: str | None
    """How it stands, where that is told; of a choice that was looked back on the day is told."""

    @property
    def entry(self) -> Mapping[str, Any]:
        """The entry by which it was recorded, and how it stands where that is told."""
        return self.told.entry


class Took(NamedTuple):
    """How somebody was part of a choice, and where they stood."""

    who: Text
    how: Text
    stood: Text
    words: str | None


class Checked(NamedTuple):
    """One thing that was checked, with what proves it."""

    label: str
    holds: bool | None
    said: str
    """Whether it holds, in words: an id in the catalogue."""
    by_form: bool
    month: date | None
    proofs: list[Mapping[str, Any]]


class Written(NamedTuple):
    """What somebody writes about a choice, and what is not right yet by field."""

    form: Form
    typed: Typed
    wrong: Mapping[str, Text] = MappingProxyType({})


class Since(NamedTuple):
    """What was written about a choice since."""

    told: Told
    finding: str | None
    """A finding to which this reader may reply."""


class Asks(NamedTuple):
    """The form that stands on the page of a choice."""

    form: Form
    key: str
    asked: Laid
    unfolded: bool
    """It is what the page is for now; otherwise it opens with a tap."""

    @property
    def finds(self) -> bool:
        """It asks for a finding."""
        return self.form is FIND

    def answers(self, finding: str) -> bool:
        """Say whether it replies to this finding."""
        return self.form is REPLY and any(each.value == finding for each in self.asked.first)


class Group(NamedTuple):
    """What was checked of one entry; of the months together there is none."""

    about: Mapping[str, Any] | None
    checks: list[Checked]
    later: list[Checked]
    """Of which there is nothing to check yet, beside what there is."""


class Choosing(Section):
    """The pages for whoever looks back on how was chosen."""

    def routes(self, get: Gives, post: Posts) -> list[BaseRoute]:
        """Give the addresses, each answering with a page whatever happens."""
        person = "/traject/{id}"
        return [
            Address(f"{person}/keuzes", get(self.all)),
            Address(f"{person}/keuzes/{{choice}}", get(self.one), methods=["GET"]),
            Address(f"{person}/keuzes/{{choice}}", post(self.write), methods=["POST"]),
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
            choices=[as_told(access, each) for each in found["decisions"]],
        )

    def one(self, request: Request) -> Response:
        """Show one choice beside what was known when it was made."""
        asked = request.query_params.get("antwoord")
        finding = {"finding": str(identifier(asked))} if asked else None
        return self._one(request, Written(REPLY, finding) if finding else None)

    async def write(self, request: Request) -> Response:
        """Save what was written about a choice, and show the choice again."""
        _, typed = await self.sent(request, FIND.several)
        return await run_in_threadpool(self._write, request, typed)

    def _write(self, request: Request, typed: Typed) -> Response:
        who, trajectory = self._asked(request)
        decision = identifier(request.path_params["choice"])
        form = _WRITTEN.get(typed.get("form", ""))
        if form is None:
            raise not_found()
        typed = {**typed, "decision": str(decision)}
        answer = self.store(who, trajectory, form.command, typed, partial(command, form, typed))
        if isinstance(answer, Again):
            return self._one(request, Written(form, answer.typed, answer.wrong), answer.status)
        return self.on(who, answer.position, f"/traject/{trajectory}/keuzes/{decision}")

    def _one(self, request: Request, written: Written | None, status: int = 200) -> Response:
        who, trajectory = self._asked(request)
        decision = identifier(request.path_params["choice"])
        access, then = context(self.services, who, trajectory, decision, limit=BEFORE)
        now = choices(self.services, who, trajectory, Moment())[1]["decisions"]
        stands: Mapping[str, Any] = next(
            (e for e in now if e["fields"].get("decision") == str(decision)), {}
        )
        made = as_told(access, {**stands, **then["decision"]})
        where = then["state"]
        return self._page(
            request,
            who,
            "choice.html",
            status=status,
            trajectory=trajectory,
            decision=decision,
            choice=made,
            took_part=_took_part(made.entry),
            based_on=frozenset(map(str, then["based_on"])),
            then=where,
            phase=phase(where),
            stands=standing(where["standing"]),
            days=told(then["timeline"]),
            more=then["more"],
            since=list(_since(access, told(came_of(self.services, access, decision)))),
            checks=self._checked(access, then["decision"]["id"]),
            asks=self._asks(access, made, decision, written),
            own=access.own,
            anew=ANOTHER if may_record(access.sight.relation, ANOTHER.command) else None,
            sampled=audits(access.role),
            saved="na" in request.query_params,
        )

    def _checked(self, access: Access, entry: UUID) -> Group | None:
        """Give what a machine can check of this choice, to who is told of checks."""
        if not may_check(access):
            return None
        _, found = checked(self.services, access.asking, access.trajectory)
        about = [each for each in found["checks"] if entry in each["entries"][:1]]
        ids = {proof for each in about for proof in each["entries"]}
        groups = _grouped(about, proofs(self.services, access, ids))
        return next(groups, None)

    def _asks(
        self, access: Access, made: Made, decision: UUID, written: Written | None
    ) -> Asks | None:
        """Lay out what this reader can write here: a judgement first, then a finding; or a reply.

        None for who writes nothing here, and for a reply to nothing.
        """
        form = JUDGE if made.closed else FIND
        if written is not None and written.form in (form, REPLY):
            form = written.form
        if not may_record(access.sight.relation, form.command):
            return None
        typed = {**(written.typed if written else {}), "decision": str(decision)}
        wrong = written.wrong if written else {}
        asked = lay_out(form, typed, wrong, {}, self.services.today())
        return Asks(form, key(typed), asked, bool(wrong) or form is not FIND)

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
        who = self.known(request, "timeline", "current_state")
        return who, identifier(request.path_params["id"])

    def _page(
        self, request: Request, who: Asking, template: str, *, trajectory: UUID, **content: Any
    ) -> Response:
        where = state(self.services, stand(self.services, who, trajectory, Moment()))
        return self.page(
            request,
            who,
            template,
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


def as_told(access: Access, entry: Mapping[str, Any]) -> Made:
    """Lay a choice out for a page; how it went is closed to who has still to judge it."""
    ((_, (one,)),) = told([entry])
    closed = to_be_judged(access.sight.relation, UUID(entry["fields"]["decision"]))
    told_of = "state" in entry and entry["state"] is not DecisionState.REVIEWED
    return Made(one, closed, entry["label"] if told_of else None)


def _since(
    access: Access, days: Iterable[tuple[date, Sequence[Told]]]
) -> Iterator[tuple[date, list[Since]]]:
    may_reply = may_record(access.sight.relation, REPLY.command)
    for day, found in days:
        yield (
            day,
            [
                Since(
                    each,
                    each.entry["fields"]["finding"]
                    if may_reply and each.entry["type"] == AuditFinding.TYPE
                    else None,
                )
                for each in found
            ],
        )


def _took_part(entry: Mapping[str, Any]) -> list[Took]:
    return [
        Took(
            _label(Role, each["role"]),
            _label(TookPart, each["took_part"]),
            _label(Agreement, each["agreement"]),
            each.get("words"),
        )
        for each in entry["text"].get("participants", ())
    ]


def _label(choice: type[Choice], value: str) -> Text:
    return next(each.label for each in choice if each == value)


def _grouped(
    found: Sequence[Mapping[str, Any]], entries: Mapping[UUID, Mapping[str, Any]]
) -> Iterator[Group]:
    """Put together what is checked of one entry, the last first; then what is of each month."""
    groups: dict[UUID | None, list[Checked]] = {}
    for each in found:
        about = each["entries"][0] if each["entries"] and each["month"] is None else None
        rest = each["entries"] if about is None else each["entries"][1:]
        made = Checked(
            each["label"],
            each["holds"],
            _HOLDS[each["holds"]],
            each["by_form"],
            each["month"],
            [entries[proof] for proof in rest],
        )
        groups.setdefault(about, []).append(made)
    months = groups.pop(None, [])
    told = [(entries[about], checks) for about, checks in groups.items() if about is not None]
    for about, checks in sorted(told, key=lambda each: each[0]["occurred_on"], reverse=True):
        later = [each for each in checks if each.holds is None and not each.proofs]
        now = [each for each in checks if each not in later]
        yield Group(about, now or later, later if now else [])
    if months:
        yield Group(None, sorted(months, key=_month, reverse=True), [])


def _month(check: Checked) -> date:
    return check.month or date.min
