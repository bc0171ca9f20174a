"""Who looked at a file, day by day and in plain words, for the one whom it is about."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from itertools import groupby
from operator import attrgetter
from typing import Any
from uuid import UUID

from api.problems import not_found
from api.reading.asking import Asking
from api.reading.gate import ROLES, Access, noted, tied
from api.reading.looking import View
from api.reading.moment import refuse
from api.reading.names import Names, names
from api.wiring import Services
from domain.events.base import Category, GrantKind, Kind
from domain.language import Text
from eventlog.access import Looked
from eventlog.handler import HOME

DAYS = 90
"""How far back it goes when nothing is asked."""
MOST_DAYS = 366
FIRST_DAY = date(2000, 1, 1)
_BY_NAME = frozenset({GrantKind.TEAM, GrantKind.NETWORK})
"""Whom the client knows by name: the own team, and who took an invitation up. Others by
organisation and role; their names go by the privacy officer (reference 0.1)."""
_VIEWS = {view.value: view.label for view in View}


def accesses(
    services: Services,
    asking: Asking,
    trajectory: UUID,
    *,
    since: date | None = None,
    until: date | None = None,
) -> tuple[Access, dict[str, Any]]:
    """Say who looked between two days, both included; raises Problem.

    The client hears of everybody; who was invited of their own looks.
    """
    access = tied(services, asking, trajectory)
    all_of_it = Kind.FACT in access.sight.kinds(Category.ACCESS)
    if not all_of_it and Kind.FACT not in access.sight.kinds(Category.ACCESS, own=True):
        raise not_found()
    first, last = _between(access.today, since, until)
    noted(services, access)
    found = services.accesses.by_day(
        trajectory,
        _begin(first),
        _begin(last + timedelta(days=1)),
        HOME.key,
        None if all_of_it else access.person,
    )
    others = [each for each in found if not all_of_it or each.person != access.person]
    around = {each.person for each in others} | {
        each.organisation for each in others if each.organisation is not None
    }
    called = names(services, access, around)
    return access, {
        "trajectory": trajectory,
        "since": first,
        "until": last,
        "summary": _summary(others).to(asking.language) if all_of_it else None,
        "days": [
            {"day": day, "looks": [_look(access, called, each) for each in looks]}
            for day, looks in groupby(others, attrgetter("day"))
        ],
    }


def _between(today: date, since: date | None, until: date | None) -> tuple[date, date]:
    for field, day in (("since", since), ("until", until)):
        if day is not None and not FIRST_DAY <= day <= today:
            raise refuse(field, "Kies een dag die al geweest is.", "Choose a day that has been.")
    last = until or today
    first = since or last - timedelta(days=DAYS)
    if first > last:
        raise refuse("since", "Deze dag ligt na de laatste.", "This day is after the last one.")
    if (last - first).days > MOST_DAYS:
        raise refuse("since", "Kies hoogstens een jaar.", "Choose a year at most.")
    return first, last


def _begin(day: date) -> datetime:
    return datetime.combine(day, time(), HOME)


def _summary(looks: Iterable[Looked]) -> Text:
    """Open with what most people want to know: was it only the own team."""
    team = other = 0
    for each in looks:
        if each.basis == GrantKind.TEAM:
            team += each.times
        else:
            other += each.times
    times = "time" if team == 1 else "times"
    more = "time" if other == 1 else "times"
    nl = f"Anderen: {other} keer." if other else "Niemand anders."
    en = f"Others: {other} {more}." if other else "Nobody else."
    return Text(f"Je eigen team: {team} keer. {nl}", f"Your own team: {team} {times}. {en}")


def _look(access: Access, called: Names, found: Looked) -> dict[str, Any]:
    language = access.asking.language
    role = ROLES[found.role]
    named = found.basis in _BY_NAME or found.person == access.person
    organisation = found.organisation
    return {
        "who": called.of(found.person, role) if named else None,
        "role": role,
        "label": role.label.to(language),
        "organisation": None if organisation is None else called.of(organisation),
        "own_team": found.basis == GrantKind.TEAM,
        "basis": found.basis,
        "views": [_VIEWS[each].to(language) for each in found.views],
        "times": found.times,
        "last_at": found.last_at,
    }
