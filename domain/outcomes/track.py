"""One person's way, as far as it is counted: what ran from when until when."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import NamedTuple
from uuid import UUID

from domain.outcomes.counted import Competition, Counted, Question, Rung, Turn

_DAY = timedelta(days=1)
COUNTS_FOR_IPS = frozenset({Competition.YES, Competition.ASSUMED})
_PROMISES = frozenset(
    {
        Turn.RHYTHM, Turn.PAUSED, Turn.RESUMED, Turn.PEACE, Turn.PEACE_OVER, Turn.DOOR_OPEN,
        Turn.CLOSED, Turn.BACK,
    }
)  # fmt: skip

_COURSE = frozenset({Turn.CLOSED, Turn.DOOR_OPEN, Turn.BACK})


class Span(NamedTuple):
    """Something that runs, from its first day up to a day on which it no longer does."""

    since: date
    until: date | None = None
    rung: Rung | None = None
    thing: UUID | None = None
    employer: UUID | None = None
    competition: Competition | None = None
    hours: float | None = None
    """A week, at the start; None is not known, which is never none."""
    changes: tuple[tuple[date, float | None], ...] = ()
    """Other hours, in the order of the days from which they count."""

    def touches(self, first: date, last: date) -> bool:
        """Whether it ran on a day of these; what was called off before it began never did."""
        if self.until is not None and self.until < self.since:
            return False
        end = date.max if self.until is None else max(self.until, self.since + _DAY)
        return self.since <= last and first < end

    def hours_on(self, day: date) -> float | None:
        """Give the hours a week on a day."""
        known = [hours for since, hours in self.changes if since <= day]
        return known[-1] if known else self.hours


@dataclass(slots=True)
class Track:
    """All that is counted of one trajectory."""

    entries: list[tuple[date, UUID | None]] = field(default_factory=list)
    """When which programme was entered."""
    closings: list[Span] = field(default_factory=list)
    spans: list[Span] = field(default_factory=list)
    benefits: list[tuple[date, Counted]] = field(default_factory=list)
    met_employer: list[date] = field(default_factory=list)
    promises: list[Counted] = field(default_factory=list)
    """What changed in how often we said to be in touch."""
    watched: bool = False
    linked: set[UUID] = field(default_factory=set)
    """The files that this one says are of the same person."""
    said: dict[Question, tuple[date, str]] = field(default_factory=dict)
    """The last answer to each question."""

    def on(self, rung: Rung) -> Iterable[Span]:
        """Give what ran on a rung."""
        return (each for each in self.spans if each.rung is rung)

    def course(self, day: date) -> Turn | None:
        """Say what came last by a day: a closing, the door left open, or coming back."""
        turns = (each.turn for each in reversed(self.promises) if each.on <= day)
        return next((each for each in turns if each in _COURSE), None)

    @property
    def competitive(self) -> list[Span]:
        """Give the jobs that count for IPS, by their first day."""
        jobs = (each for each in self.spans if each.competition in COUNTS_FOR_IPS)
        return sorted(jobs, key=lambda each: each.since)


def track(told: Iterable[Counted]) -> Track:
    """Put together what was counted of one trajectory, in the order of the log."""
    found = Track()
    for each in told:
        _take(found, each)
    found.entries.sort(key=lambda entry: entry[0])
    found.promises.sort(key=lambda promise: promise.on)
    found.benefits.sort(key=lambda benefit: benefit[0])
    return found


def _take(found: Track, told: Counted) -> None:  # noqa: C901, PLR0912 - a line for each turn
    if told.turn in _PROMISES:
        found.promises.append(told)
    match told.turn:
        case Turn.ENTERED:
            found.entries.append((told.on, told.thing))
        case Turn.CLOSED:
            found.closings.append(Span(told.on))
        case Turn.BACK:
            found.closings = [each if each.until else _until(each, told) for each in found.closings]
        case Turn.BEGAN:
            _begin(found, told)
        case Turn.ENDED:
            found.spans = [_until(s, told) if _meant(s, told) else s for s in found.spans]
        case Turn.HOURS:
            found.spans = [_other(s, told) if s.thing == told.thing else s for s in found.spans]
        case Turn.BENEFITS | Turn.BENEFIT_ENDED:
            found.benefits.append((told.on, told))
        case Turn.MET_EMPLOYER:
            found.met_employer.append(told.on)
        case Turn.WATCHED | Turn.UNWATCHED:
            found.watched = told.turn is Turn.WATCHED
        case Turn.LINKED if told.thing is not None:
            found.linked.add(told.thing)
        case Turn.UNLINKED if told.thing is not None:
            found.linked.discard(told.thing)
        case Turn.SAID:
            _say(found, told)
        case _:
            pass


def _say(found: Track, told: Counted) -> None:
    question = next(each for each in Question if each == told.kind)
    if question not in found.said or found.said[question][0] <= told.on:
        found.said[question] = told.on, told.value or ""


def _begin(found: Track, told: Counted) -> None:
    rung = next(each for each in Rung if each == told.kind)
    if told.thing is None and any(each.until is None for each in found.on(rung)):
        return  # told again while it goes on
    verdict = None if told.value is None else Competition(told.value)
    found.spans.append(
        Span(told.on, None, rung, told.thing, told.employer, verdict, _hours(told.amount))
    )


def _meant(span: Span, told: Counted) -> bool:
    if told.thing is None:
        return span.rung == told.kind and span.until is None
    return span.thing == told.thing


def _until(span: Span, told: Counted) -> Span:
    return span._replace(until=told.on)


def _other(span: Span, told: Counted) -> Span:
    others = (each for each in span.changes if each[0] != told.on)
    changes = sorted((*others, (told.on, _hours(told.amount))), key=lambda change: change[0])
    return span._replace(changes=tuple(changes))


def _hours(amount: float | None) -> float | None:
    """Read no hours as not known: a contract without hours is not a week without work (2.1)."""
    return amount or None
