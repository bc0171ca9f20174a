"""Takes over HTTP who stands in on a coach's whole caseload: one save, an entry each."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID, uuid5

import orjson
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from api import bodies
from api.address import Address
from api.commands import FAILURES, idempotency_key, read_model, worded
from api.reading.asking import Asking
from api.reading.freshness import seen_token
from api.signin import asking
from api.wiring import Services
from domain.events.base import GrantKind, StreamKind
from domain.policy import in_force
from domain.roles import Role
from domain.rules.base import Refused
from domain.rules.cover import CaseloadCover
from eventlog.log import grants
from eventlog.request import Answer, NotAllowed, NotFound
from eventlog.request import Request as Asked
from eventlog.together import PartRefused, handle_together, part_key

PATH = "/api/v1/covers"


class Covers:
    """The address of covers for a whole caseload."""

    def __init__(self, services: Services) -> None:
        """Take covers for these services."""
        self.services = services

    def routes(self) -> list[Address]:
        """Give the address."""
        return [Address(PATH, self.arrange, methods=["POST"])]

    async def arrange(self, request: Request) -> Response:
        """Store an entry on each trajectory of the coach that is not closed."""
        who = asking(request)
        key = idempotency_key(request)
        body = await bodies.read(request, self.services.settings.body_limit)
        asked = _known(read_model(CaseloadCover, body), who.actor.person, key)
        try:
            parts = await run_in_threadpool(lambda: list(self._parts(who, asked, key)))
            if not parts:
                raise _NOBODY
            answers = await handle_together(self.services.handler, parts)
        except PartRefused as refused:
            raise worded(refused.cause) from refused
        except FAILURES as error:
            raise worded(error) from error
        return self._answer(who, answers)

    def _parts(self, who: Asking, asked: CaseloadCover, key: str | None) -> Iterator[Asked]:
        """Ask for each trajectory that the coach has, as far as the asker arranges it there."""
        coach = asked.coach or who.actor.person
        for stream, command in asked.commands(self._caseload(coach), coach):
            part = Asked(
                who.actor, stream, command, part_key(key, stream), None, correlation=who.request
            )
            try:
                self.services.handler.foresee(part)
            except (NotFound, NotAllowed):
                continue
            yield part

    def _caseload(self, coach: UUID) -> list[UUID]:
        handler, today = self.services.handler, self.services.today()
        return [
            grant.stream
            for grant in grants(self.services.log.grants_between(coach, coach))
            if grant.kind is GrantKind.TEAM
            and grant.role == Role.JOB_COACH.value
            and in_force(grant, today)
            and not handler.state(grant.stream, StreamKind.TRAJECTORY)[1].course.closed
        ]

    def _answer(self, who: Asking, answers: list[Answer]) -> Response:
        content = {
            "entries": [str(entry) for answer in answers for entry in answer.entries],
            "position": seen_token(self.services, who, max(answer.position for answer in answers)),
        }
        status = 201 if content["entries"] else 200
        return Response(orjson.dumps(content), status, None, "application/json")


_NOBODY = Refused(
    "Hier is geen lopend traject waarvoor u vervanging regelt. Kies een andere jobcoach.",
    "There is no running trajectory here for which you arrange this. Choose another job coach.",
    "coach",
)


def _known(asked: CaseloadCover, person: UUID, key: str | None) -> CaseloadCover:
    """Give what has no id of its own one that the same key and words lead to again."""
    if key is None or "cover" in asked.model_fields_set:
        return asked
    words = asked.model_dump_json(exclude={"cover"})
    return asked.model_copy(update={"cover": uuid5(person, f"{key}/{words}")})
