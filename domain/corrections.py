"""Resolves corrections before folding: a corrected entry keeps its place with the body it got."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol, Self, TypeVar
from uuid import UUID

from domain.events import BY_TYPE
from domain.events.base import Event
from domain.events.correction import EntryCorrected
from domain.events.people import RegistrationCorrected

CORRECTIONS = (EntryCorrected, RegistrationCorrected)
"""The events that change what an earlier entry says."""


class Correctable(Protocol):
    """An entry as far as correcting goes."""

    @property
    def event_id(self) -> UUID:
        """Its own id."""

    @property
    def body(self) -> Event | None:
        """Its event; None when it was erased."""

    def with_body(self, body: Event) -> Self:
        """Give the same entry with another body."""


AnEntry = TypeVar("AnEntry", bound=Correctable)


def resolve(entries: Sequence[AnEntry]) -> list[AnEntry]:
    """Give the entries with the last correction of each in its place; the corrections stay."""
    corrected = {
        entry.body.target: entry.body for entry in entries if isinstance(entry.body, CORRECTIONS)
    }
    if not corrected:
        return list(entries)
    return [
        entry.with_body(replacement(corrected[entry.event_id]))
        if entry.body is not None and entry.event_id in corrected
        else entry
        for entry in entries
    ]


def replacement(correction: EntryCorrected | RegistrationCorrected) -> Event:
    """Give the body that a correction puts in the place of the old one."""
    return BY_TYPE[correction.target_type].model_validate(correction.body, strict=False)
