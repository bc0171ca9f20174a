"""Sets a whole book beside the log before anything is written: what it adds, what is refused."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final, NamedTuple
from uuid import UUID

from api.workbook.comparing import Asked, Comparison
from api.workbook.fields import Problem
from api.workbook.layout import fold
from api.workbook.past import Past, past
from api.workbook.steps import Story
from domain.events.base import StreamKind
from domain.events.people import PersonRegistered
from domain.rules.base import Refused
from domain.state import STATES
from eventlog.handler import Handler
from eventlog.states import evolved

AT_ONCE: Final = 1_000
"""Streams looked up together."""
_NAMES: Final = ("given_name", "family_name")


class Part(NamedTuple):
    """What one story still asks of its stream."""

    story: Story
    begun: bool
    asked: Sequence[Asked]


@dataclass(slots=True)
class Rehearsal:
    """What a book would add to the log, without the rows that are refused."""

    parts: list[Part] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    known: int = 0
    """How many of its people an earlier import brought, by their number."""
    others: int = 0
    """How many of those have another given name and another family name now."""

    @property
    def another_book(self) -> bool:
        """Say whether most numbers mean somebody else than before."""
        return self.others * 2 > self.known


def rehearse(handler: Handler, told: Sequence[Story], source: str, as_of: date) -> Rehearsal:
    """Decide everything a book asks on the log as it is; nothing is written.

    A row stands or falls as a whole, whatever it asks of several streams.
    """
    found = Rehearsal()
    for at in range(0, len(told), AT_ONCE):
        some = told[at : at + AT_ONCE]
        there = handler.log.kinds([story.stream for story in some])
        for story in some:
            begun = story.stream in there
            origin = f"import:{source}"
            before = past(handler.log, story.stream, origin) if begun else Past()
            comparison = Comparison(handler, origin, as_of, story, before, found.problems)
            found.parts.append(Part(story, begun, list(comparison.asked())))
            if (other := _other(story, before)) is not None:
                found.known += 1
                found.others += other
    out: set[tuple[str, int]] | None = None
    while out != (now := {_row(problem) for problem in found.problems}):
        out = now
        found.parts = [_without(part, out) for part in found.parts]
        refused = [problem for part in found.parts for problem in _refused(handler, part)]
        found.problems += [problem for problem in refused if _row(problem) not in out]
    found.parts = list(_needed(found.parts))
    return found


def _other(story: Story, before: Past) -> bool | None:
    """Say whether a client is somebody else than at the last import; None for who is new."""
    then = before.by_slot.get(PersonRegistered.STANDS or "")
    if then is None or story.colleague:
        return None
    now = story.steps[0].command.model_dump(include=set(_NAMES))
    return all(fold(now[name]) != fold(then.body.get(name, "")) for name in _NAMES)


def _without(part: Part, out: set[tuple[str, int]]) -> Part:
    """Leave refused rows out; a colleague is not of one row, though first named in it."""
    if part.story.colleague:
        return part
    return part._replace(asked=[each for each in part.asked if each.place[:2] not in out])


def _row(problem: Problem) -> tuple[str, int]:
    return problem.sheet, problem.row


def _refused(handler: Handler, part: Part) -> Iterator[Problem]:
    kind = part.story.kind
    if not part.asked:
        return
    state = handler.state(part.story.stream, kind)[1] if part.begun else STATES[kind].initial
    for place, request in part.asked:
        known = dict(request.command.refers().values())  # what the book names is written with it
        try:
            events = handler.decide(request, state, known, handler.now())
        except Refused as refused:
            yield Problem(place.sheet, place.row, place.column, refused.text)
        else:
            state = evolved(kind, state, events)


def _needed(parts: Sequence[Part]) -> Iterator[Part]:
    """Leave out new colleagues whom only refused rows name."""
    named: set[UUID] = set()
    for part in parts:
        if not part.story.colleague:
            for _, request in part.asked:
                named.add(request.actor.person)
                named.update(
                    stream
                    for stream, kind in request.command.refers().values()
                    if kind is StreamKind.DIRECTORY
                )
    for part in parts:
        idle = part.story.colleague and not part.begun and part.story.stream not in named
        yield part._replace(asked=()) if idle else part
