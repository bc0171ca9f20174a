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
from domain.events.base import StreamKind
from domain.policy import coached
from domain.rules.cover import ArrangeCover, CaseloadCover
from domain.state import Trajectory
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
            parts = await run_in_threadpool(self._parts, who, asked, key)
            answers = await handle_together(self.services.handler, parts)
        except PartRefused as refused:
            raise worded(refused.cause) from refused
        except FAILURES as error:
            raise worded(error) from error
        return self._answer(who, answers)

    def _parts(self, who: Asking, asked: CaseloadCover, key: str | None) -> list[Asked]:
        """Ask it of each trajectory that is covered."""

        def part(stream: UUID, command: ArrangeCover) -> Asked:
            own = part_key(key, stream)
            return Asked(who.actor, stream, command, own, None, correlation=who.request)

        def arranges(stream: UUID, command: ArrangeCover) -> bool:
            try:
                self.services.handler.foresee(part(stream, command))
            except (NotFound, NotAllowed):
                return False
            return True

        coach = asked.coach or who.actor.person
        return [part(*each) for each in asked.commands(coach, self._caseload(coach), arranges)]

    def _caseload(self, coach: UUID) -> Iterator[tuple[UUID, Trajectory]]:
        given = grants(self.services.log.grants_between(coach, coach))
        for stream in coached(coach, given, self.services.today()):
            _, state = self.services.handler.state(stream, StreamKind.TRAJECTORY)
            yield stream, state

    def _answer(self, who: Asking, answers: list[Answer]) -> Response:
        content = {
            "entries": [str(entry) for answer in answers for entry in answer.entries],
            "position": seen_token(self.services, who, max(answer.position for answer in answers)),
        }
        status = 201 if content["entries"] else 200
        return Response(orjson.dumps(content), status, None, "application/json")


def _known(asked: CaseloadCover, person: UUID, key: str | None) -> CaseloadCover:
    """Give what has no id of its own one that the same key and words lead to again."""
    if key is None or "cover" in asked.model_fields_set:
        return asked
    words = asked.model_dump_json(exclude={"cover"})
    return asked.model_copy(update={"cover": uuid5(person, f"{key}/{words}")})
