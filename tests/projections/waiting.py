"""Waits for something to become so, and fails when it does not."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Event, Thread
from time import monotonic, sleep


def until(so: Callable[[], object], seconds: float = 20.0) -> None:
    deadline = monotonic() + seconds
    while not so():
        assert monotonic() < deadline, "it did not become so in time"
        sleep(0.01)


@contextmanager
def beside(work: Callable[[Event], None]) -> Iterator[None]:
    """Let a thread work meanwhile; what it raises is raised here."""
    stop, failed = Event(), []

    def run() -> None:
        try:
            work(stop)
        except Exception as error:  # noqa: BLE001 - raised below, where it is seen
            failed.append(error)

    thread = Thread(target=run)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()
    if failed:
        raise failed[0]
