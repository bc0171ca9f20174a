"""Lets coroutines that ask for the same stream pass one by one, in the order they came."""

from __future__ import annotations

import asyncio
from functools import partial

from eventlog.request import Busy

PATIENCE = 5.0
"""Seconds to wait for a command on the same stream that is under way."""
Future = asyncio.Future[None]


class Turns:
    """Who came last for each stream; whoever comes next waits for them.

    Locks would do the same, at the cost of a twentieth of a command that nobody else is in the way
    of, which is nearly every one.
    """

    def __init__(self) -> None:
        """Begin with nobody."""
        self._last: dict[int, Future] = {}

    def queue(self, stream: int) -> tuple[Future | None, Future]:
        """Stand behind whoever came last for a stream; gives them, if any, and one's own place."""
        loop = asyncio.get_running_loop()
        ahead = self._last.get(stream)
        if ahead is not None and ahead.get_loop() is not loop:
            ahead = None  # of a loop that was broken off: nobody is there any more
        mine = self._last[stream] = loop.create_future()
        return ahead, mine

    @staticmethod
    async def wait(ahead: Future) -> None:
        """Wait until they are done; raises Busy when that takes too long."""
        await asyncio.wait([ahead], timeout=PATIENCE)
        if not ahead.done():
            raise Busy

    def leave(self, stream: int, ahead: Future | None, mine: Future) -> None:
        """Let the next one go; when one's own turn never came, after those who went before."""
        if ahead is None or ahead.done():
            self._done(stream, mine)
        else:
            ahead.add_done_callback(partial(self._done, stream, mine))

    def _done(self, stream: int, mine: Future, _: Future | None = None) -> None:
        if self._last.get(stream) is mine:
            del self._last[stream]
        mine.set_result(None)
