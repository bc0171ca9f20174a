"""The page of wish and profile: own words first, and what was done in the years without a job."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple
from uuid import UUID

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from api.address import Address
from api.commands import identifier
from api.problems import NOT_FOUND, Problem
from api.reading.asking import Asking
from api.reading.calling import reach
from api.reading.cv_gap import cv_gap
from api.reading.gate import Access, noted, tied
from api.reading.moment import NOW
from api.reading.state import stand_for, state
from api.reading.timeline import timeline
from api.reading.working import working
from api.web.days import told
from api.web.forms.coach import HOURS, JOB_END
from api.web.forms.form import Form
from api.web.forms.registry import FORMS
from api.web.openness import not_theirs
from api.web.reaching import changes
from api.web.section import Gives, Section
from api.web.texts import N_
from domain.events import BY_TYPE
from domain.events.base import Category
from domain.events.placement import (
    AccommodationAgreed,
    AccommodationChanged,
    HoursChanged,
    TrialPlacementExtended,
)
from domain.events.profile import Pace
from domain.policy import may_record
from domain.rules.participation import StartEducation, StartSportOrCourse
from domain.rules.placement import AgreeAccommodation
from domain.rules.profile import NoteMilestone, StatePreferences, WriteProfile
from domain.rules.referral import ExpressWorkWish

HISTORY = 40
"""So many entries on what somebody wants and can do, the last ones."""
_OF_WORK = (HOURS, FORMS[AgreeAccommodation.NAME], JOB_END)
"""What can change about work that goes on, in the order in which it is offered."""
_PACES = {each.value: each.label for each in Pace}
_LEARNED = ("education", "activity")
_CHANGES = {HoursChanged, AccommodationAgreed, AccommodationChanged, TrialPlacementExtended}
"""What changes work."""


class Work(NamedTuple):
    """Work of now, and what can be noted about it."""

    placement: str
    entry: Mapping[str, Any]
    more: Sequence[Mapping[str, Any]]
    """Other hours, and what was agreed there."""


class Profile(Section):
    """The page."""

    def routes(self, get: Gives) -> list[BaseRoute]:
        """Give the address; `get` answers with a page whatever happens."""
        return [Address("/traject/{id}/profiel", get(self.show), methods=["GET"])]

    def show(self, request: Request) -> Response:
        """Show it to who sees wish and profile, as far as they see it."""
        who = self.known(request, "timeline", "current_state", "directory")
        trajectory = identifier(request.path_params["id"])
        access = tied(self.services, who, trajectory)
        if not ways(access):
            raise not_theirs()
        noted(self.services, access)
        about = state(self.services, stand_for(self.services, access, NOW))
        slots = {each["slot"]: each for each in about["standing"]}
        page = timeline(
            self.services, access, at=NOW, limit=HISTORY, categories=frozenset({_PROFILE})
        )
        return self.page(
            request,
            who,
            "profile.html",
            trajectory=trajectory,
            client=about["client"],
            own=access.own,
            reach=reach(self.services, access),
            changes=changes(self.services, access),
            saved="na" in request.query_params,
            wish=slots.get("wish"),
            wants=_said(slots.get("preferences")),
            brings=_said(slots.get("profile")),
            learned=[each for slot, each in slots.items() if _one_of(slot, _LEARNED)],
            work=_work(about["standing"]),
            gaps=self._gaps(who, trajectory),
            history=told(page["entries"]),
            may={name: form for name, form in _OFFERED.items() if _may(access, form)},
            of_work=[form for form in _OF_WORK if _may(access, form)],
        )

    def _gaps(self, who: Asking, trajectory: UUID) -> Sequence[Mapping[str, Any]]:
        """Give the years without a job, to who may see all that they follow from."""
        try:
            found: Sequence[Mapping[str, Any]] = cv_gap(self.services, who, trajectory)[1]["gaps"]
        except Problem as problem:
            if problem.kind is NOT_FOUND:
                return ()
            raise
        return found


_PROFILE = Category.PROFILE.value
_OFFERED: Mapping[str, Form] = {
    each.NAME: FORMS[each.NAME]
    for each in (
        *(ExpressWorkWish, StatePreferences, WriteProfile, NoteMilestone),
        *(StartEducation, StartSportOrCourse),
    )
}


def ways(access: Access) -> list[tuple[str, str]]:
    """Name this page to who sees any of what the client wants and can do."""
    seen = Category.PROFILE in access.sight.categories()
    return [("profiel", N_("Wish and profile"))] if seen else []


def _said(entry: Mapping[str, Any] | None) -> Mapping[str, Any] | None:
    """Give what stands by its fields, each choice in words, and the day it is of."""
    if entry is None:
        return None
    said = {**entry["fields"], **entry["text"]}
    if "pace" in said:
        said["pace"] = _PACES[said["pace"]]
    return {**said, "on": entry["occurred_on"]}


def _may(access: Access, form: Form) -> bool:
    return may_record(access.sight.relation, form.command)


def _one_of(slot: str, firsts: Sequence[str]) -> bool:
    first, _, rest = slot.partition("/")
    return first in firsts and "/" not in rest


def _work(standing: Sequence[Mapping[str, Any]]) -> list[Work]:
    """Give the work that did not end, the last that began first."""
    found = [
        Work(
            each.placement,
            each.begun,
            [more for more in each.more if BY_TYPE[more["type"]] in _CHANGES],
        )
        for each in working(standing)
    ]
    return sorted(found, key=lambda each: each.entry["occurred_on"], reverse=True)
