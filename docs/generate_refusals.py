"""Print the sentences of all refusals to docs/reference: python -m docs.generate_refusals."""

from __future__ import annotations

import ast
import csv
import re
from collections.abc import Iterator
from functools import cache
from io import StringIO
from pathlib import Path
from typing import NamedTuple

FILE = Path(__file__).parent / "reference" / "refusals.csv"

_RULES = Path(__file__).parents[1] / "domain" / "rules"
_WORDED = {"Refused", "Unfit", "Text"}


class Refusal(NamedTuple):
    """A sentence in both languages, with {names} where a value comes."""

    topic: str
    field: str
    """About which field of what was asked; empty: about all of it."""
    nl: str
    en: str


def refusals() -> Iterator[Refusal]:
    """Give them as they stand in the rules, topic by topic."""
    for path in sorted(_RULES.glob("*.py")):
        for call in ast.walk(ast.parse(path.read_text("utf-8"), path.name)):
            if (
                isinstance(call, ast.Call)
                and isinstance(call.func, ast.Name)
                and call.func.id in _WORDED
                and (words := [_words(each) for each in call.args])[1:]
                and " " in words[0]
            ):
                yield Refusal(path.stem, "".join(words[2:]), *words[:2])


def text() -> str:
    """Give the whole file."""
    out = StringIO()
    csv.writer(out, lineterminator="\n").writerows((Refusal._fields, *refusals()))
    return out.getvalue()


def printed(nl: str, en: str) -> bool:
    """Say whether the file has these two sentences, word for word."""
    return any(re.fullmatch(pattern, f"{nl}\n{en}") for pattern in _patterns())


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    with FILE.open(encoding="utf-8", newline="") as file:
        lines = [Refusal._make(line) for line in csv.reader(file)]
    escaped = (re.escape(f"{line.nl}\n{line.en}") for line in lines)
    return tuple(re.compile(re.sub(r"\\\{\w+\\\}", ".+", each)) for each in escaped)


def _words(value: ast.expr) -> str:
    match value:
        case ast.Constant():
            return str(value.value)
        case ast.JoinedStr():
            return "".join(map(_words, value.values))
        case ast.FormattedValue():
            return _words(value.value)
    return f"{{{ast.unparse(value)}}}"


if __name__ == "__main__":
    FILE.write_text(text(), encoding="utf-8")
