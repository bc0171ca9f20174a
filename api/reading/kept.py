"""Keeps rendered pages for a short while, and gives them only as long as nothing changed.

What a page depends on is asked of the database each time: the rights of now (they are part of the
key) and a mark that moves with every entry and every name. Pages hold people's words, so they stay
in the memory of this process only, for a minute at most.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable
from threading import Lock
from time import monotonic
from typing import NamedTuple

PAGES = 256
SECONDS = 60.0


class Page(NamedTuple):
    """An answer as bytes, with its tag."""

    body: bytes
    tag: str


class KeptPages:
    """Rendered pages of one process, the least recently used go first."""

    def __init__(self) -> None:
        """Start empty."""
        self._pages: OrderedDict[Hashable, tuple[Hashable, float, Page]] = OrderedDict()
        self._lock = Lock()

    def get(self, key: Hashable, mark: Hashable) -> Page | None:
        """Give the page that was kept with this very mark, less than a minute ago."""
        with self._lock:
            kept, until, page = self._pages.get(key, (None, 0.0, None))
            if page is None:
                return None
            if kept != mark or monotonic() > until:
                del self._pages[key]
                return None
            self._pages.move_to_end(key)
            return page

    def keep(self, key: Hashable, mark: Hashable, page: Page) -> None:
        """Keep a page that was rendered after its mark was read."""
        with self._lock:
            self._pages[key] = mark, monotonic() + SECONDS, page
            self._pages.move_to_end(key)
            if len(self._pages) > PAGES:
                self._pages.popitem(last=False)
