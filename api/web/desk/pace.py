"""How often something may be asked of one process in a minute, by one address and by all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from threading import Lock
from time import monotonic

_MINUTE = 60


class Pace:
    """Counts what is asked; what is over the bound is not remembered."""

    def __init__(self, each: int, together: int, clock: Callable[[], float] = monotonic) -> None:
        """Take how often by one address, and by all of them together."""
        self._each = each
        self._together = together
        self._clock = clock
        self._lock = Lock()
        self._minute = 0
        self._times: Counter[int] = Counter()

    def allows(self, address: str) -> bool:
        """Count one more, and say whether it is within the bounds."""
        minute = int(self._clock() // _MINUTE)
        with self._lock:
            if minute != self._minute:
                self._minute = minute
                self._times.clear()
            if self._times.total() >= self._together or self._times[hash(address)] >= self._each:
                return False
            self._times[hash(address)] += 1
            return True
