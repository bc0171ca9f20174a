"""Tests of turns: who asks for the same stream passes one by one, in the order they came."""

from __future__ import annotations

import asyncio

import pytest

from eventlog.request import Busy
from eventlog.turns import Turns


async def _pass(turns: Turns, stream: int, name: str, passed: list[str]) -> None:
    ahead, mine = turns.queue(stream)
    try:
        if ahead is not None:
            await turns.wait(ahead)
        passed.append(f"{name} in")
        await asyncio.sleep(0)
        passed.append(f"{name} out")
    finally:
        turns.leave(stream, ahead, mine)


def test_they_pass_one_by_one_in_the_order_they_came() -> None:
    turns, passed = Turns(), list[str]()

    async def all_at_once() -> None:
        await asyncio.gather(*(_pass(turns, 1, name, passed) for name in "abcd"))

    asyncio.run(all_at_once())
    assert passed == [f"{name} {way}" for name in "abcd" for way in ("in", "out")]
    assert not turns._last


def test_another_stream_is_in_nobodys_way() -> None:
    turns, passed = Turns(), list[str]()

    async def two() -> None:
        await asyncio.gather(_pass(turns, 1, "a", passed), _pass(turns, 2, "b", passed))

    asyncio.run(two())
    assert passed == ["a in", "b in", "a out", "b out"]


@pytest.mark.parametrize("end", ["broken off", "busy"])
def test_whose_turn_never_came_leaves_the_next_one_behind_who_went_before(
    end: str, monkeypatch
) -> None:
    turns, passed = Turns(), list[str]()

    async def three() -> None:
        ahead, mine = turns.queue(1)
        if end == "busy":
            monkeypatch.setattr("eventlog.turns.PATIENCE", 0.01)
        given_up = asyncio.create_task(_pass(turns, 1, "given up", passed))
        await asyncio.sleep(0)
        if end == "busy":
            with pytest.raises(Busy):
                await given_up
            monkeypatch.undo()
        else:
            given_up.cancel()
            await asyncio.gather(given_up, return_exceptions=True)
        last = asyncio.create_task(_pass(turns, 1, "last", passed))
        await asyncio.sleep(0)
        assert not passed  # the first is still at it
        turns.leave(1, ahead, mine)
        await last

    asyncio.run(three())
    assert passed == ["last in", "last out"]
    assert not turns._last


def test_of_a_loop_that_was_broken_off_nobody_is_waited_for() -> None:
    turns, passed = Turns(), list[str]()
    loop = asyncio.new_event_loop()

    async def left() -> None:
        turns.queue(1)

    loop.run_until_complete(left())
    loop.close()
    asyncio.run(_pass(turns, 1, "a", passed))
    assert passed == ["a in", "a out"]
