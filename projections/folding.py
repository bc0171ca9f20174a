"""Folds trajectories once for all read models, and keeps the latest of them in memory."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from pydantic import TypeAdapter

from domain.rhythm import next_contact, next_employer_contact, next_review
from domain.state import Trajectory, evolve
from domain.state.work import PlacementKind
from projections.item import Item

STATE = TypeAdapter(Trajectory)
"""Writes a state as JSON and reads it again."""
KEPT = 60_000
_WEEK = timedelta(days=7)
_FIRST_WEEKS = 5
_YEAR = timedelta(days=366)


class Folded:
    """A trajectory as it stood after one of its versions."""

    __slots__ = ("_due", "_json", "known_at", "state", "version")

    def __init__(self, version: int, state: Trajectory, known_at: datetime | None) -> None:
        """Take the state and when its last entry was recorded."""
        self.version = version
        self.state = state
        self.known_at = known_at
        self._json: bytes | None = None
        self._due: tuple[date | None] | None = None

    @property
    def json(self) -> bytes:
        """The state as JSON: structure only, by the law of the state."""
        if self._json is None:
            self._json = STATE.dump_json(self.state)
        return self._json

    @property
    def due_on(self) -> date | None:
        """The first day since its last entry on which a contact, or looking back, is due."""
        if self._due is None:
            since = self.known_at.astimezone(UTC).date() if self.known_at else date.min
            self._due = (due_on(self.state, since),)
        return self._due[0]


NOTHING = Folded(0, Trajectory(), None)


def after(folded: Folded, items: Iterable[Item]) -> Folded:
    """Take more entries of the same trajectory in."""
    state, last = folded.state, None
    for last in items:
        body: Any = last.body
        state = evolve(state, body)
    return folded if last is None else Folded(last.version, state, last.recorded_at)


def due_on(state: Trajectory, since: date) -> date | None:
    """Find the first day from `since` on which something is due if nothing more happens.

    What is due depends on the day only where being left alone ends, where work begins, in its
    first weeks, and after its first year; between those days it stays the same.
    """
    days = sorted({since, *(day for day in _turning(state) if day > since)})
    for begin, end in zip(days, [*days[1:], date.max], strict=True):
        dues = (
            next_contact(state, begin),
            next_employer_contact(state, begin),
            next_review(state, begin),
        )
        on = min((max(due.on, begin) for due in dues if due is not None), default=date.max)
        if on < end:
            return on
    return None


def _turning(state: Trajectory) -> Iterable[date]:
    if state.support.peace_until is not None:
        yield state.support.peace_until
    for work in state.work.placements:
        yield work.starts_on
        yield from _anniversary(work.starts_on)
        if work.kind is PlacementKind.JOB:
            yield from (work.starts_on + week * _WEEK for week in range(1, _FIRST_WEEKS))
        if work.ended_on is not None:  # a day that may be yet to come
            yield work.ended_on


def _anniversary(day: date) -> Iterable[date]:
    """Give the days among which a first year ends, whatever the calendar says of the 29th."""
    yield from (day + _YEAR - timedelta(days=back) for back in range(3))


class Folds:
    """States by stream, at the version that was last folded; those not used for long go first."""

    def __init__(self, kept: int = KEPT) -> None:
        """Keep at most this many."""
        self._kept = kept
        self._states: OrderedDict[UUID, Folded] = OrderedDict()

    def at(self, stream: UUID, version: int) -> Folded | None:
        """Give the state of a stream when it is known at exactly this version."""
        if version == 0:
            return NOTHING
        found = self._states.get(stream)
        return found if found is not None and found.version == version else None

    def keep(self, stream: UUID, folded: Folded) -> None:
        """Keep the newest state of a stream."""
        self._states[stream] = folded
        self._states.move_to_end(stream)
        if len(self._states) > self._kept:
            self._states.popitem(last=False)

    def forget(self, stream: UUID) -> None:
        """Let a stream be folded from the log when it is needed next."""
        self._states.pop(stream, None)
