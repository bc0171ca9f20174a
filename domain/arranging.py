"""What an employer is told beside the entries: who reads along, what to arrange by when (0.1)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple
from uuid import UUID

from domain.events.instruments import Subsidy
from domain.language import Text

READS_ALONG = Text(
    "Wat je hier schrijft, leest ook degene over wie het gaat.",
    "What you write here is also read by whoever it is about.",
)
"""Stands beside what an employer writes."""
_TRIAL_ENDS = Text(
    "Spreek af hoe het na de proefplaatsing verder gaat; die duurt tot en met deze dag.",
    "Agree how it goes on after the trial placement, which lasts until this day.",
)
_BEGINS = Text(
    "{kind}: zet dit klaar in de loonadministratie; het gaat op deze dag in.",
    "{kind}: have this ready in the payroll; it begins on this day.",
)
_ENDS = Text(
    "{kind}: vraag of dit doorgaat; het loopt tot en met deze dag.",
    "{kind}: ask whether this goes on; it lasts until this day.",
)


class Trial(NamedTuple):
    """A trial placement, as its employer sees it."""

    placement: UUID
    ends_on: date | None


class WageHelp(NamedTuple):
    """What an employer gets towards wages, as they see it."""

    placement: UUID | None
    kind: Subsidy
    starts_on: date
    ends_on: date | None


class ToArrange(NamedTuple):
    """Something to arrange, the day by which, and the work it is for when it is for one."""

    by: date
    what: Text
    placement: UUID | None


def to_arrange(trials: Iterable[Trial], helps: Iterable[WageHelp], today: date) -> list[ToArrange]:
    """List what an employer arranges today or later, the first day first."""
    ending = (
        ToArrange(each.ends_on, _TRIAL_ENDS, each.placement)
        for each in trials
        if each.ends_on is not None
    )
    found = [*ending, *(line for each in helps for line in _of(each))]
    return sorted((each for each in found if today <= each.by), key=lambda each: each[:2])


def _of(help_: WageHelp) -> Iterator[ToArrange]:
    yield ToArrange(help_.starts_on, _named(_BEGINS, help_.kind), help_.placement)
    if help_.ends_on is not None:
        yield ToArrange(help_.ends_on, _named(_ENDS, help_.kind), help_.placement)


def _named(text: Text, kind: Subsidy) -> Text:
    nl, en = (f"{said[:1].upper()}{said[1:]}" for said in kind.label)
    return Text(text.nl.format(kind=nl), text.en.format(kind=en))
