"""Writes the stories of a book into the log; a second run finds what is there and adds nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from api.workbook.comparing import Asked
from api.workbook.fields import Problem
from api.workbook.rehearsing import Part, Rehearsal, rehearse
from api.workbook.steps import Story
from domain.language import Text
from domain.rules.base import Refused
from eventlog.bulk import Outcome, handle_many
from eventlog.handler import Handler
from eventlog.request import Answer

AT_ONCE: Final = 2_000
"""Entries written together; between two of them the progress is shown."""
_ELSEWHERE: Final = Text(
    "Dit is intussen op een andere manier vastgelegd. Draai de import nog een keer.",
    "This was recorded in another way meanwhile. Run the import once more.",
)


@dataclass(slots=True)
class Written:
    """What an import added, and which rows were refused."""

    entries: int = 0
    problems: list[Problem] = field(default_factory=list)


def write(
    handler: Handler,
    told: Sequence[Story],
    source: str,
    as_of: date,
    progress: Callable[[int], None] = lambda _: None,
) -> Written:
    """Write what the log does not hold yet, but for the rows that the rules refuse.

    Raises as `store` does.
    """
    rehearsal = rehearse(handler, told, source, as_of)
    written = store(handler, rehearsal, progress)
    written.problems[:0] = rehearsal.problems
    return written


def store(
    handler: Handler, rehearsal: Rehearsal, progress: Callable[[int], None] = lambda _: None
) -> Written:
    """Write what was rehearsed; `progress` hears how many entries were dealt with.

    Each stream is written whole or not at all, so a run that was cut off is taken up where it
    stopped. Raises Unavailable, and Busy when others kept writing to the same streams.
    """
    written = Written()
    for some in _batches(rehearsal.parts):
        asked = [each for part in some for each in part.asked]
        outcomes = handle_many(handler, [each.request for each in asked])
        for each, outcome in zip(asked, outcomes, strict=True):
            _note(written, each, outcome)
        progress(sum(part.story.entries for part in some))
    return written


def _batches(parts: Sequence[Part]) -> Iterator[list[Part]]:
    some: list[Part] = []
    for part in parts:
        some.append(part)
        if sum(each.story.entries for each in some) >= AT_ONCE:
            yield some
            some = []
    if some:
        yield some


def _note(written: Written, asked: Asked, outcome: Outcome) -> None:
    if isinstance(outcome, Answer):
        written.entries += 0 if outcome.replayed else len(outcome.entries)
        return
    text = outcome.text if isinstance(outcome, Refused) else _ELSEWHERE
    written.problems.append(Problem(asked.place.sheet, asked.place.row, asked.place.column, text))
