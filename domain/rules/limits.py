"""Bounds on what people can send: no control characters, lengths, sensible numbers and years."""

from __future__ import annotations

import re
from datetime import date, time
from typing import Annotated

from pydantic import AfterValidator, Field, StringConstraints

# Categories Cc and Cs of Unicode, but for tab and line ends.
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")


_FIRST, _LAST = date(1900, 1, 1), date(2200, 12, 31)


def _printable(text: str) -> str:
    """Refuse control characters and lone surrogates, which no database column can hold."""
    if _UNPRINTABLE.search(text):
        msg = "contains characters that cannot be stored"
        raise ValueError(msg)
    return text


def _sensible(day: date) -> date:
    if not _FIRST <= day <= _LAST:
        msg = "should be between 1900 and 2200"
        raise ValueError(msg)
    return day


def _on_the_clock(at: time) -> time:
    """Take hours and minutes as the clock says them; a zone would make it another moment."""
    if at.tzinfo is not None:
        msg = "should be a time without a zone"
        raise ValueError(msg)
    return at.replace(second=0, microsecond=0)


ShortText = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=200),
    AfterValidator(_printable),
]
Story = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=10_000),
    AfterValidator(_printable),
]
Day = Annotated[date, AfterValidator(_sensible)]
ClockTime = Annotated[time, AfterValidator(_on_the_clock)]
HoursPerWeek = Annotated[float, Field(ge=0, le=80, multiple_of=0.25)]
