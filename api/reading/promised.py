"""The talks that a programme promised and held, and where it fell short: for who can mend it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from api.reading.asking import Asking
from api.reading.gate import Access, admitted, overseen
from api.reading.names import lookup
from api.reading.support import PROMISED
from api.wiring import Services
from domain.outcomes import Month, Period, Person, kept, months
from domain.outcomes.promises import Missing
from domain.policy import Totals, leads
from domain.roles import Role

MOST = 100
"""Trajectories that are named at once."""


def talks(
    services: Services, asking: Asking, people: Sequence[Person], period: Period, level: Totals
) -> dict[str, Any]:
    """Say how the promises were kept, month by month; of the last month also to whom not."""
    asked = months(period, min((each.entered_on for each in people), default=None))
    held = {}
    if asked:
        files = {file: each.trajectory for each in people for file in each.files}
        held = services.views.outcomes.talks(files, asked[0], period.until)
    found = [kept(people, month, held.get(month, {})) for month in asked]
    missing = _named(services, asking, found[-1].missing) if found and level.whole else []
    return {
        "months": [_month(each, level) for each in found],
        "missing": missing,
    }


def _month(month: Month, level: Totals) -> dict[str, Any]:
    short = len(month.missing)
    return {
        "month": month.month.isoformat()[:7],
        "people": level.part(month.people, month.people),
        "promised": level.of(month.promised, month.people),
        "held": level.of(month.held, month.people),
        "missing": level.part(short, month.people),
    }


def _named(services: Services, asking: Asking, missing: Sequence[Missing]) -> list[dict[str, Any]]:
    """Name those of the own caseload to a coach, and to a team lead which trajectories it were."""
    if leads(asking.actor.role):
        shown = missing[:MOST]
        overseen(services, asking, [each.trajectory for each in shown])
        return [_line(each, None) for each in shown]
    access = admitted(services, asking, [file for each in missing for file in each.files])
    own = [
        each._replace(trajectory=file)
        for each in missing
        if (file := _theirs(access, each)) is not None
    ]
    called = _clients(services, access, [each.trajectory for each in own])
    return [_line(each, called.get(each.trajectory)) for each in own]


def _theirs(access: Mapping[UUID, Access], missing: Missing) -> UUID | None:
    """Name the file of it that the asker sees; of several the first."""
    return next(
        (each for each in missing.files if each in access and access[each].sees_all(*PROMISED)),
        None,
    )


def _clients(
    services: Services, access: dict[UUID, Access], trajectories: Sequence[UUID]
) -> dict[UUID, str | None]:
    clients = {
        trajectory: client
        for trajectory in trajectories
        if (client := access[trajectory].client) is not None
    }
    known = lookup(services, set(clients.values()), list(clients))
    return {
        trajectory: known[client].as_seen(access[trajectory].sight.names(Role.CLIENT))
        for trajectory, client in clients.items()
        if client in known
    }


def _line(missing: Missing, name: str | None) -> dict[str, Any]:
    return {
        "trajectory": missing.trajectory,
        "name": name,
        "promised": missing.promised,
        "held": missing.held,
    }
