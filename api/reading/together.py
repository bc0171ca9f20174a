"""Gathers what concurrent requests ask of the database and asks it in one go."""

from __future__ import annotations

from asyncio import AbstractEventLoop, Future, Task, get_running_loop, sleep
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar
from weakref import WeakKeyDictionary

Question = TypeVar("Question")
Answer = TypeVar("Answer")

MOST = 64
"""Questions that go together."""
_TURNS = 2
"""Turns of the loop before a go: who was just told something, and who comes in, go along with it.

They cost microseconds, and a question by itself costs as much as four together.
"""


@dataclass(slots=True)
class _Line(Generic[Question, Answer]):
    """Who waits in one event loop."""

    waiting: list[tuple[Question, Future[Answer]]] = field(default_factory=list)
    going: Task[None] | None = None


class Together(Generic[Question, Answer]):
    """Asks for many requests at once, and for each after its question was put: never earlier.

    One go is under way at a time; what is put meanwhile goes together in the next.
    """

    def __init__(self, ask: Callable[[Sequence[Question]], Awaitable[Sequence[Answer]]]) -> None:
        """Take what answers questions, in their order."""
        self._ask = ask
        self._lines: WeakKeyDictionary[AbstractEventLoop, _Line[Question, Answer]] = (
            WeakKeyDictionary()
        )

    async def __call__(self, question: Question) -> Answer:
        """Give the answer; raises what asking raises."""
        loop = get_running_loop()
        line = self._lines.get(loop)
        if line is None:
            line = self._lines[loop] = _Line()
        answer: Future[Answer] = loop.create_future()
        line.waiting.append((question, answer))
        if line.going is None:
            line.going = loop.create_task(self._go_on(line))
        return await answer

    async def _go_on(self, line: _Line[Question, Answer]) -> None:
        """Ask until nobody waits."""
        try:
            while line.waiting:
                for _ in range(_TURNS):
                    await sleep(0)
                batch, line.waiting = line.waiting[:MOST], line.waiting[MOST:]
                await self._go(batch, line)
        finally:
            line.going = None

    async def _go(
        self, batch: Sequence[tuple[Question, Future[Answer]]], line: _Line[Question, Answer]
    ) -> None:
        try:
            answers = await self._ask([question for question, _ in batch])
        except Exception as error:  # noqa: BLE001 - raised where each of them waits
            behind, line.waiting = line.waiting, []  # they would hear the same, only later
            for _, answer in (*batch, *behind):
                if not answer.done():  # who left, hears nothing
                    answer.set_exception(error)
        else:
            for (_, answer), found in zip(batch, answers, strict=True):
                if not answer.done():
                    answer.set_result(found)
