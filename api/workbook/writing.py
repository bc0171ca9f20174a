"""Writes the stories of a book into the log; a second run finds what is there and adds nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from api.workbook.comparing import Asked, Comparison
from api.workbook.fields import Problem
from api.workbook.past import Past, past
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
    """What an import added, and what the rules refused."""

    entries: int = 0
    problems: list[Problem] = field(default_factory=list)


def write(
    handler: Handler,
    told: Sequence[Story],
    source: str,
    as_of: date,
    progress: Callable[[int], None] = lambda _: None,
) -> Written:
    """Write what the log does not hold yet; `progress` hears how many entries were dealt with.

    Each stream is written whole or not at all, so a run that was cut off is taken up where it
    stopped. Raises Unavailable, and Busy when others kept writing to the same streams.
    """
    written = Written()
    for some in _batches(told):
        asked = _asked(handler, some, f"import:{source}", as_of, written.problems)
        outcomes = handle_many(handler, [each.request for each in asked])
        for each, outcome in zip(asked, outcomes, strict=True):
            _note(written, each, outcome)
        progress(sum(story.entries for story in some))
    return written


def _batches(told: Sequence[Story]) -> Iterator[list[Story]]:
    some: list[Story] = []
    for story in told:
        some.append(story)
        if sum(each.entries for each in some) >= AT_ONCE:
            yield some
            some = []
    if some:
        yield some


def _asked(
    handler: Handler, some: list[Story], origin: str, as_of: date, problems: list[Problem]
) -> list[Asked]:
    there = handler.log.kinds([story.stream for story in some])
    asked: list[Asked] = []
    for story in some:
        before = past(handler.log, story.stream, origin) if story.stream in there else Past()
        comparison = Comparison(handler, origin, as_of, story, before, problems)
        asked.extend(comparison.asked())
    return asked


def _note(written: Written, asked: Asked, outcome: Outcome) -> None:
    if isinstance(outcome, Answer):
        written.entries += 0 if outcome.replayed else len(outcome.entries)
        return
    text = outcome.text if isinstance(outcome, Refused) else _ELSEWHERE
    written.problems.append(Problem(asked.place.sheet, asked.place.row, asked.place.column, text))
