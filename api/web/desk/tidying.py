"""Clears desks: at the start of a process and once a day, a little at a time, until it stops."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Thread
from uuid import UUID

import structlog

from api.wiring import Services
from domain.policy import Reader
from domain.roles import ROLE_OF
from eventlog.desk import AT_ONCE, Tied
from eventlog.ties import tie_of

_DAY, _AGAIN = 24 * 60 * 60.0, 10 * 60.0
"""Seconds until the next time, and when it failed."""
_PATIENCE = 1.0
_MOST = 100
"""Statements that take drafts away in one go."""
logger = structlog.get_logger()


@contextmanager
def tidied(services: Services) -> Iterator[None]:
    """Keep desks clear meanwhile; no request waits for it, nor does the end of the process."""
    stop = Event()
    thread = Thread(target=_daily, args=(services, stop), daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join(_PATIENCE)


def _daily(services: Services, stop: Event) -> None:
    while not stop.is_set():
        pause = _DAY
        try:
            tidy(services, stop)
        except Exception as error:  # noqa: BLE001 - the thread lives as long as the process
            logger.warning("desks_not_tidied", error=type(error).__name__)
            pause = _AGAIN
        stop.wait(pause)


def tidy(services: Services, stop: Event) -> None:
    """Take away what is too old; the first process of the day also goes by all desks."""
    for _ in range(_MOST):
        if stop.is_set() or services.desk.expire(services.now()) < AT_ONCE:
            break
    if services.desk.sweeps(services.today()):
        _sweep(services, stop)


def _sweep(services: Services, stop: Event) -> None:
    """Take away what stands there of files that nothing ties somebody to any more."""
    tied = services.desk.after(None)
    while tied is not None and not stop.is_set():
        if gone := _untied(services, tied):
            services.desk.let_go(tied._replace(trajectories=gone))
        tied = services.desk.after(tied)


def _untied(services: Services, tied: Tied) -> list[UUID]:
    role = ROLE_OF.get(tied.role)
    if role is None:
        return tied.trajectories
    reader, now = Reader(tied.person, role), services.now()
    given = services.log.ties(tied.trajectories, tied.person)
    return [each for each, rows in given.items() if tie_of(reader, each, rows, now) is None]
