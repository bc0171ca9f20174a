"""Gathers what concurrent requests ask of the database and asks it in one go."""

from __future__ import annotations

from asyncio import AbstractEventLoop, Future, get_running_loop
from collections.abc import Callable, Sequence
from contextlib import suppress
from threading import Lock
from typing import Generic, NamedTuple, TypeVar

Question = TypeVar("Question")
Answer = TypeVar("Answer")

MOST = 64
"""Questions that go together."""


class _Waiting(NamedTuple, Generic[Question, Answer]):
    question: Question
    loop: AbstractEventLoop
    answer: Future[Answer]


class Together(Generic[Question, Answer]):
    """Asks for many requests at once, and for each after its question was put: never earlier.

    One go is under way at a time, in a thread; what is put meanwhile goes together in the next.
    """

    def __init__(self, ask: Callable[[Sequence[Question]], Sequence[Answer]]) -> None:
        """Take what answers questions, in their order."""
        self._ask = ask
        self._waiting: list[_Waiting[Question, Answer]] = []
        self._under_way = False
        self._lock = Lock()

    async def __call__(self, question: Question) -> Answer:
        """Give the answer; raises what asking raises."""
        loop = get_running_loop()
        answer: Future[Answer] = loop.create_future()
        with self._lock:
            self._waiting.append(_Waiting(question, loop, answer))
            first, self._under_way = not self._under_way, True
        if first:
            loop.run_in_executor(None, self._go_on)
        return await answer

    def _go_on(self) -> None:
        """Ask until nobody waits."""
        while batch := self._next():
            answers: Sequence[Answer] = ()
            failed: Exception | None = None
            try:
                answers = self._ask([each.question for each in batch])
            except Exception as error:  # noqa: BLE001 - raised where each of them waits
                failed = error
            for loop in {each.loop for each in batch}:
                with suppress(RuntimeError):  # a loop that was closed has nobody left who waits
                    loop.call_soon_threadsafe(_tell, loop, batch, answers, failed)

    def _next(self) -> list[_Waiting[Question, Answer]]:
        with self._lock:
            batch, self._waiting = self._waiting[:MOST], self._waiting[MOST:]
            self._under_way = bool(batch)
            return batch


def _tell(
    loop: AbstractEventLoop,
    batch: Sequence[_Waiting[Question, Answer]],
    answers: Sequence[Answer],
    failed: Exception | None,
) -> None:
    """Wake those of a batch that wait in this loop and did not leave."""
    for at, each in enumerate(batch):
        if each.loop is not loop or each.answer.done():
            continue
        if failed is None:
            each.answer.set_result(answers[at])
        else:
            each.answer.set_exception(failed)
