"""The import of a workbook that somebody sent: looked at first, and taken over as it was seen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from io import BytesIO
from typing import Final, NamedTuple
from unicodedata import normalize
from uuid import UUID

from api.workbook.plan import Plan, make
from api.workbook.reading import MEGABYTE, Unreadable, read_from
from api.workbook.rehearsing import Rehearsal, rehearse
from api.workbook.writing import Written, store
from domain.language import Text
from eventlog.handler import Handler

LARGEST: Final = 2 * MEGABYTE
"""Of a book that is sent; a larger one is imported on the command line."""
UNPACKED: Final = 25 * MEGABYTE
LONGEST_NAME: Final = 80
_ANOTHER: Final = Text(
    "De meeste mensen in dit werkboek heetten bij de vorige keer anders. Geef het een eigen naam.",
    "Most people in this workbook had another name the last time. Give it a name of its own.",
)


class Changed(Exception):
    """What would be taken over is no longer what was seen."""


class Sent(NamedTuple):
    """A book as it was sent, and for whom it is taken over."""

    content: bytes
    name: str
    organisation: UUID
    programme: UUID | None
    as_of: date

    @property
    def source(self) -> str:
        """What its rows are known by: two organisations never have the same book."""
        return f"{self.organisation}/{self.name}"


@dataclass(frozen=True, slots=True)
class Looked:
    """What a book comes to."""

    plan: Plan
    ignored: tuple[str, ...]
    rehearsal: Rehearsal

    @property
    def adds(self) -> int:
        """How many notes it would add now."""
        return sum(len(part.asked) for part in self.rehearsal.parts)


def named(given: str) -> str:
    """Give the name of a book as it is kept; raises Unreadable for one that is none."""
    name = normalize("NFC", given).strip()
    if not name or len(name) > LONGEST_NAME or not name.isprintable():
        raise Unreadable(
            f"Geef het werkboek een naam van hooguit {LONGEST_NAME} tekens.",
            f"Give the workbook a name of at most {LONGEST_NAME} characters.",
        )
    return name


def look(handler: Handler, sent: Sent) -> Looked:
    """Say what it comes to; nothing is written. Raises Unreadable and Unavailable."""
    book = read_from(sent.name, BytesIO(sent.content), unpacked=UNPACKED)
    plan = make(book, sent.source, sent.as_of, sent.programme, sent.organisation)
    rehearsal = rehearse(handler, plan.stories, plan.source, plan.as_of)
    if rehearsal.another_book:
        raise Unreadable(*_ANOTHER)
    return Looked(plan.refusing(rehearsal.problems), book.ignored, rehearsal)


def mark(sent: Sent, looked: Looked) -> list[str | int]:
    """Say what was seen of which book: what is taken over is this and nothing else."""
    about = (sent.name, sent.organisation, sent.programme, sent.as_of)
    problems = repr([each[:3] for each in looked.plan.result.problems])
    return [
        sha256(sent.content).hexdigest(),
        *map(str, about),
        sha256(problems.encode()).hexdigest(),
        looked.adds,
    ]


def take_over(handler: Handler, sent: Sent, seen: list[str | int]) -> Written:
    """Write what was seen, without the rows that were refused; a second time adds nothing.

    Raises Changed, and as `look` and `store` do.
    """
    looked = look(handler, sent)
    now = mark(sent, looked)
    if now[:-1] != seen[:-1] or looked.adds not in {0, seen[-1]}:
        raise Changed
    return store(handler, looked.rehearsal)
