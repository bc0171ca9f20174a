"""How a command that goes on is told to stop, and how long it takes over it."""

from __future__ import annotations

import signal
from threading import Event

GRACE = 2
"""Seconds that requests under way get when the service stops."""


def stopping() -> Event:
    """Give what is set when this process is asked to stop."""
    stop = Event()
    for each in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(each, lambda *_: stop.set())
    return stop
