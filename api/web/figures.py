"""The page with the totals of a programme: charts that are tables first, and what was left out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from api.address import Address
from api.commands import identifier
from api.problems import INVALID, NOT_FOUND, Problem, not_found
from api.reading.asking import Asking
from api.reading.moment import day_in
from api.reading.outcomes import outcomes
from api.reading.people import one
from api.reading.programmes import programmes
from api.web.rendering import signed_in
from api.web.section import Gives, Section
from api.web.texts import N_
from domain.events.quality import FidelityReviewHeld
from domain.language import Text

_DAYS = {"van": "from", "tot": "until"}
"""What the address is asked by, and as what the read names it."""
_MEANS = (
    ("days_to_first_job", N_("Days to a first job (median)")),
    ("days_to_first_employer_contact", N_("Days to a first talk with an employer (median)")),
)
_PLAIN = (
    ("tenure_days", N_("Days that a job lasted (mean)")),
    ("hours_per_week", N_("Hours a week (mean)")),
    ("job_starts", N_("Jobs that began")),
    ("job_ends", N_("Jobs that ended")),
    ("assumed", N_("Counted as paid work by what was recorded")),
    ("needs_judgement", N_("Somebody still has to judge whether it is paid work open to anyone")),
)
_LEFT_OUT = (
    ("hours_unknown", N_("Jobs of which the hours are not recorded")),
    ("tenure_running", N_("Jobs that still go on: how long they last is not known yet")),
)


class Bar(NamedTuple):
    """One line of a chart, and of the table beside it."""

    label: str
    """A sentence of the domain, or an id in the catalogue."""
    people: int | None
    """None where it would be of a few."""
    percent: float | None
    ours: bool = True
    """The label is an id in the catalogue."""


class Figures(Section):
    """The page, for whoever reads totals; the gate says of which programmes, and how much."""

    def routes(self, get: Gives) -> list[BaseRoute]:
        """Give the address."""
        return [Address("/team/uitkomsten", get(self.show), methods=["GET"])]

    def show(self, request: Request) -> Response:
        """Show the totals of one programme, in a period."""
        who = signed_in(request)
        theirs = programmes(self.services, who)
        asked = request.query_params
        chosen = _chosen(theirs, asked.get("programma"))
        days, wrong = _days(asked)
        found = None
        if chosen is not None and not wrong:
            try:
                found = outcomes(self.services, who, chosen, days["van"], days["tot"])
            except Problem as problem:
                if problem.kind is not INVALID:
                    raise
                wrong = _by_field(problem)
        return self.page(
            request,
            who,
            "figures.html",
            status=422 if wrong else 200,
            programmes=theirs,
            chosen=chosen,
            wrong={name: wrong.get(field) for name, field in _DAYS.items()},
            typed={name: day.isoformat() if day else "" for name, day in days.items()},
            found=found,
            charts=None if found is None or "ips" not in found else _charts(found),
            fidelity=None if chosen is None else self._fidelity(who, chosen),
        )

    def _fidelity(self, who: Asking, programme: UUID) -> Mapping[str, Any] | None:
        """Give the last review by people from elsewhere, to who reads the programme itself."""
        try:
            _, found = one(self.services, who, programme)
        except Problem as problem:
            if problem.kind is NOT_FOUND:
                return None
            raise
        held = (e["fields"] for e in found["standing"] if e["type"] == FidelityReviewHeld.TYPE)
        return next(held, {})


def _chosen(theirs: Iterable[Mapping[str, Any]], asked: str | None) -> UUID | None:
    """Give the programme that was asked for, or the first; raises Problem for another's."""
    ids = [each["programme"] for each in theirs]
    if asked is None:
        return next(iter(ids), None)
    wanted = identifier(asked)
    if wanted not in ids:
        raise not_found()
    return wanted


def _days(asked: Mapping[str, str]) -> tuple[dict[str, date | None], dict[str, Text]]:
    """Read the days that an address names; what is none is told of by its field, never repeated."""
    days: dict[str, date | None] = dict.fromkeys(_DAYS)
    wrong: dict[str, Text] = {}
    for name, field in _DAYS.items():
        try:
            days[name] = day_in(field, asked.get(name) or None)
        except Problem as problem:
            wrong |= _by_field(problem)
    return days, wrong


def _by_field(problem: Problem) -> dict[str, Text]:
    return {each.field: each.problem for each in problem.errors}


def _charts(found: Mapping[str, Any]) -> dict[str, Any]:
    """Lay out what the charts and their tables show."""
    ips, took, income = found["ips"], found["participation"], found["income"]
    return {
        "ips": [_bar(N_("Works now"), ips["working"]), _bar(N_("Ever had a job"), ips["ever"])],
        "lasted": list(ips["sustained"]),
        "participation": [
            *(_said(each) for each in took["rungs"]),
            _bar(N_("In several places"), took["several"]),
            _bar(N_("In none of these yet"), took["none"]),
        ],
        "once": [_said(each) for each in found["once"]["results"]],
        "income": [
            _bar(N_("Off benefit"), income["off_benefit"]),
            _bar(N_("Works part-time beside it"), income["part_time"]),
            _bar(N_("Both"), income["both"]),
            _bar(N_("Neither"), income["neither"]),
        ],
        "means": [(label, ips[name]["median"], ips[name]["without"]) for name, label in _MEANS],
        "plain": [(label, ips[name]) for name, label in _PLAIN],
        "left_out": [(label, ips[name]) for name, label in _LEFT_OUT],
    }


def _bar(label: str, share: Mapping[str, Any]) -> Bar:
    return Bar(label, share["people"], share["percent"])


def _said(share: Mapping[str, Any]) -> Bar:
    return Bar(share["label"], share["people"], share["percent"], ours=False)
