"""A code by which the client, or the own team, lets another team link a file with this one."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from api.problems import not_found
from api.reading.asking import Asking
from api.reading.gate import Access, given_all, noted, tied
from api.wiring import Services
from domain.events.linking import FilesLinked
from domain.language import Text
from domain.policy import may_record
from domain.roles import ROLE_OF
from domain.rules.base import Command
from domain.rules.linking import Code, LinkFiles, code_of
from domain.wording import dated
from eventlog.entry import Actor

_PURPOSE, _ANYBODY = "link", UUID(int=0)
_GIVE = Text(
    "Geef deze code aan je nieuwe begeleider. Die koppelt er je dossiers mee. Wat in het ene "
    "dossier staat, leest alleen wie dat dossier al mag lezen. De code werkt tot en met {until}.",
    "Give this code to who supports you now. They link your files with it. What stands in a file "
    "is read only by who may read that file already. The code works until {until}.",
)


def link_code(
    services: Services, asking: Asking, trajectory: UUID
) -> tuple[Access, dict[str, Any]]:
    """Give a code to who may link this file; raises Problem.

    It tells its bearer nothing: a link shows nobody what they could not read already.
    """
    access = tied(services, asking, trajectory)
    link: type[Command] = LinkFiles
    if not may_record(access.sight.relation, link) or not given_all(
        services, [access], FilesLinked.CATEGORY
    ):
        raise not_found()
    noted(services, access)
    until = code_of(trajectory, access.today).until
    actor, organisation = asking.actor, asking.actor.organisation
    code = services.tokens.sealed(
        _PURPOSE,
        _ANYBODY,
        [
            *(trajectory.hex, actor.person.hex, actor.role.value),
            *(organisation and organisation.hex, until.isoformat()),
        ],
    )
    said = _GIVE.filled(until=dated(until))
    return access, {
        "trajectory": trajectory,
        "code": code,
        "until": until,
        "sentence": said.to(asking.language),
    }


def opened(services: Services, code: str) -> tuple[Code, Actor] | None:
    """Read a code, and who gave it; None for what is none. Whether it still works is not told."""
    found = services.tokens.opened(_PURPOSE, _ANYBODY, code)
    if found is None:
        return None
    trajectory, person, role, organisation, until = found
    giver = Actor(UUID(person), ROLE_OF[role], organisation and UUID(organisation))
    return Code(UUID(trajectory), date.fromisoformat(until)), giver
