"""Says at the end of a test run how far the walks over the API came, also where workers walked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

NAME = "walked"
"""The property of a test under which it says how far it came."""


def summed(reports: Iterable[Any]) -> str | None:
    """Word how far the tests of these reports came together; None when none walked."""
    walked: Counter[str] = Counter()
    for report in reports:
        if getattr(report, "when", None) == "teardown":
            for name, told in report.user_properties:
                walked.update(told if name == NAME else {})
    if not walked:
        return None
    return (
        "walked {cells} cells of the matrix and {fields} fields of {entries} entries in {reads}"
        " reads, {pages} pages and {asked_in_body} questions in a body; {marks} marks came out,"
        " each of a field that its reader sees; {nothings} answers about what is hidden were those"
        " about nothing at all"
    ).format(**walked)
