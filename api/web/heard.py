"""What a call for help leads to: it arrived, who reads it and when, whom to call meanwhile."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any
from uuid import UUID

import orjson
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from api.address import Address
from api.commands import identifier, read_model
from api.problems import not_found
from api.reading.asking import Asking
from api.reading.gate import Access, admit
from api.reading.help import setback_help
from api.reading.moment import NOW
from api.reading.state import stand_for, state
from api.web.entries import foreseen
from api.web.forms.client import NOT_WELL
from api.web.forms.fields import Typed
from api.web.forms.picks import picks
from api.web.forms.posting import key
from api.web.forms.questions import lay_out
from api.web.forms.registry import FORMS
from api.web.forms.team import RECOVERY
from api.web.saving import Again
from api.web.section import Gives, Posts, Section, Takes
from domain.events.health import SignalPlanWritten
from domain.events.setback import SetbackAnswered, SetbackSignalled, SignalledBy
from domain.language import Text
from domain.policy import chooses_reader, may_record
from domain.rules.base import Command
from domain.rules.corrections import CorrectEntry
from domain.rules.health import WriteSignalPlan
from domain.rules.protection import UndoEntry

_LATER = Text("Er later bij gezegd.", "Said later.")
_ASKS = ("words", "would_help", "wants_reader")
Standing = Mapping[str, Any]
_Taken = Callable[[Request, Asking, UUID, Typed], Response]


class Heard(Section):
    """The page after "even niet goed", and what can still be said or taken back there."""

    def routes(self, get: Gives, post: Posts) -> list[BaseRoute]:
        """Give the addresses."""
        path = "/traject/{id}/gehoord"
        return [
            Address(path, get(self.show), methods=["GET"]),
            Address(path, post(self._taking(self._say)), methods=["POST"]),
            Address(f"{path}/terug", post(self._taking(self._take_back)), methods=["POST"]),
        ]

    def show(self, request: Request) -> Response:
        """Show where the last call for help stands, or that there is none."""
        who, trajectory = self.asked(request, "directory")
        return self._shown(request, who, trajectory)

    def _shown(
        self, request: Request, who: Asking, trajectory: UUID, again: Again | None = None
    ) -> Response:
        access = self._in(who, trajectory)
        about = state(self.services, stand_for(self.services, access, NOW))
        signal = last(about["standing"])
        reader = signal["fields"].get("wants_reader") if signal else None
        told = setback_help(self.services, who, trajectory, reader and UUID(reader))[1]
        typed = again.typed if again else _as_typed(signal) if signal else {}
        wrong = again.wrong if again else {}
        options = picks(self.services, access, about, NOT_WELL)
        form = replace(NOT_WELL, asks=tuple(f for f in NOT_WELL.asks if f.name in _ASKS))
        plan = (e for e in about["standing"] if e["type"] == SignalPlanWritten.TYPE)
        write: type[Command] = WriteSignalPlan
        return self.page(
            request,
            who,
            "heard.html",
            status=again.status if again else 200,
            trajectory=trajectory,
            signal=signal,
            may_undo=bool(signal and self._undone(who, trajectory, UUID(str(signal["id"])))),
            answer=signal and answer(about["standing"], signal),
            told=told["told"],
            numbers=told["numbers"],
            plan=next(plan, None),
            write_plan=FORMS[write.NAME] if may_record(access.sight.relation, write) else None,
            asked=lay_out(form, typed, wrong, options, access.today),
            key=key(typed),
            form=NOT_WELL,
            recovery=RECOVERY,
            saved="na" in request.query_params,
        )

    def _taking(self, takes: _Taken) -> Takes:
        async def answer(request: Request) -> Response:
            who, typed = await self.sent(request)
            trajectory = identifier(request.path_params["id"])
            return await run_in_threadpool(takes, request, who, trajectory, typed)

        return answer

    def _say(self, request: Request, who: Asking, trajectory: UUID, typed: Typed) -> Response:
        """Put words with the signal that stands: who reads it reads them with it."""
        entry = identifier(typed.get("entry", ""))

        def command() -> CorrectEntry:
            about = state(self.services, stand_for(self.services, self._in(who, trajectory), NOW))
            signal = next((e for e in about["standing"] if e["id"] == entry), None)
            if signal is None or signal["type"] != SetbackSignalled.TYPE:
                raise not_found()
            body = {**_body(signal), **{name: typed.get(name, "").strip() for name in _ASKS}}
            said = {name: value for name, value in body.items() if value}
            asked = {"entry": str(entry), "reason": _LATER.to(who.language), "body": said}
            return read_model(CorrectEntry, orjson.dumps(asked))

        answer = self.store(who, trajectory, CorrectEntry, typed, command)
        if isinstance(answer, Again):
            return self._shown(request, who, trajectory, answer)
        return self.on(who, answer.position, f"/traject/{trajectory}/gehoord")

    def _take_back(self, request: Request, who: Asking, trajectory: UUID, typed: Typed) -> Response:
        """Take the signal back, as long as the domain lets it be as if it was never there."""
        entry = identifier(typed.get("entry", ""))
        undo = UndoEntry(entry=entry)
        answer = self.store(who, trajectory, UndoEntry, typed, lambda: undo)
        if isinstance(answer, Again):
            return self._shown(request, who, trajectory, answer._replace(typed={}))
        return self.on(who, answer.position, f"/traject/{trajectory}/thuis?terug=ja")

    def _undone(self, who: Asking, trajectory: UUID, entry: UUID) -> bool:
        """Say whether it can still be taken back."""
        return bool(foreseen(self.services, who, trajectory, UndoEntry(entry=entry)))

    def _in(self, who: Asking, trajectory: UUID) -> Access:
        """Let in who calls for help here; to others this page is not there."""
        access = admit(self.services, who, trajectory)
        if not chooses_reader(access.role):
            raise not_found()
        return access


def last(standing: list[Standing]) -> Standing | None:
    """Find the client's own last signal that is not over."""
    mine = SignalledBy.CLIENT.value
    found = [
        each
        for each in standing
        if each["type"] == SetbackSignalled.TYPE and each["fields"].get("by") == mine
    ]
    return max(found, key=lambda each: each["recorded_at"], default=None)


def answer(standing: list[Standing], signal: Standing) -> Standing | None:
    """Find what the team answered to a signal."""
    return next(
        (
            each
            for each in standing
            if each["type"] == SetbackAnswered.TYPE
            and each["fields"]["setback"] == signal["fields"]["setback"]
        ),
        None,
    )


def _body(signal: Standing) -> dict[str, Any]:
    """Give the signal as it was recorded."""
    held = {**signal["fields"], **signal["text"]}
    return {name: value for name, value in held.items() if name in SetbackSignalled.model_fields}


def _as_typed(signal: Standing) -> dict[str, str]:
    held = _body(signal)
    return {name: str(held[name]) for name in _ASKS if name in held}
