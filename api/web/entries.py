"""One entry: who sees it, how it read before, and what its reader can do with it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

import orjson
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute

from api.address import Address
from api.commands import identifier, read_model
from api.problems import NOT_ALLOWED, Problem
from api.reading.accesses import looked_since
from api.reading.asking import Asking
from api.reading.consequences import consequences
from api.reading.entry import One, better, one, preview
from api.reading.gate import Access
from api.reading.moment import Moment
from api.reading.state import stand, state
from api.web.audience import audience
from api.web.days import told
from api.web.forms.anew import WHY, Change, anew, answered, changes, filled_in, several
from api.web.forms.client import SHARE, SHARE_BY_YES, STATEMENT, STOP_SHARING, SURPRISED
from api.web.forms.fields import Typed
from api.web.forms.picks import picks
from api.web.forms.posting import key
from api.web.forms.questions import lay_out
from api.web.noting import after
from api.web.rendering import signed_in
from api.web.saving import Again
from api.web.section import Gives, Posts, Section
from api.wiring import Services
from domain.events.permissions import EntrySent
from domain.language import Text
from domain.policy import keeps_own_file, may_record
from domain.rules.base import Command, Refused
from domain.rules.corrections import CorrectEntry, not_theirs_to_correct
from domain.rules.protection import ShieldEntry, UndoEntry, UnshieldEntry
from domain.rules.sending import SendEntry, StopSendingEntry
from domain.rules.trust import AddClientStatement
from eventlog.request import NotAllowed, NotFound
from eventlog.request import Request as Asked

_MODELS = ("timeline", "current_state")
_SENDS: type[Command] = SendEntry
_SAID = "x"
"""Stands for words, where only is asked whether something can be said."""


class Reader(NamedTuple):
    """Somebody with whom an entry can be shared, and what they would then read."""

    person: UUID
    name: str
    label: str
    reads: Mapping[str, Any]


class Corrected(NamedTuple):
    """A correction, and what it put right."""

    by: Mapping[str, Any]
    """The correction as the log words it."""
    sentence: str
    """How the entry read until then; '' when that is how it still reads."""
    changes: tuple[Change, ...]


class Entries(Section):
    """The pages of one entry."""

    def routes(self, get: Gives, post: Posts) -> list[BaseRoute]:
        """Give the addresses, each answering with a page whatever happens."""
        here = "/traject/{id}/regel/{entry}"
        return [
            Address(here, get(self.show)),
            Address(f"{here}/verbeter", get(self.ask)),
            Address(f"{here}/verbeter", post(self.correct), methods=["POST"]),
        ]

    def show(self, request: Request) -> Response:
        """Show an entry with all that belongs to it."""
        who = self.known(request, *_MODELS)
        access, found, trajectory = self._found(request, who)
        entry = found.shown.row.event_id
        where = state(self.services, stand(self.services, who, trajectory, Moment()))
        tie = access.sight.relation
        yes = None if SHARE.fits(access.role) else access.today

        def may(command: Command) -> bool | None:
            if not may_record(tie, type(command)):
                return None
            return foreseen(self.services, who, trajectory, command)

        shielding = may(ShieldEntry(entry=entry))
        ((_, (shown,)),) = told([found.entry])
        return self.page(
            request,
            who,
            "entry.html",
            trajectory=trajectory,
            client=where["client"],
            told=shown,
            before=list(_before(found, who)),
            saved="na" in request.query_params,
            audience=audience(access, found.shown.event.CATEGORY),
            shielded=shielding is False,
            may_shield=bool(shielding),
            may_show=bool(may(UnshieldEntry(entry=entry))),
            may_undo=bool(may(UndoEntry(entry=entry))),
            may_say=bool(may(AddClientStatement(about=entry, text=_SAID))),
            may_correct=found.correctable,
            may_copy=keeps_own_file(access.role),
            may_wonder=may_record(tie, SURPRISED.command),
            sent=[
                (each, bool(may(StopSendingEntry(sending=each["fields"]["sending"]))))
                for each in where["standing"]
                if _is_sending(each, entry)
            ],
            readers=list(self._readers(access, found, where, yes)),
            yes=yes,
            stop=STOP_SHARING,
            share=SHARE if SHARE.fits(access.role) else SHARE_BY_YES,
            statement=STATEMENT,
        )

    def ask(self, request: Request) -> Response:
        """Ask how it should read, beside what follows from it."""
        who = signed_in(request)
        access, found, _ = self._found(request, who)
        form = anew(found.shown.event, found.sees)
        return self._form(request, who, access, found, filled_in(form, found.shown.fields))

    async def correct(self, request: Request) -> Response:
        """Save how it should read, or show it again with what is not right yet."""
        who, typed = await self.sent(request, several())
        return await run_in_threadpool(self._correct, request, who, typed)

    def _correct(self, request: Request, who: Asking, typed: Typed) -> Response:
        access, found, trajectory = self._found(request, who)
        entry = found.shown.row.event_id
        form = anew(found.shown.event, found.sees)
        names, said = answered(form, typed), form.body(typed)

        def better_said() -> CorrectEntry:
            asked = {
                "entry": str(entry),
                "reason": said.pop(WHY, ""),
                "body": better(self.services, access, found, names, said),
            }
            return read_model(CorrectEntry, orjson.dumps(asked))

        answer = self.store(who, trajectory, CorrectEntry, typed, better_said, _field)
        if isinstance(answer, Again):
            return self._form(request, who, access, found, *answer)
        back = f"/traject/{trajectory}/regel/{entry}"
        return RedirectResponse(after(self.services, who, answer, back), 303)

    def _form(  # noqa: PLR0913, PLR0917 - what a form shows again
        self,
        request: Request,
        who: Asking,
        access: Access,
        found: One,
        typed: Typed,
        wrong: Mapping[str, Text] | None = None,
        status: int = 200,
    ) -> Response:
        if not found.correctable:
            raise Problem(NOT_ALLOWED, not_theirs_to_correct(found.shown.event).text)
        form = anew(found.shown.event, found.sees)
        row = found.shown.row
        where = stand(self.services, who, access.trajectory, Moment())
        options = picks(self.services, access, state(self.services, where), form)
        _, follows = consequences(self.services, who, access.trajectory, row.event_id)
        return self.page(
            request,
            who,
            "correct.html",
            status=status,
            trajectory=access.trajectory,
            entry=found.entry,
            form=form,
            key=key(typed),
            asked=lay_out(form, typed, wrong or {}, options, self.services.today()),
            follows=follows,
            looked=looked_since(self.services, access, row.recorded_at),
            rests=any(
                follows[each]
                for each in ("reminders", "figures", "checks", "decisions", "handovers")
            ),
            audience=audience(access, found.shown.event.CATEGORY),
        )

    def _found(self, request: Request, who: Asking) -> tuple[Access, One, UUID]:
        trajectory, entry = (identifier(request.path_params[each]) for each in ("id", "entry"))
        return *one(self.services, who, trajectory, entry), trajectory

    def _readers(
        self, access: Access, found: One, where: Mapping[str, Any], yes: date | None
    ) -> Iterator[Reader]:
        """Find with whom of the team it can be shared, and what each of them would read.

        `yes`: the day of the client's yes, to who does not share in person.
        """
        entry = found.shown.row.event_id
        if not may_record(access.sight.relation, _SENDS):
            return
        for each in where["team"]:
            if each["id"] is None:
                continue
            command = SendEntry(entry=entry, recipient=each["id"], said_yes_on=yes)
            if not foreseen(self.services, access.asking, access.trajectory, command):
                continue
            reads = preview(self.services, access, found, each["id"], each["role"])
            if reads is not None:
                yield Reader(each["id"], each["name"], each["label"], reads)


def _is_sending(stands: Mapping[str, Any], entry: UUID) -> bool:
    return bool(stands["type"] == EntrySent.TYPE and stands["fields"].get("entry") == str(entry))


def _before(found: One, who: Asking) -> Iterator[Corrected]:
    """Say of each correction what it put right."""
    reads = [*(each.entry for each in found.before), found.entry]
    for each, then in zip(found.before, reads[1:], strict=True):
        put_right = changes(found.shown.event, each.entry, then, who.language)
        was = each.entry["sentence"]
        yield Corrected(each.correction, was * (was != then["sentence"]), tuple(put_right))


def _field(name: str) -> str:
    """Name the question that is wrong; the reason of a correction has another name there."""
    return WHY if name == "reason" else name.removeprefix("body.").partition(".")[0]


def foreseen(services: Services, who: Asking, trajectory: UUID, command: Command) -> bool | None:
    """Say whether a command would add something; None when it would be refused."""
    asked = Asked(who.actor, trajectory, command)
    try:
        return services.handler.foresee(asked)
    except (NotFound, NotAllowed, Refused):
        return None
