"""Says at the end of a test run how far the walks over the API came, also where workers walked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

NAME = "walked"
"""The property of a test under which it says how far it came over the API."""
SCREENS = "walked_screens"
"""The property of a test under which it says how far it came over the pages."""
_WORDED = {
    NAME: (
        "walked {cells} cells of the matrix and {fields} fields of {entries} entries in {reads}"
        " reads, {pages} pages and {asked_in_body} questions in a body; {marks} marks came out,"
        " each of a field that its reader sees; {nothings} answers about what is hidden were those"
        " about nothing at all"
    ),
    SCREENS: (
        "walked {read} pages as every persona; looked at {shown} kinds of page of a role in"
        " {states} states, and axe at the {tried} that were made of something new"
    ),
}


def summed(reports: Iterable[Any]) -> str | None:
    """Word how far the tests of these reports came together; None when none walked."""
    walked: dict[str, Counter[str]] = {name: Counter() for name in _WORDED}
    for report in reports:
        if getattr(report, "when", None) == "teardown":
            for name, told in report.user_properties:
                if name in walked:
                    walked[name].update(told)
    return (
        "\n".join(_WORDED[name].format(**walked[name]) for name in walked if walked[name]) or None
    )
