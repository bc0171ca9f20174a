"""The client's own start: what they say themselves, what was promised, and who is there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from itertools import islice
from operator import itemgetter
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from api.address import Address
from api.problems import not_found
from api.reading.appointments import PLANNED
from api.reading.calling import whom_to_call
from api.reading.gate import admit
from api.reading.groups import groups
from api.reading.live import content
from api.reading.moment import NOW
from api.reading.timeline import timeline
from api.reading.wellbeing import wellbeing
from api.web.days import Told, told
from api.web.forms.client import HOW_IT_GOES, IN_PEACE, NOT_WELL, STATEMENT, WELCOME
from api.web.heard import answer, last
from api.web.section import Gives, Section
from domain.events import BY_TYPE
from domain.events.audit import AuditEvent
from domain.events.trying import TryOutArranged
from domain.policy import chooses_reader, is_asked, may_record

_WEEK = timedelta(days=7)
_OWN, _AMONG = 3, 20
"""So many of their own words are shown, of so many of their own entries."""
_LATELY = 5
"""So many entries of others of the last week are shown."""
_PLANNED = PLANNED | {TryOutArranged}


class Home(Section):
    """Where the client begins, or who speaks for them."""

    def routes(self, get: Gives) -> list[BaseRoute]:
        """Give the address."""
        return [Address("/traject/{id}/thuis", get(self.show))]

    def show(self, request: Request) -> Response:
        """Show it; to others it is not there."""
        who, trajectory = self.asked(request, "timeline", "support", "directory")
        access = admit(self.services, who, trajectory)
        if not chooses_reader(access.role):
            raise not_found()
        tie, asked = access.sight.relation, is_asked(access.role)
        page, where, held, _ = content(self.services, access)
        signal = last(where["standing"])
        own = timeline(self.services, access, at=NOW, limit=_AMONG, lane="self")
        return self.page(
            request,
            who,
            "home.html",
            trajectory=trajectory,
            state=where,
            signal=signal,
            answered=bool(signal and answer(where["standing"], signal)),
            support=held,
            late=late(held, access.today),
            own=list(islice(_said(own["entries"]), _OWN)),
            coming=coming_week(where["standing"], access.today),
            lately=list(islice(noted_lately(page["entries"], access.today), _LATELY)),
            goes=wellbeing(self.services, who, trajectory)[1] if asked else None,
            people=whom_to_call(self.services, access),
            may={
                form.name: form
                for form in (NOT_WELL, HOW_IT_GOES, IN_PEACE, WELCOME, STATEMENT)
                if may_record(tie, form.command)
            },
            groups=[each["name"] for each in groups(self.services, who)],
            saved="na" in request.query_params,
            taken_back="terug" in request.query_params,
        )


def late(held: Mapping[str, Any] | None, today: date) -> bool:
    """Say whether the team did not do in time what it promised."""
    return bool(held and held["next"] and held["next"]["on"] < today)


def _said(entries: list[Mapping[str, Any]]) -> Iterator[tuple[date, Told]]:
    """Find what the client said: in words, or by a mark."""
    for day, found in told(entries):
        for each in found:
            if each.plain or each.led or "score" in each.entry["fields"]:
                yield day, each


def coming_week(standing: Iterable[Mapping[str, Any]], today: date) -> list[Mapping[str, Any]]:
    """Find the appointments of the coming seven days, the first first."""
    found = [
        (on, each)
        for each in standing
        if (on := _planned_on(each)) is not None and today <= on < today + _WEEK
    ]
    return [each for _, each in sorted(found, key=itemgetter(0))]


def noted_lately(entries: Iterable[Mapping[str, Any]], today: date) -> Iterator[Mapping[str, Any]]:
    """Find what others noted in the last week: what one said oneself stands above it.

    An appointment that is still to come did not happen yet. What auditors look back on is no
    agreement; it stands in the story.
    """
    return (
        each
        for each in entries
        if each["occurred_on"] > today - _WEEK
        and each["lane"] != "self"
        and ((on := _planned_on(each)) is None or on < today)
        and not issubclass(BY_TYPE[each["type"]], AuditEvent)
    )


def _planned_on(entry: Mapping[str, Any]) -> date | None:
    """Give the day of an appointment; None for what is none."""
    if BY_TYPE[entry["type"]] not in _PLANNED:
        return None
    return date.fromisoformat(entry["fields"]["planned_on"])
