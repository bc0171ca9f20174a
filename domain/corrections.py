"""Resolves corrections before folding: an entry keeps its place and gets the better body."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from typing import Protocol, Self, TypeVar
from uuid import UUID

from domain.events import BY_TYPE, Event
from domain.events.correction import EntryCorrected, EntryUndone
from domain.events.group_correction import (
    EmployerCorrected,
    FundingCorrected,
    PeerGroupCorrected,
    ProgrammeCorrected,
)
from domain.events.people import RegistrationCorrected


class Correctable(Protocol):
    """What is asked of an entry."""

    @property
    def event_id(self) -> UUID:
        """Its own id."""

    @property
    def body(self) -> Event | None:
        """What it says; None when it was erased."""

    def with_body(self, body: Event) -> Self:
        """Give the same entry with another body."""


E = TypeVar("E", bound=Correctable)
GroupCorrection = PeerGroupCorrected | ProgrammeCorrected | EmployerCorrected | FundingCorrected
Correction = EntryCorrected | RegistrationCorrected | GroupCorrection
Rewriting = Correction | EntryUndone
"""What changes how an earlier entry reads."""


def resolve(entries: Sequence[E]) -> list[E]:
    """Give the entries as they should be read: the last correction of each wins.

    A correction stays where it is as an entry of its own. One without its target among these
    entries, of another kind than its target, or of an erased one changes nothing. What was taken
    back reads as that it was: see `undone`.
    """
    last: dict[UUID, Rewriting] = {
        each.body.target: each.body for each in entries if isinstance(each.body, Rewriting)
    }
    if not last:
        return list(entries)
    return [_rewritten(each, last.get(each.event_id)) for each in entries]


def undone(stored: str, body: Event | None) -> bool:
    """Say whether an entry stored under this TYPE was taken back: it counts nowhere."""
    return isinstance(body, EntryUndone) and stored != EntryUndone.TYPE


def _rewritten(entry: E, how: Rewriting | None) -> E:
    if how is None or entry.body is None:
        return entry
    kind = type(entry.body)
    if not kind.CORRECTABLE or how.target_type != kind.TYPE:
        return entry
    if isinstance(how, EntryUndone):
        return entry.with_body(how)
    return entry.with_body(BY_TYPE[kind.TYPE].model_validate(how.body))


_PERSONS = frozenset({"person", "auditor"})
_LAST_HOLE = re.compile(r"\{(\w+)\}$")


def begins(body: Event, earlier: Iterable[Event]) -> tuple[UUID, ...]:
    """Name the thing (a signal, a choice) that an entry is the first to tell of, if it is."""
    hole = _LAST_HOLE.search(body.STANDS or "")
    if hole is None or hole[1] in _PERSONS:
        return ()
    thing = getattr(body, hole[1])
    if not isinstance(thing, UUID) or any(names(each, {thing}) for each in earlier):
        return ()
    return (thing,)


def names(body: Event, ids: Collection[UUID]) -> bool:
    """Say whether an event names one of these ids."""
    return any(
        any(each in ids for each in value if isinstance(each, UUID))
        if isinstance(value, tuple)
        else isinstance(value, UUID) and value in ids
        for value in body.__dict__.values()
    )
