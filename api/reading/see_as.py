"""What somebody else would see now: made by the same gate, and never wider than the asker sees."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import UUID

from api.problems import not_found
from api.reading.asking import Asking
from api.reading.gate import Access, noted, tied
from api.reading.moment import NOW, refused
from api.reading.state import stand_for, state
from api.reading.timeline import timeline
from api.wiring import Services
from domain.language import Text
from domain.policy import eyes, looked_through
from domain.roles import Role
from domain.rules.access import through_eyes
from domain.rules.base import Refused
from eventlog.entry import Actor
from eventlog.log import grants

_PREVIEW = Text(
    "Dit is een voorbeeld: zo ziet de {who} het nu.",
    "This is a preview: the {who} sees it like this now.",
)


def see_as(  # noqa: PLR0913 - who asks, about which file, as whom, and which page of it
    services: Services,
    asking: Asking,
    trajectory: UUID,
    person: UUID,
    role: str,
    *,
    limit: int = 60,
    cursor: str | None = None,
) -> tuple[Access, dict[str, Any]]:
    """Give state and timeline as this person would get them now; raises Problem.

    `person` may be an employer: then whoever speaks for it. It is the asker who looks.
    """
    own = tied(services, asking, trajectory)
    wanted = _role(own, role)
    other = replace(asking, actor=_actor(services, own, person, wanted), view=None, looked=set())
    seen = replace(tied(services, other, trajectory), within=own)
    noted(services, own)
    called = wanted.label
    return seen, {
        "trajectory": trajectory,
        "preview": True,
        "told": _PREVIEW.filled(who=called).to(asking.language),
        "person": person,
        "role": wanted,
        "label": called.to(asking.language),
        "state": state(services, stand_for(services, seen, NOW)),
        "timeline": timeline(services, seen, at=NOW, limit=limit, cursor=cursor),
    }


def _role(own: Access, role: str) -> Role:
    """Read through whose eyes; raises Problem."""
    ways = eyes(own.sight.relation.role)
    if not ways:
        raise not_found()
    try:
        return through_eyes(role, ways)
    except Refused as error:
        raise refused(error) from error


def _actor(services: Services, own: Access, person: UUID, role: Role) -> Actor:
    """Word who would be asking; of an employer the one who speaks for it."""
    rows = grants(services.log.grants_between(person, person))
    return Actor(looked_through(role, person, rows, own.today), role)
