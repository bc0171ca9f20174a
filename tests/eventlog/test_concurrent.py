"""Many writers at once: nothing lost, doubled or out of order, and a reader misses nothing."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier, Event, Thread
from typing import Self
from uuid import UUID, uuid4

import psycopg

from domain.rules.support import LogContact
from eventlog.entry import StoredNotification
from eventlog.log import Log
from eventlog.request import Answer, KeyReused, Request
from tests.eventlog import writer
from tests.eventlog.world import World, versions

COUNT = 15
PROCESSES = 2
ROOT = Path(__file__).resolve().parents[2]


class Tail:
    """A reader that follows the log with a plain `position > last`, as the projector does."""

    def __init__(self, log: Log) -> None:
        self.log, self.read, self.over = log, [], Event()
        self.start = log.position()
        self.thread = Thread(target=self.follow)

    read: list[StoredNotification]

    def follow(self) -> None:
        last, ending = self.start, False
        while not ending:
            ending = self.over.is_set()
            while more := self.log.read(last, 7):
                self.read += more
                last = more[-1].id

    def __enter__(self) -> Self:
        self.thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.over.set()
        self.thread.join()


def start_writer(dsn: str, shared: UUID, own: list[UUID]) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "tests.eventlog.writer", dsn, str(COUNT), str(shared)]
    return subprocess.Popen(
        [*command, ",".join(map(str, own))],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )


def test_writers_in_two_processes_lose_double_and_reorder_nothing(
    log: Log, migrated: Callable[..., str]
) -> None:
    shared = uuid4()
    own = [[uuid4() for _ in range(writer.WRITERS)] for _ in range(PROCESSES)]
    with Tail(log) as tail:
        processes = [start_writer(migrated(), shared, each) for each in own]
        for process in processes:
            assert process.stdout is not None
            assert process.stdout.readline() == b"ready\n"
        for process in processes:  # all of them, before anybody is waited for
            assert process.stdin is not None
            process.stdin.write(b"!")
            process.stdin.flush()
        for process in processes:
            process.communicate()
    assert [process.returncode for process in processes] == [0] * PROCESSES
    streams = [stream for each in own for stream in each]
    for stream in streams:
        assert versions(log, stream) == list(range(1, COUNT + 1))
        texts = [each.body.text for each in log.entries(stream)]  # type: ignore[union-attr]
        assert [text.split("-")[1] for text in texts] == [str(n) for n in range(COUNT)]
    total = len(streams) * COUNT
    assert versions(log, shared) == list(range(1, total + 1))
    noted = Counter(each.body.text for each in log.entries(shared))  # type: ignore[union-attr]
    assert noted == Counter(f"{stream}/{n}" for stream in streams for n in range(COUNT))
    in_log = log.read(tail.start, 10_000)
    spans = [[each.id for each in in_log if each.originator_id in mine] for mine in map(set, own)]
    assert max(map(min, spans)) < min(map(max, spans)), "they wrote at the same time"
    assert [each.id for each in tail.read] == [each.id for each in in_log]
    assert len(in_log) == 2 * total
    with psycopg.connect(migrated()) as connection:  # within a stream as in the log
        ordered = connection.execute(
            "SELECT bool_and(ok) FROM (SELECT originator_version = row_number() OVER"
            " (PARTITION BY originator_id ORDER BY notification_id) AS ok FROM log.entry) AS e"
        ).fetchone()
    assert ordered == (True,)


def test_a_hundred_at_once_with_one_key_are_one_entry_and_equal_answers(
    world: World, elsewhere: World
) -> None:
    stream = world.trajectory()
    command = LogContact(mode="phone", text="gebeld")
    together = Barrier(100)

    def send(number: int) -> Answer:
        together.wait()
        return (world if number % 2 else elsewhere).ask(stream, command, key="once")

    with ThreadPoolExecutor(100) as pool:
        answers = list(pool.map(send, range(100)))
    assert versions(world.handler.log, stream) == [1, 2]
    assert {(a.stream, a.version, a.entries, a.position) for a in answers} == {
        (stream, 2, answers[0].entries, answers[0].position)
    }
    assert [a.replayed for a in answers].count(False) == 1


def test_a_hundred_coroutines_with_one_key_are_one_entry_and_equal_answers(world: World) -> None:
    stream = world.trajectory()
    request = Request(world.coach, stream, LogContact(mode="phone", text="gebeld"), key="once")

    async def send() -> list[Answer]:
        return await asyncio.gather(*(world.handler.handle_async(request) for _ in range(100)))

    answers = asyncio.run(send())
    assert versions(world.handler.log, stream) == [1, 2]
    assert {a.entries for a in answers} == {answers[0].entries}
    assert [a.replayed for a in answers].count(False) == 1


def test_commands_on_one_stream_pass_one_by_one_on_whichever_loop(world: World) -> None:
    stream = world.trajectory()

    async def send(first: int) -> list[Answer]:
        asked = (
            Request(world.coach, stream, LogContact(mode="phone", text="gebeld"), key=f"k{number}")
            for number in range(first, first + 10)
        )
        return await asyncio.gather(*map(world.handler.handle_async, asked))

    for loop in range(3):  # on each there is somebody who waits
        answers = asyncio.run(send(10 * loop))
        assert len({each.version for each in answers}) == 10
    assert versions(world.handler.log, stream) == list(range(1, 32))


def test_one_key_for_two_streams_at_once_is_used_once(world: World, elsewhere: World) -> None:
    command = LogContact(mode="phone", text="gebeld")
    for attempt in range(10):
        streams, key, together = [world.trajectory(), world.trajectory()], f"k{attempt}", Barrier(2)

        def send(each: World, stream: UUID, key: str = key, gate: Barrier = together) -> object:
            gate.wait()
            try:
                return each.ask(stream, command, key=key)
            except KeyReused as reused:
                return reused

        with ThreadPoolExecutor(2) as pool:
            outcomes = list(pool.map(send, (world, elsewhere), streams))
        assert sorted(type(each).__name__ for each in outcomes) == ["Answer", "KeyReused"]
        stored = [versions(world.handler.log, stream) for stream in streams]
        assert sorted(stored) == [[1], [1, 2]]


def test_many_threads_on_one_trajectory_all_get_their_note_in(
    world: World, elsewhere: World
) -> None:
    stream = world.trajectory()

    def send(number: int) -> Answer:
        return (world if number % 2 else elsewhere).handler.handle(noting(world, stream, number))

    with ThreadPoolExecutor(16) as pool:
        answers = list(pool.map(send, range(120)))
    all_stand(world, stream, answers)


def test_many_coroutines_in_two_processes_all_get_their_note_in(
    world: World, elsewhere: World
) -> None:
    stream = world.trajectory()

    async def send(each: World, numbers: range) -> list[Answer]:
        asked = (each.handler.handle_async(noting(world, stream, number)) for number in numbers)
        return await asyncio.gather(*asked)

    with ThreadPoolExecutor(2) as pool:  # a loop each, as each process has
        halves = pool.map(
            lambda each, first: asyncio.run(send(each, range(first, 150, 2))),
            (world, elsewhere),
            (0, 1),
        )
        all_stand(world, stream, [answer for half in halves for answer in half])


def noting(world: World, stream: UUID, number: int) -> Request:
    command = LogContact(mode="phone", text=str(number))
    return Request(world.coach, stream, command, key=str(number))


def all_stand(world: World, stream: UUID, answers: list[Answer]) -> None:
    """Check that each has an entry of its own: nothing is refused, lost or doubled."""
    assert sorted(a.version for a in answers) == list(range(2, len(answers) + 2))
    noted = [each.body.text for each in world.handler.log.entries(stream, after=1)]  # type: ignore[union-attr]
    assert sorted(noted) == sorted(map(str, range(len(answers))))
