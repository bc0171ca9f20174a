"""Tells a page that it may have changed, and nothing of what: a stream for each open timeline."""

from __future__ import annotations

from collections.abc import AsyncIterator, Hashable
from dataclasses import replace
from uuid import UUID

from anyio import CapacityLimiter, Event, to_thread
from sse_starlette import EventSourceResponse, ServerSentEvent
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from api.commands import identifier
from api.problems import Problem
from api.reading.asking import Asking
from api.reading.gate import Access, Glances, before_hindsight
from api.reading.live import as_shown, content
from api.signin import actor_of, in_the_name_of, token_of
from api.streams import Stream
from api.web.rendering import signed_in
from api.wiring import Services
from eventlog.problems import Unavailable

HEARTBEAT = 15
"""Seconds between two comments, by which a proxy and the browser know that we are there."""
GRACE = 1
"""Seconds that a stream gets to end in good order when the service stops."""
THREADS = 2
"""Threads that read for all streams: of their own, so that no page waits for them."""


class Live:
    """Streams that say when to look again."""

    def __init__(self, services: Services) -> None:
        """Look with these services."""
        self.services = services
        self._glances = Glances(services)
        self._threads = CapacityLimiter(THREADS)

    async def stream(self, request: Request) -> Response:
        """Open a stream; raises Problem for who may not look, and when there is no room.

        Opening it is no look and stands in no access log: it says that there is something to see
        to somebody who sees it anyway, at the next look, and that look is written down. `sinds`
        is what the page showed, so that nothing is missed between the page and the stream.
        """
        who = signed_in(request)
        who = replace(who, view=None)
        trajectory = identifier(request.path_params["id"])
        await self._glances.admit(who, trajectory)
        services, token = self.services, token_of(request)

        def lasts() -> bool:
            demo = services.settings.demo
            return actor_of(services.tokens, token, services.now(), demo=demo) is not None

        session = services.tokens.session(token)
        stream = await services.streams.open(who.actor.person, session, lasts)
        shown = request.query_params.get("sinds")
        return _Open(services, stream, self._told(stream, who, trajectory, shown))

    async def _told(
        self, stream: Stream, who: Asking, trajectory: UUID, shown: str | None
    ) -> AsyncIterator[ServerSentEvent]:
        """Say so whenever what this reader is shown is something else."""
        before: Hashable = None
        try:
            while not stream.over:
                access, mark, whole = await self._look(stream, who, trajectory)
                if shown is None or (whole and mark != before):
                    now = await to_thread.run_sync(self._shown, access, limiter=self._threads)
                    if shown not in {None, now}:
                        yield ServerSentEvent(event="changed", data="")
                    shown, before = now, mark if whole else None
                await stream.woken()
        except (Problem, Unavailable):
            return  # no right any more, or no database: they ask again, and hear it

    async def _look(
        self, stream: Stream, who: Asking, trajectory: UUID
    ) -> tuple[Access, Hashable, bool]:
        """Ask for the rights of now, and for what an unchanged page hangs on (see ADR 0007).

        Says whether all of that is known: not while a read model comes after the log.
        """
        access, mark = await self._glances.admit(who, trajectory)
        marks = [(_rights(access), mark)]
        for each in sorted(access.linked):
            try:
                other, beside = await self._glances.admit(who, each)
            except Problem:
                continue  # nothing of that file is shown
            marks.append((_rights(other), beside))
        later = () if stream.standing is None else stream.standing.later
        return access, (*marks, later), all(each.last is not None for _, each in marks)

    def _shown(self, access: Access) -> str:
        with in_the_name_of(self.services, access.asking.actor):  # of this moment and day
            reader = before_hindsight(self.services, access)
            return as_shown(self.services, reader, content(self.services, reader))


def _rights(access: Access) -> Hashable:
    return access.ground(), access.sight.relation.hidden, frozenset(access.roles.items())


class _Open(EventSourceResponse):
    """A stream that makes room again however it ends."""

    def __init__(
        self, services: Services, stream: Stream, told: AsyncIterator[ServerSentEvent]
    ) -> None:
        self._services = services
        self._stream = stream
        self._stopping = Event()
        super().__init__(
            told,
            ping=HEARTBEAT,
            ping_message_factory=_still_here,
            data_sender_callable=self._end_when_stopping,
            shutdown_event=self._stopping,
            shutdown_grace_period=GRACE,
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            await super().__call__(scope, receive, send)
        finally:
            self._services.streams.close(self._stream)

    async def _end_when_stopping(self) -> None:
        """End it in good order when the service stops: the browser asks the next one."""
        await self._stopping.wait()
        self._stream.end()


def _still_here() -> ServerSentEvent:
    return ServerSentEvent(comment="")
