"""Takes over HTTP who stands in on a coach's whole caseload: one save, an entry each."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from api import bodies
from api.accepting import answered_in_json
from api.address import Address
from api.commands import FAILURES, idempotency_key, read_model, recorded, with_id, worded
from api.reading.asking import Asking
from api.reading.support import without_coach
from api.signin import asking
from api.wiring import Services
from domain.events.base import StreamKind
from domain.policy import coached
from domain.rules.cover import ArrangeCover, CaseloadCover
from domain.state import Trajectory
from eventlog.log import grants
from eventlog.request import NotAllowed, NotFound
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
        answered_in_json(request)
        key = idempotency_key(request)
        body = await bodies.read(request, self.services.settings.body_limit)
        asked = with_id(read_model(CaseloadCover, body), "cover", who.actor.person, key)
        try:
            parts = await run_in_threadpool(parts_of, self.services, who, asked, key)
            answers = await handle_together(self.services.handler, parts)
        except PartRefused as refused:
            raise worded(refused.cause) from refused
        except FAILURES as error:
            raise worded(error) from error
        return recorded(self.services, who, answers)


def parts_of(services: Services, who: Asking, asked: CaseloadCover, key: str | None) -> list[Asked]:
    """Ask it of each trajectory that is covered; raises Refused when there is none."""

    def part(stream: UUID, command: ArrangeCover) -> Asked:
        own = part_key(key, stream)
        return Asked(who.actor, stream, command, own, None, correlation=who.request)

    def arranges(stream: UUID, command: ArrangeCover) -> bool:
        try:
            services.handler.foresee(part(stream, command))
        except (NotFound, NotAllowed):
            return False
        return True

    coach = asked.coach or who.actor.person
    return [
        part(*each) for each in asked.commands(coach, _caseload(services, who, coach), arranges)
    ]


def _caseload(services: Services, who: Asking, coach: UUID) -> Iterator[tuple[UUID, Trajectory]]:
    """Find what the coach has, and what they left last and is for who asks to see to."""
    given = grants(services.log.grants_between(coach, coach))
    for stream in coached(coach, given, services.today()):
        yield stream, _state(services, stream)
    for stream in without_coach(services, who.reader):
        state = _state(services, stream)
        if state.circle.left is not None and state.circle.left.person == coach:
            yield stream, state


def _state(services: Services, stream: UUID) -> Trajectory:
    state: Trajectory = services.handler.state(stream, StreamKind.TRAJECTORY)[1]
    return state
