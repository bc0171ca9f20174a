"""Makes of a telephone number, however it was typed, what a telephone dials."""

from __future__ import annotations

import re

_NOT_DIALLED = re.compile(r"[^+\d]")


def dialled(number: str) -> str:
    """Leave the digits and the plus of a number."""
    return _NOT_DIALLED.sub("", number)
