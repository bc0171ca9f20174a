"""File locks that the kernel frees by itself when their holder dies, however it dies."""

from __future__ import annotations

import fcntl
import os
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SHARED = fcntl.LOCK_SH
EXCLUSIVE = fcntl.LOCK_EX


def take(path: Path, kind: int) -> int:
    """Wait for a lock and return the descriptor that holds it; closing it gives it up."""
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(descriptor, kind)
    except BaseException:
        os.close(descriptor)
        raise
    return descriptor


def take_now(path: Path, kind: int) -> int | None:
    """Take a lock only if that needs no waiting."""
    try:
        return take(path, kind | fcntl.LOCK_NB)
    except BlockingIOError:
        return None


def is_free(path: Path, kind: int) -> bool:
    """Whether the lock could be had at this moment."""
    descriptor = take_now(path, kind)
    if descriptor is None:
        return False
    os.close(descriptor)
    return True


@contextmanager
def alone(path: Path) -> Iterator[None]:
    """Keep every other process that asks for the same path out of this block."""
    descriptor = take(path, EXCLUSIVE)
    try:
        yield
    finally:
        os.close(descriptor)
