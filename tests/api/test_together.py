"""Questions of concurrent requests go together; each is asked after it was put, and once."""

from __future__ import annotations

import asyncio

import pytest

from api.reading.together import MOST, Together
from eventlog.problems import Unavailable


class Asked:
    """Answers with the double, and waits with the first go until it may go on."""

    def __init__(self) -> None:
        self.goes: list[list[int]] = []
        self.began, self.go_on = asyncio.Event(), asyncio.Event()

    async def __call__(self, questions):
        self.goes.append(list(questions))
        self.began.set()
        await asyncio.wait_for(self.go_on.wait(), 10)
        if -1 in questions:
            raise Unavailable
        return [2 * each for each in questions]


def test_what_is_put_meanwhile_goes_together_in_the_next():
    async def many():
        asked = Asked()
        together = Together(asked)
        first = asyncio.create_task(together(1))
        await asyncio.wait_for(asked.began.wait(), 10)
        others = [asyncio.create_task(together(each)) for each in range(2, MOST + 4)]
        await asyncio.sleep(0)
        asked.go_on.set()
        assert await asyncio.gather(first, *others) == [2 * n for n in range(1, MOST + 4)]
        assert asked.goes == [[1], [*range(2, MOST + 2)], [MOST + 2, MOST + 3]]
        assert await together(7) == 14
        assert asked.goes[3:] == [[7]]

    asyncio.run(many())


def test_who_left_keeps_nobody_from_an_answer():
    async def leaving():
        asked = Asked()
        together = Together(asked)
        gone, stays = asyncio.create_task(together(1)), asyncio.create_task(together(2))
        await asyncio.wait_for(asked.began.wait(), 10)
        gone.cancel()
        await asyncio.sleep(0)
        asked.go_on.set()
        assert await stays == 4
        with pytest.raises(asyncio.CancelledError):
            await gone

    asyncio.run(leaving())


def test_a_failure_is_told_to_who_went_with_it_and_the_next_is_asked_again():
    async def failing():
        asked = Asked()
        asked.go_on.set()
        together = Together(asked)
        with pytest.raises(Unavailable):
            await together(-1)
        assert await together(3) == 6

    asyncio.run(failing())


def test_requests_of_several_loops_are_each_answered():
    async def double(questions):
        await asyncio.sleep(0.001)
        return [2 * each for each in questions]

    together = Together(double)

    async def some(start):
        return await asyncio.gather(*(together(start + each) for each in range(50)))

    async def both():
        return await asyncio.gather(*(asyncio.to_thread(asyncio.run, some(n)) for n in (0, 100)))

    assert asyncio.run(both()) == [[2 * (n + each) for each in range(50)] for n in (0, 100)]


def test_what_goes_wrong_is_told_to_the_whole_line_at_once():
    async def failing():
        asked = Asked()
        together = Together(asked)
        first = asyncio.create_task(together(-1))
        await asyncio.wait_for(asked.began.wait(), 10)
        behind = [asyncio.create_task(together(each)) for each in range(200)]
        await asyncio.sleep(0)
        asked.go_on.set()
        heard = await asyncio.gather(first, *behind, return_exceptions=True)
        assert {type(each) for each in heard} == {Unavailable}
        assert asked.goes == [[-1]]
        assert await together(7) == 14

    asyncio.run(failing())
