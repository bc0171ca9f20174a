"""The days and times that somebody has to do with, naming nobody: for a calendar of their own.

A fetch is no look (ADR 0010). Nothing of it tells of which file it is, so that no file is opened;
a calendar asks by itself, many times a day, and a line each time would tell the client of looks
that nobody took. Who reads a file in an emergency or for an audit gets nothing of it here: there
each look counts.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, time, timedelta
from typing import Any, NamedTuple

from api.reading.appointments import PLANNED, gone_by
from api.reading.asking import Asking
from api.reading.gate import Access
from api.reading.moment import NOW
from api.reading.people import ties
from api.reading.state import stand_for
from api.reading.support import caseload
from api.wiring import Services
from domain.policy.relation import roles_at
from eventlog.log import grants

BACK, AHEAD = timedelta(days=7), timedelta(days=90)
DUE = ("next", "next_employer")


class Coming(NamedTuple):
    """One moment: an appointment, or else a contact that is due."""

    key: str
    """What it is, always the same; to be told to nobody as it is."""
    on: date
    at: time | None = None
    """None for all day."""
    minutes: int | None = None
    appointment: bool = False


def agenda(services: Services, asking: Asking) -> list[Coming] | None:
    """Give what is coming, by day and time; None to who does not have this role any more."""
    asking = replace(asking, view=None)
    found = ties(services, asking)
    if not found and not _in_role(services, asking):
        return None
    lasting = [each for each in found if lasts(each)]
    moments = [moment for each in lasting for moment in _appointments(services, each)]
    moments += _contacts(services, asking, lasting)
    return sorted(moments, key=lambda each: (each.on, each.at or time.min, each.key))


def in_role(services: Services, asking: Asking) -> bool:
    """Say whether somebody has this role, by the grants of now."""
    return _in_role(services, asking) or bool(ties(services, replace(asking, view=None)))


def _in_role(services: Services, asking: Asking) -> bool:
    person = asking.actor.person
    mine = grants(services.log.grants_between(person, person))
    return bool(roles_at(asking.reader, mine, services.today()))


def lasts(access: Access) -> bool:
    """Say whether what comes of a file is this reader's to plan by: not for who looks in once."""
    return access.sight.relation.emergency is None and not access.sight.pseudonymous


def _appointments(services: Services, access: Access) -> Iterator[Coming]:
    today = services.today()
    slots = stand_for(services, access, NOW).slots
    named = dict(slots)
    for slot, shown in slots:
        if shown.event not in PLANNED or gone_by(slot, shown, named, today - BACK):
            continue
        fields = shown.fields
        on, at = date.fromisoformat(fields["planned_on"]), fields.get("at")
        if on <= today + AHEAD:
            yield Coming(
                f"{access.trajectory}/{slot}",
                on,
                None if at is None else time.fromisoformat(at),
                fields.get("minutes"),
                appointment=True,
            )


def _contacts(services: Services, asking: Asking, lasting: list[Access]) -> Iterator[Coming]:
    """Give the contacts that are due to who is on the team; what was due before is due today."""
    today = services.today()
    for case in own_cases(services, asking, lasting):
        for name in DUE:
            due = case.get(name)
            if due is not None and due["on"] <= today + AHEAD:
                yield Coming(f"{case['trajectory']}/{name}", max(due["on"], today))


def own_cases(
    services: Services, asking: Asking, lasting: Iterable[Access]
) -> list[dict[str, Any]]:
    """Give the lines of the caseload of those on whose team the asker is."""
    actor = asking.actor
    team = {each.trajectory for each in services.views.caseload.of(actor.person, actor.role)}
    team &= {each.trajectory for each in lasting}
    if not team:
        return []
    return [each for each in caseload(services, asking)["cases"] if each["trajectory"] in team]
