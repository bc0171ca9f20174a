"""The one page of an employer, and that of somebody close: what was agreed, and what they add."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple
from uuid import uuid4

from starlette.requests import Request
from starlette.responses import Response

from api.reading.eigen_kracht import eigen_kracht
from api.reading.gate import Access
from api.reading.live import content
from api.reading.moment import NOW
from api.reading.state import stand_for, state
from api.web.days import told
from api.web.forms.registry import FORMS
from api.web.section import Section
from domain.events.base import Category, Kind
from domain.events.placement import AccommodationKind
from domain.language import Text
from domain.policy import employs, is_close, may_record
from domain.rules.base import Command
from domain.rules.eigen_kracht import FinishAction
from domain.rules.leads import OfferLead
from domain.rules.placement import AgreeAccommodation, ChangeAccommodation
from domain.rules.setback import SignalSetback
from domain.rules.support import AskCall
from domain.rules.team import JoinNetwork, RemoveNetworkMember
from domain.state.eigen_kracht import ActionStatus

_FIRST = 6
"""So many entries are shown to somebody close at once; what is older stands folded under them."""
_ADJUSTMENTS = {each.value: each.label for each in AccommodationKind}


class Adjustment(NamedTuple):
    """What was agreed on at work, and how its address names it."""

    kind: Text
    what: str
    accommodation: str


class Job(NamedTuple):
    """Work as its employer sees it."""

    placement: str
    employer: str
    title: str
    starts_on: date
    ends_on: date | None
    hours: float | None
    coming: tuple[float, date] | None
    """Other hours, and from which day."""
    tasks: str | None
    days: str | None
    adjustments: Sequence[Adjustment]
    appointments: Sequence[str]


class Agreed(Section):
    """The page for who has one page of a file."""

    def answer(self, request: Request, access: Access) -> Response | None:
        """Show it to who was let in; None to who reads a timeline."""
        if employs(access.role):
            return self._at_work(request, access)
        if is_close(access.role):
            return self._close(request, access)
        return None

    def _at_work(self, request: Request, access: Access) -> Response:
        about = state(self.services, stand_for(self.services, access, NOW))
        return self._page(
            request,
            access,
            "at_work.html",
            about,
            jobs=list(_jobs(about["standing"], access.today)),
            over=[each for each in about["standing"] if each["slot"].endswith("/end")],
            may=_may(access, AskCall, AgreeAccommodation, ChangeAccommodation, SignalSetback),
            adjustment=FORMS[AgreeAccommodation.NAME],
            kinds=list(AccommodationKind),
        )

    def _close(self, request: Request, access: Access) -> Response:
        cursor = request.query_params.get("verder")
        page, about, held = content(self.services, access, cursor=cursor)
        return self._page(
            request,
            access,
            "close.html",
            about,
            person=access.person,
            joined=access.person in access.joined,
            shared=_shared(access),
            actions=list(self._actions(access)),
            lines=[
                (day, each)
                for day, entries in told(page["entries"], about["standing"])
                for each in entries
            ],
            first=_FIRST,
            next=page["next"],
            further=cursor is not None,
            support=held,
            may=_may(
                access, JoinNetwork, FinishAction, OfferLead, SignalSetback, RemoveNetworkMember
            ),
        )

    def _actions(self, access: Access) -> Iterator[Mapping[str, Any]]:
        """Give the own actions of the plan that are still open."""
        _, found = eigen_kracht(self.services, access.asking, access.trajectory)
        for plan in found["plans"]:
            for each in plan["actions"]:
                entry = each["entry"]
                mine = entry["fields"].get("person") == str(access.person)
                if mine and each["status"] is ActionStatus.OPEN:
                    by = entry["fields"].get("by_when")
                    yield {
                        "action": each["action"],
                        "what": entry["text"].get("what", entry["sentence"]),
                        "by_when": by and date.fromisoformat(by),
                    }

    def _page(
        self, request: Request, access: Access, template: str, about: Mapping[str, Any], **more: Any
    ) -> Response:
        return self.page(
            request,
            access.asking,
            template,
            trajectory=access.trajectory,
            name=about["client"]["name"] if about["client"] else "",
            today=access.today,
            about=about,
            key=str(uuid4()),
            saved="na" in request.query_params,
            **more,
        )


def work_of(access: Access, about: Mapping[str, Any]) -> list[str] | None:
    """Name the work of somebody for their employer, none when it ended; None to all others."""
    if not employs(access.role):
        return None
    return [each.title for each in _jobs(about["standing"], access.today)]


def _may(access: Access, *commands: type[Command]) -> frozenset[str]:
    """Name those of these that the reader may record here."""
    tie = access.sight.relation
    return frozenset(each.NAME for each in commands if may_record(tie, each))


def _shared(access: Access) -> list[Text]:
    """Name of what all facts are shared."""
    return [each.label for each in Category if Kind.FACT in access.sight.kinds(each)]


def _jobs(standing: Sequence[Mapping[str, Any]], today: date) -> Iterator[Job]:
    """Lay out the work that did not end, with what changed since it began."""
    slots = {each["slot"]: each for each in standing}
    for slot, entry in slots.items():
        if "title" not in entry["fields"] or f"{slot}/end" in slots or slot.count("/") != 1:
            continue
        fields = entry["fields"]
        hours, coming = _hours(fields, slots.get(f"{slot}/hours"), today)
        until = slots.get(f"{slot}/extension", entry)["fields"].get("ends_on")
        within = [each for name, each in slots.items() if name.startswith(f"{slot}/")]
        yield Job(
            placement=fields["placement"],
            employer=fields["employer"],
            title=fields["title"],
            starts_on=date.fromisoformat(fields["starts_on"]),
            ends_on=None if until is None else date.fromisoformat(until),
            hours=hours,
            coming=coming,
            tasks=fields.get("tasks"),
            days=fields.get("days"),
            adjustments=[
                Adjustment(
                    _ADJUSTMENTS[each["fields"]["kind"]],
                    each["fields"]["what"],
                    each["fields"]["accommodation"],
                )
                for each in within
                if "accommodation" in each["fields"]
            ],
            appointments=[each["sentence"] for each in within if "/appointment/" in each["slot"]],
        )


def _hours(
    begun: Mapping[str, Any], changed: Mapping[str, Any] | None, today: date
) -> tuple[float | None, tuple[float, date] | None]:
    """Give the hours of now, and those that were agreed on for later."""
    if changed is None:
        return begun.get("hours_per_week"), None
    fields = changed["fields"]
    start = date.fromisoformat(fields.get("starts_on") or fields["occurred_on"])
    if start <= today:
        return fields["hours_per_week"], None
    return fields.get("hours_before"), (fields["hours_per_week"], start)
