"""The streams that are open in this process, and what wakes them: one listener for all of them."""

from __future__ import annotations

from asyncio import Event, Future, Task, get_running_loop, shield, sleep
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from time import monotonic
from uuid import UUID

from api.problems import no_room, open_too_often
from eventlog.problems import Unavailable
from projections.wakeups import Heard, Standing, Wakeups

BEAT = 1.0
"""Seconds between two looks when nothing wakes us: not every append does, and sessions run out."""
SOON = 0.05
"""Seconds until the next look while the read models come after the log."""
_RUSH = 0.1
"""Seconds between two looks at least: what is written in a rush is one look."""
_EACH = 0.002
"""Seconds more for each open stream, so that all of them together stay a small part of the work."""
_ANYHOW = 15.0
"""Seconds after which all look whatever was written: a right can end by the clock alone."""


@dataclass(eq=False, slots=True)
class Stream:
    """One open stream of one person."""

    person: UUID
    session: str
    """A fingerprint of what they are signed in with."""
    lasts: Callable[[], bool]
    """Whether they are signed in still."""
    standing: Standing | None = None
    """How far everything was when it was woken last."""
    over: bool = False
    _woken: Event = field(default_factory=Event)

    def wake(self, standing: Standing) -> None:
        """Let it look."""
        self.standing = standing
        self._woken.set()

    def end(self) -> None:
        """Let it end: its reader asks again, and hears what is so by then."""
        self.over = True
        self._woken.set()

    async def woken(self) -> bool:
        """Wait until there is something to look at; False when it is over."""
        await self._woken.wait()
        self._woken.clear()
        return not self.over


class Streams:
    """Opens streams up to a bound, and wakes them; without any there is no connection."""

    def __init__(self, wakeups: Wakeups, *, most: int, each: int) -> None:
        """Keep at most so many in all, and so many of one person."""
        self._wakeups = wakeups
        self._most = most
        self._each = each
        self._open: set[Stream] = set()
        self._watching: Task[None] | None = None
        self._listening: Future[None] | None = None

    def __len__(self) -> int:
        """Count the open streams."""
        return len(self._open)

    async def open(self, person: UUID, session: str, lasts: Callable[[], bool]) -> Stream:
        """Open one that hears all from now on; raises Problem when full, and Unavailable."""
        if sum(each.person == person for each in self._open) >= self._each:
            raise open_too_often()
        if len(self._open) >= self._most:
            raise no_room()
        stream = Stream(person, session, lasts)
        self._open.add(stream)
        try:
            await self._listen()
        except BaseException:
            self.close(stream)
            raise
        return stream

    def close(self, stream: Stream) -> None:
        """Make room again."""
        self._open.discard(stream)

    async def leave(self, session: str) -> None:
        """End what was opened with this sign-in, in every process.

        Where the database is away there is nobody who listens, and no stream.
        """
        for each in self._open:
            if each.session == session:
                each.end()
        with suppress(Unavailable):
            await self._wakeups.tell_left(session)

    async def _listen(self) -> None:
        loop = get_running_loop()
        if self._watching is None or self._listening is None:
            self._listening = loop.create_future()
            self._watching = loop.create_task(self._watch(self._listening))
        await shield(self._listening)

    async def _watch(self, listening: Future[None]) -> None:
        """Wake and end streams as long as there are any."""
        heard: Heard | None = None
        try:
            heard = await self._wakeups.listen()
            listening.set_result(None)
            await self._go_on(heard)
        except Unavailable as error:
            if not listening.done():
                listening.set_exception(error)
        finally:
            # What was told while nobody listened is not known: who is left asks again.
            self._watching = None
            listening.cancel()
            for each in self._open:
                each.end()
            if heard is not None:
                await heard.close()

    async def _go_on(self, heard: Heard) -> None:
        before, anyhow, pause = None, 0.0, SOON
        while self._open:
            left = await heard.wait(pause)
            for each in self._open:
                if each.session in left or not each.lasts():
                    each.end()
            standing = await self._wakeups.standing()
            if standing != before or monotonic() > anyhow:
                for each in self._open:
                    each.wake(standing)
                anyhow = monotonic() + _ANYHOW
            before, pause = standing, SOON if standing.behind else BEAT
            await sleep(max(_RUSH, len(self._open) * _EACH))
