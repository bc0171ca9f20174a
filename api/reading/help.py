"""Who reads a signal and when, and whom to call: for who says that it is not going well."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from api.problems import not_found
from api.reading.asking import Asking
from api.reading.gate import Access, noted, tie_to, tied
from api.reading.names import names
from api.wiring import Services
from domain.help import READ_BY, numbers, told
from domain.language import Language
from domain.policy import may_record
from domain.roles import Role
from domain.rules.base import Command
from domain.rules.setback import SignalSetback
from eventlog.handler import HOME


def setback_help(
    services: Services, asking: Asking, trajectory: UUID, reader: UUID | None = None
) -> tuple[Access, dict[str, Any]]:
    """Tell it to who may give such a signal; `reader` is whom they chose. Raises Problem."""
    access = tied(services, asking, trajectory)
    signal: type[Command] = SignalSetback
    if not may_record(access.sight.relation, signal):
        raise not_found()
    noted(services, access)
    readers = _readers(services, access, reader)
    called = names(services, access, readers)
    language = asking.language
    said = told(services.now().astimezone(HOME), [called.of(each) for each in readers])
    return access, {
        "trajectory": trajectory,
        "told": said.to(language),
        "numbers": call(services, language),
    }


def call(services: Services, language: Language) -> list[dict[str, Any]]:
    """Give whom one can always call."""
    return [
        {"name": each.name.to(language), "number": each.number, "when": each.when.to(language)}
        for each in numbers(services.settings.gp_post)
    ]


def _readers(services: Services, access: Access, chosen: UUID | None) -> list[UUID]:
    """Name who was chosen, or who of the team reads it, as far as the asker knows of them.

    Whose role ended is on the team still, and reads nothing.
    """

    def reads(who: UUID, role: Role) -> bool:
        known = bool(access.sight.names(role))
        return known and tie_to(services, access.trajectory, who, role) is not None

    role = None if chosen is None else access.roles.get(chosen)
    if chosen is not None and role is not None and reads(chosen, role):
        return [chosen]
    team = ((each, role) for each, role in access.roles.items() if role in READ_BY)
    return sorted((each for each, role in team if reads(each, role)), key=str)
