"""Takes a team meeting over HTTP: several people discussed, saved once, an entry for each."""

from __future__ import annotations

from uuid import UUID, uuid5

import orjson
from starlette.requests import Request
from starlette.responses import Response

from api import bodies, problems
from api.accepting import answered_in_json
from api.address import Address
from api.commands import FAILURES, idempotency_key, read_model, worded
from api.reading.freshness import seen_token
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
            parts = _known(meeting, who.actor.person, key).commands()
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
        content = {
            "entries": [str(entry) for answer in answers for entry in answer.entries],
            "position": seen_token(self.services, who, max(answer.position for answer in answers)),
        }
        status = 201 if content["entries"] else 200
        return Response(orjson.dumps(content), status, None, "application/json")


def _known(meeting: TeamMeeting, person: UUID, key: str | None) -> TeamMeeting:
    """Give a meeting without an id of its own one that the same key and words lead to again."""
    if key is None or "meeting" in meeting.model_fields_set:
        return meeting
    words = meeting.model_dump_json(exclude={"meeting"})
    return meeting.model_copy(update={"meeting": uuid5(person, f"{key}/{words}")})


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
