"""Print the visibility matrix to docs/reference/policy.csv: python -m docs.generate_policy."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

from domain.events.base import Category, Kind
from domain.policy import ROLES, Ground, cell
from domain.roles import Role

FILE = Path(__file__).parent / "reference" / "policy.csv"

HEADER = (
    "category",
    "about",
    "role",
    "coach",
    *(kind.value for kind in Kind),
    "limit",
    "counted",
    "pseudonymous",
    "records",
)


def lines() -> Iterator[tuple[str, ...]]:
    """Give a line for each cell, and a second one where the coach's employer changes it."""
    for category in Category:
        for role in Role:
            if role in ROLES:
                inside = _line(category, role, outside=False)
                yield (*inside[:3], "any", *inside[3:])
                outside = _line(category, role, outside=True)
                if outside != inside:
                    yield (*outside[:3], "outside the care organisation", *outside[3:])


def text() -> str:
    """Give the whole file."""
    out = StringIO()
    csv.writer(out, lineterminator="\n").writerows((HEADER, *lines()))
    return out.getvalue()


def _line(category: Category, role: Role, *, outside: bool) -> tuple[str, ...]:
    found = cell(role, category, outside=outside)
    return (
        category.value,
        category.label.en,
        role.value,
        *(_words(found.grounds(kind)) for kind in Kind),
        found.limit.value if found.limit else "",
        "yes" if found.counted else "",
        "yes" if found.pseudonymous else "",
        "yes" if found.record else "",
    )


def _words(grounds: frozenset[Ground]) -> str:
    return " or ".join(ground.value for ground in Ground if ground in grounds) or "never"


if __name__ == "__main__":
    FILE.write_text(text(), encoding="utf-8")
