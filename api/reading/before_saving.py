"""What about a command is worth a second thought, for whoever is about to give it."""

from __future__ import annotations

from uuid import UUID

from api.problems import not_allowed
from api.reading.asking import Asking
from api.reading.gate import admit
from api.reading.moment import seen, walled
from api.reading.opening import hidden
from api.wiring import Services
from domain.language import Text
from domain.policy import may_record, recorders
from domain.rules import Command
from domain.smells import smells_of


def before_saving(
    services: Services, asking: Asking, trajectory: UUID, command: Command
) -> list[Text]:
    """Give the questions for the writer alone; raises Problem for who may not give the command.

    Asked of what the writer sees in full, so that no question tells of anything else. The look is
    written down as that of a form; what is about to be written is not.
    """
    access = admit(services, asking, trajectory)
    if not may_record(access.sight.relation, type(command)):
        raise not_allowed(recorders(type(command), asking.actor.role))
    there = {each.row.event_id for each in seen(services, access, walled(services, trajectory))}
    history = [
        each.body
        for each in services.log.entries(trajectory)
        if each.event_id in there
        and each.body is not None
        and not hidden(access, each)
        and access.sees_all(each.body.category)
    ]
    return smells_of(command, history, asking.actor.role, access.today)
