"""The page of a team meeting: who was discussed and what was agreed, saved once for everybody."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4, uuid5

import orjson
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute

from api.address import Address
from api.commands import identifier, read_model
from api.problems import Problem
from api.reading.asking import Asking
from api.reading.discussing import Table, table
from api.web.desk import drafts
from api.web.forms.fields import Typed
from api.web.forms.form import LATE
from api.web.forms.posting import key
from api.web.forms.team import DISCUSSED
from api.web.noting import LATER
from api.web.rendering import signed_in
from api.web.saving import BUSY, SAVED_ALREADY
from api.web.section import Gives, Posts, Section
from domain.language import Text
from domain.rules.base import UNKNOWN_HERE, Refused
from domain.rules.meeting import TeamMeeting
from eventlog.request import Answer, Busy, KeyReused, NotAllowed, NotFound
from eventlog.request import Request as Asked
from eventlog.together import part_key

PAGE = "/overleg"
_WHO, _WITH, _DAY, _FOR = "discussed", "attendees", "occurred_on", "programme"
_FIELDS = 400
"""A long caseload has a line for each."""
_NOBODY = Text(
    "Kies over wie jullie spraken. Er is niets bewaard.",
    "Choose of whom you spoke. Nothing was saved.",
)


@dataclass(slots=True)
class _Sheet:
    """What was typed, and what came of it."""

    typed: Typed
    wrong: dict[str, Text] = field(default_factory=dict)
    """By the id of who was discussed, by field, or '' for what belongs to none."""
    late: bool = False
    """The meeting was long ago: each line asks why it is noted now."""
    saved: list[Answer] = field(default_factory=list)

    @property
    def discussed(self) -> list[str]:
        """Who is ticked."""
        return self.typed.get(_WHO, "").split()

    @property
    def attendees(self) -> list[str]:
        """Who is ticked as being there."""
        return self.typed.get(_WITH, "").split()


class Meeting(Section):
    """The page, and what is saved from it."""

    def routes(self, get: Gives, post: Posts) -> list[BaseRoute]:
        """Give the addresses."""
        return [
            Address(PAGE, get(self.empty), methods=["GET"]),
            Address(PAGE, post(self.save), methods=["POST"]),
        ]

    def empty(self, request: Request) -> Response:
        """Show it with what was kept for later."""
        who = signed_in(request)
        return self._show(request, who, _Sheet(self._kept(who)))

    async def save(self, request: Request) -> Response:
        """Save each line once; what is refused is shown again, and the rest is not saved twice."""
        several = frozenset({_WHO, _WITH})
        who, typed = await self.sent(request, several, _FIELDS)
        taking = self._lay_aside if LATER in typed else self._save
        return await run_in_threadpool(taking, request, who, typed)

    def _save(self, request: Request, who: Asking, typed: Typed) -> Response:
        sheet = _Sheet(typed)
        try:
            meeting = _meeting(who, sheet)
        except Problem as problem:
            _explain(sheet, problem)
            return self._show(request, who, sheet, 422)
        done = [each for each in self._parts(who, meeting) if self._stored(sheet, each)]
        for each in done:
            drafts.drop(self.services, who, DISCUSSED, each.stream)
        if sheet.wrong:
            gone = {str(each.stream) for each in done}
            left = "\n".join(each for each in sheet.discussed if each not in gone)
            sheet.typed = {**sheet.typed, _WHO: left}
            if sheet.typed.get(_FOR) in gone:
                sheet.typed = {**sheet.typed, _FOR: ""}
            return self._show(request, who, sheet, 422)
        last = max((each.position for each in sheet.saved), default=0)
        return self.on(who, last, "/vandaag")

    def _parts(self, who: Asking, meeting: TeamMeeting) -> Iterator[Asked]:
        by = f"web:{meeting.meeting}"
        for stream, command, _ in meeting.commands():
            own = part_key(by, stream)
            yield Asked(who.actor, stream, command, own, correlation=who.request)

    def _stored(self, sheet: _Sheet, part: Asked) -> bool:
        """Store one line, or keep what is wrong with it; the others are stored all the same."""
        line = str(part.stream)
        if line == sheet.typed.get(_FOR):
            line = _FOR
        try:
            sheet.saved.append(self.services.handler.handle(part))
        except Refused as refused:
            sheet.late |= refused.field == LATE
            shared = refused.field in {_DAY, _WITH}
            sheet.wrong[refused.field if shared and refused.field else line] = refused.text
        except KeyReused:
            sheet.wrong[line] = SAVED_ALREADY
            sheet.typed = {**sheet.typed, "key": str(uuid4())}
        except Busy:
            sheet.wrong[line] = BUSY
        except (NotFound, NotAllowed):  # one that is not there and one that is not theirs, alike
            sheet.wrong[line] = UNKNOWN_HERE
        else:
            return True
        return False

    def _lay_aside(self, request: Request, who: Asking, typed: Typed) -> Response:
        """Keep each line as a draft about that one person: it goes with what ties to them."""
        del request
        sheet = _Sheet(typed)
        shared = {_WITH: "\n".join(sheet.attendees)}
        shared |= {name: typed.get(name, "") for name in (_DAY, _FOR)}
        written = {name.removeprefix("text-") for name, text in typed.items() if _says(name, text)}
        for each in {*sheet.discussed, *written}:
            line = {"text": typed.get(f"text-{each}", ""), **shared}
            kept = {name: text for name, text in line.items() if text.strip()}
            drafts.keep(self.services, who, DISCUSSED, identifier(each), kept)
        return RedirectResponse(f"{PAGE}?{LATER}=ja", 303)

    def _kept(self, who: Asking) -> dict[str, str]:
        """Put the lines that were kept on one sheet again."""
        typed: dict[str, str] = {}
        for each in drafts.drafts(self.services, who):
            if each.form != DISCUSSED.name:
                continue
            line = drafts.draft(self.services, who, DISCUSSED, each.trajectory) or {}
            typed[f"text-{each.trajectory}"] = line.get("text", "")
            typed[_WHO] = f"{typed.get(_WHO, '')}\n{each.trajectory}"
            typed[_WITH] = f"{typed.get(_WITH, '')}\n{line.get(_WITH, '')}"
            typed |= {name: line[name] for name in (_DAY, _FOR) if name in line}
        return {name: text for name, text in typed.items() if text.strip()}

    def _show(self, request: Request, who: Asking, sheet: _Sheet, status: int = 200) -> Response:
        found = table(self.services, who)
        lines = list(_lines(found, sheet))
        shown = {_DAY, _WHO, _FOR, *(each["id"] for each in lines)}
        return self.page(
            request,
            who,
            "meeting.html",
            status=status,
            key=key(sheet.typed),
            lines=lines,
            colleagues=found.colleagues,
            there=frozenset(sheet.attendees),
            day=sheet.typed.get(_DAY) or self.services.today().isoformat(),
            late=sheet.late or any(name.startswith("late-") for name in sheet.typed),
            programmes=found.programmes,
            programme=sheet.typed.get(_FOR, ""),
            saved=len(sheet.saved),
            wrong=sheet.wrong,
            other=[text for name, text in sheet.wrong.items() if name not in shown],
            laid_aside=LATER in request.query_params,
        )


def _says(name: str, text: str) -> bool:
    return name.startswith("text-") and bool(text.strip())


def _meeting(who: Asking, sheet: _Sheet) -> TeamMeeting:
    """Read the sheet as a meeting, always the same under one key; raises Problem."""
    typed = sheet.typed

    def line(each: str) -> dict[str, str]:
        said = {"text": typed.get(f"text-{each}", ""), LATE: typed.get(f"late-{each}", "")}
        return {"trajectory": each, **{name: text for name, text in said.items() if text.strip()}}

    asked: dict[str, Any] = {
        "meeting": str(uuid5(who.actor.person, typed["key"])),
        _WITH: [str(who.actor.person), *sheet.attendees],
        _WHO: [line(each) for each in dict.fromkeys(sheet.discussed)],
    }
    asked |= {name: text for name in (_DAY, _FOR) if (text := typed.get(name, "").strip())}
    return read_model(TeamMeeting, orjson.dumps(asked))


def _explain(sheet: _Sheet, problem: Problem) -> None:
    """Put what is wrong beside the line or the field that it is about."""
    for each in problem.errors:
        name, _, rest = each.field.partition(".")
        if name == _WHO and rest:
            name = list(dict.fromkeys(sheet.discussed))[int(rest.partition(".")[0])]
        sheet.wrong[name] = each.problem if sheet.discussed or name != _WHO else _NOBODY


def _lines(found: Table, sheet: _Sheet) -> Iterator[Mapping[str, Any]]:
    ticked = frozenset(sheet.discussed)
    for case in found.cases:
        name = str(case["trajectory"])
        yield {
            "id": name,
            "case": case,
            "ticked": name in ticked,
            "text": sheet.typed.get(f"text-{name}", ""),
            "late": sheet.typed.get(f"late-{name}", ""),
        }
