"""The programmes of which somebody reads the totals."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from api.reading.asking import Asking
from api.reading.sorting import folded
from api.wiring import Services
from domain.events.base import Grant, GrantKind, StreamKind
from domain.policy import Totals, totals
from domain.policy.relation import roles_at
from domain.state.programme import Programme
from eventlog.log import grants


def programmes(services: Services, asking: Asking) -> list[dict[str, Any]]:
    """Name them; none for who reads no totals."""
    found = [(each, founded(services, each)) for each in _tied(services, asking)]
    told = [
        {"programme": each, "name": known.name, "coaches": known.capacity}
        for each, known in found
        if known.name is not None and level_of(services, asking, each, known) is not Totals.NONE
    ]
    return sorted(told, key=lambda each: (folded(each["name"]), each["programme"]))


def founded(services: Services, stream: UUID) -> Programme:
    """Fold one, for who goes on to ask the policy; without a name it is none."""
    state: Programme = services.handler.state(stream, StreamKind.PROGRAMME)[1]
    return state


def level_of(services: Services, asking: Asking, stream: UUID, known: Programme) -> Totals:
    """Say which of its totals somebody reads."""
    held = grants(services.log.grants_between(stream, asking.actor.person))
    return totals(asking.reader, stream, known.organisation, held, services.today())


def _tied(services: Services, asking: Asking) -> set[UUID]:
    """Find those that belong where somebody has this role, and those that drew them a sample."""
    person = asking.actor.person
    mine = grants(services.log.grants_between(person, person))
    found = {each for grant in mine if (each := _sampled(grant)) is not None}
    for organisation in roles_at(asking.reader, mine, services.today()) - {None}:
        assert organisation is not None  # noqa: S101 - taken out above
        found |= set(_of(grants(services.log.grants_between(organisation, organisation))))
    return found


def _of(rows: Iterable[Grant]) -> Iterable[UUID]:
    return (grant.stream for grant in rows if grant.kind is GrantKind.PROGRAMME)


def _sampled(grant: Grant) -> UUID | None:
    """Give the programme that drew a sample; None for another grant."""
    parts = grant.key.split("/")
    return UUID(parts[1]) if grant.kind is GrantKind.SAMPLE and len(parts) > 1 else None
