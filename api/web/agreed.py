"""The one page of an employer, and that of somebody close: what was agreed, and what they add."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID, uuid4

from starlette.requests import Request
from starlette.responses import Response

from api.reading.appointments import PLANNED
from api.reading.eigen_kracht import eigen_kracht
from api.reading.gate import Access
from api.reading.live import content
from api.reading.moment import NOW
from api.reading.state import stand_for, state
from api.reading.working import held, working
from api.web.days import told
from api.web.forms.form import Form
from api.web.forms.registry import FORMS
from api.web.section import Section
from domain.events import BY_TYPE
from domain.events.base import Category, Kind
from domain.events.placement import AccommodationKind, Ended
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
from domain.state.work import HoursFrom, Placement, Work

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

    work: Placement
    hours: float | None
    coming: HoursFrom | None
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
        standing = about["standing"]
        return self._page(
            request,
            access,
            "at_work.html",
            about,
            jobs=list(_jobs(standing, held(self.services, access), access.today)),
            over=[each for each in standing if issubclass(BY_TYPE[each["type"]], Ended)],
            may=_may(
                access,
                ask_call=AskCall,
                agree=AgreeAccommodation,
                change=ChangeAccommodation,
                worry=SignalSetback,
            ),
            kinds=list(AccommodationKind),
        )

    def _close(self, request: Request, access: Access) -> Response:
        cursor = request.query_params.get("verder")
        page, about, held, _ = content(self.services, access, cursor=cursor)
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
                access,
                join=JoinNetwork,
                finish=FinishAction,
                tip=OfferLead,
                worry=SignalSetback,
                stop=RemoveNetworkMember,
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
    return [each.begun["fields"]["title"] for each in working(about["standing"])]


def _may(access: Access, **asked: type[Command]) -> Mapping[str, Form | None]:
    """Give the form of each of these that the reader may record here; of others none."""
    tie = access.sight.relation
    return {
        name: FORMS[command.NAME] if may_record(tie, command) else None
        for name, command in asked.items()
    }


def _shared(access: Access) -> list[Text]:
    """Name of what all facts are shared."""
    return [each.label for each in Category if Kind.FACT in access.sight.kinds(each)]


def _jobs(standing: Sequence[Mapping[str, Any]], known: Work, today: date) -> Iterator[Job]:
    """Lay out the work that did not end, as the domain has it now."""
    for each in working(standing):
        work, fields = known.find(UUID(each.placement)), each.begun["fields"]
        assert work is not None  # noqa: S101 - what began was noted
        yield Job(
            work,
            hours=work.hours(today),
            coming=work.coming(today),
            tasks=fields.get("tasks"),
            days=fields.get("days"),
            adjustments=[
                Adjustment(
                    _ADJUSTMENTS[more["fields"]["kind"]],
                    more["fields"]["what"],
                    more["fields"]["accommodation"],
                )
                for more in each.more
                if "accommodation" in more["fields"]
            ],
            appointments=[
                more["sentence"] for more in each.more if BY_TYPE[more["type"]] in PLANNED
            ],
        )
