"""Resolves corrections before folding: an entry keeps its place and gets the better body."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol, Self, TypeVar
from uuid import UUID

from domain.events import BY_TYPE, Event
from domain.events.correction import EntryCorrected
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
Correction = EntryCorrected | RegistrationCorrected


def resolve(entries: Sequence[E]) -> list[E]:
    """Give the entries as they should be read: the last correction of each wins.

    A correction stays where it is as an entry of its own. One without its target among these
    entries, of another kind than its target, or of an erased one changes nothing.
    """
    last: dict[UUID, Correction] = {
        each.body.target: each.body for each in entries if isinstance(each.body, Correction)
    }
    if not last:
        return list(entries)
    return [_corrected(each, last.get(each.event_id)) for each in entries]


def _corrected(entry: E, correction: Correction | None) -> E:
    if correction is None or entry.body is None:
        return entry
    kind = type(entry.body)
    if not kind.CORRECTABLE or correction.target_type != kind.TYPE:
        return entry
    return entry.with_body(BY_TYPE[kind.TYPE].model_validate(correction.body))
