"""Work in steps that take time: a thread does each at once, a coroutine lets its loop go on.

What is to be done, and what follows when it fails, is so written once for both.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Generator
from dataclasses import dataclass
from time import sleep
from typing import Any, Protocol, TypeVar

from anyio import to_thread


class Step(Protocol):
    """Something that takes time."""

    def now(self) -> Any:
        """Do it and wait."""

    async def soon(self) -> Any:
        """Do it beside the running loop."""


Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Blocking:
    """A call that blocks; a loop leaves it to a thread."""

    now: Callable[[], Any]

    async def soon(self) -> Any:
        """Wait for the thread."""
        return await to_thread.run_sync(self.now)


class Apart(Blocking):
    """One for which all wait: it has no place in the line of what single requests ask."""

    async def soon(self) -> Any:
        """Wait for a thread that requests are not served by."""
        return await asyncio.to_thread(self.now)


@dataclass(frozen=True, slots=True)
class Pause:
    """Leaves others alone for a while."""

    seconds: float

    def now(self) -> None:
        """Let the thread sleep."""
        sleep(self.seconds)

    async def soon(self) -> None:
        """Let the loop go on."""
        await asyncio.sleep(self.seconds)


def run(steps: Generator[Step, Any, Result]) -> Result:
    """Take the steps in this thread; gives what they return, raises what they raise."""
    try:
        step = next(steps)
        while True:
            try:
                answer = step.now()
            except BaseException as error:  # noqa: BLE001 - the steps say what it means
                step = steps.throw(error)
            else:
                step = steps.send(answer)
    except StopIteration as end:
        return end.value  # type: ignore[no-any-return]


async def run_async(steps: Generator[Step, Any, Result]) -> Result:
    """Take the steps beside the running loop; gives what they return, raises what they raise."""
    try:
        step = next(steps)
        while True:
            try:
                answer = await step.soon()
            except BaseException as error:  # noqa: BLE001 - the steps say what it means
                step = steps.throw(error)
            else:
                step = steps.send(answer)
    except StopIteration as end:
        return end.value  # type: ignore[no-any-return]
