"""A file beside the database for looks that it cannot take; they are brought in when it can."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import orjson
import structlog

from eventlog.embedded.files import sync

logger = structlog.get_logger()

Line = dict[str, Any]


class Aside:
    """Lines of ids and moments, no names and no words; for all processes of one data folder."""

    def __init__(self, path: Path) -> None:
        """Take where the file is, or will be."""
        self.path = path

    def waiting(self) -> bool:
        """Say whether there are lines to bring in."""
        try:
            return self.path.stat().st_size > 0
        except OSError:
            return False

    def add(self, lines: Sequence[Line]) -> None:
        """Add lines, and come back when they are on the disk; raises OSError."""
        self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        new = not self.path.exists()
        with self._alone(os.O_CREAT) as file:
            # A line that broke off, when the power went, ends here: its reader saw nothing.
            torn = bool(size := os.fstat(file).st_size) and os.pread(file, 1, size - 1) != b"\n"
            text = b"\n" * torn + b"".join(orjson.dumps(each) + b"\n" for each in lines)
            while text:
                text = text[os.write(file, text) :]
            os.fsync(file)
        if new:
            sync(self.path.parent)

    def bring_in(self, take: Callable[[list[Line]], object]) -> None:
        """Hand all lines over and forget them; `take` knows again what it was handed before."""
        with suppress(FileNotFoundError), self._alone() as file:
            lines = list(_lines(os.pread(file, os.fstat(file).st_size, 0)))
            if lines:
                take(lines)
                logger.info("looks_brought_in", looks=len(lines))
            os.ftruncate(file, 0)
            os.fsync(file)

    @contextmanager
    def _alone(self, flags: int = 0) -> Iterator[int]:
        """Open the file while no other process has it."""
        file = os.open(self.path, os.O_RDWR | os.O_APPEND | os.O_CLOEXEC | flags, 0o600)
        try:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield file
        finally:
            os.close(file)


def _lines(text: bytes) -> Iterator[Line]:
    for line in text.split(b"\n"):
        if line:
            try:
                yield orjson.loads(line)
            except orjson.JSONDecodeError:
                logger.warning("look_broken_off")
