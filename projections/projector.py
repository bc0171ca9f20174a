"""The projector: one of them follows the log and keeps every read model at its end."""

from __future__ import annotations

from collections.abc import Sequence
from threading import Event
from time import monotonic, sleep
from typing import Self

import psycopg
import structlog

from eventlog.keys import MasterKey
from projections.engine import Engine
from projections.leading import Lead
from projections.model import ReadModel
from projections.models import MODELS
from projections.rebuild import Rebuilding

IDLE = 0.5
"""Seconds between two looks at the log when nothing wakes us."""
QUICK = 0.002
"""Seconds between two looks just after an append: another may have come without a wake-up."""
QUICK_FOR = 0.02
_FIRST_PAUSE = 0.1
_LONGEST_PAUSE = 5.0

logger = structlog.get_logger()


class Projector:
    """Brings read models forward, in the thread that calls it."""

    def __init__(
        self, dsn: str, master: MasterKey, *, models: Sequence[ReadModel] = MODELS
    ) -> None:
        """Connect as the projector's role, when first used."""
        self._dsn = dsn
        self._engine = Engine(dsn, master, models)

    def __enter__(self) -> Self:
        """Close at the end."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close."""
        self.close()

    def catch_up(self) -> int:
        """Return when every read model is where the log ends now, by us or by who works already.

        Gives the position of the one that is furthest behind: that of the end, unless one of
        them cannot be written (see its status).
        """
        with Lead(self._dsn) as lead:
            end = self._engine.end_of_log()
            while not lead.take():
                if min(self._engine.look().values()) >= end:
                    return end
                sleep(QUICK)
            self._begin()
            while self._engine.step():
                lead.confirm()
            return min(self._engine.look().values())

    def run(self, stop: Event) -> None:
        """Work until stopped, or wait for whoever works to go; lost connections are reopened."""
        pause = _FIRST_PAUSE
        while not stop.is_set():
            try:
                with Lead(self._dsn) as lead:
                    if lead.wait_to_take(stop):
                        logger.info("projector_leads")
                        self._begin()
                        pause = _FIRST_PAUSE
                        self._follow(lead, stop)
            except (psycopg.OperationalError, psycopg.InterfaceError, Rebuilding) as error:
                logger.warning("projector_pauses", error=type(error).__name__)
                self._engine.drop()
                stop.wait(pause)
                pause = min(pause * 2, _LONGEST_PAUSE)

    def close(self) -> None:
        """Close every connection."""
        self._engine.close()

    def _begin(self) -> None:
        """Make what is missing and try again what was parked: this code may know better."""
        self._engine.prepare()
        self._engine.retry()

    def _follow(self, lead: Lead, stop: Event) -> None:
        quick_until = 0.0
        while not stop.is_set():
            lead.confirm()
            if self._engine.step() or lead.wait(QUICK if monotonic() < quick_until else IDLE):
                quick_until = monotonic() + QUICK_FOR
            elif monotonic() > quick_until:
                self._engine.retry(asked_only=True)
