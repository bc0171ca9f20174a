"""Takes a team meeting over HTTP: several people discussed, saved once, an entry for each."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from api import bodies, problems
from api.accepting import answered_in_json
from api.address import Address
from api.commands import FAILURES, idempotency_key, read_model, recorded, with_id, worded
from api.signin import asking
from api.wiring import Services
from domain.rules.base import UNKNOWN_HERE, Refused
from domain.rules.meeting import TeamMeeting
from eventlog.request import Request as Asked
from eventlog.together import PartRefused, handle_together, part_key

PATH = "/api/v1/team-meetings"


class Meetings:
    """The address of team meetings."""

    def __init__(self, services: Services) -> None:
        """Take meetings for these services."""
        self.services = services

    def routes(self) -> list[Address]:
        """Give the address."""
        return [Address(PATH, self.hold, methods=["POST"])]

    async def hold(self, request: Request) -> Response:
        """Store an entry for each who was discussed, and one for the programme."""
        who = asking(request)
        answered_in_json(request)
        key = idempotency_key(request)
        body = await bodies.read(request, self.services.settings.body_limit)
        meeting = read_model(TeamMeeting, body)
        try:
            parts = with_id(meeting, "meeting", who.actor.person, key).commands()
            answers = await handle_together(
                self.services.handler,
                [
                    Asked(who.actor, stream, command, part_key(key, stream), None, "", who.request)
                    for stream, command, _ in parts
                ],
            )
        except PartRefused as refused:
            raise _of_part(refused, parts[refused.number][2]) from refused
        except FAILURES as error:
            raise worded(error) from error
        return recorded(self.services, who, answers)


def _of_part(refused: PartRefused, field: str) -> problems.Problem:
    """Word what is wrong with one of them; one that is not there and one of others alike."""
    if not isinstance(refused.cause, Refused):
        return problems.Problem(
            problems.REFUSED,
            UNKNOWN_HERE,
            [problems.FieldProblem(field, UNKNOWN_HERE)],
        )
    cause = refused.cause
    name = cause.field or ""
    name = name if name.partition(".")[0] in TeamMeeting.model_fields else field
    return problems.Problem(problems.REFUSED, cause.text, [problems.FieldProblem(name, cause.text)])
