"""What was shielded and by whom, and what was asked to be erased; ids and days only."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple, assert_never
from uuid import UUID

from domain.events.correction import EntryShielded, EntryUnshielded
from domain.events.erasure import EraseDecided, EraseRequested, Erasure, Record
from domain.events.topics import ErasureTopic
from domain.state.said import Mark, mark


class Shield(NamedTuple):
    """An entry that is for the client and whoever recorded it."""

    target: UUID
    by: UUID
    begins: tuple[UUID, ...] = ()
    reason: Mark = None
    """The mark of why."""


class Decided(NamedTuple):
    """What one record holder answered for one of its records."""

    organisation: UUID
    record: Record
    outcome: Erasure
    words: Mark = None
    """The mark of what the client reads about it."""


class Requested(NamedTuple):
    """A request to erase, and the answers so far."""

    id: UUID
    answer_by: date
    decided: tuple[Decided, ...] = ()


class Protection(NamedTuple):
    """What the client wants kept from others, or gone."""

    shields: tuple[Shield, ...] = ()
    requests: tuple[Requested, ...] = ()

    def shield(self, target: UUID) -> Shield | None:
        """Find how an entry is shielded."""
        return next((each for each in self.shields if each.target == target), None)

    @property
    def hidden(self) -> frozenset[UUID]:
        """Name what does not exist for others: entries, and what those began."""
        return frozenset(one for each in self.shields for one in (each.target, *each.begins))

    def request(self, wanted: UUID) -> Requested | None:
        """Find a request by its id."""
        return next((each for each in self.requests if each.id == wanted), None)


def evolve_shields(protection: Protection, event: EntryShielded | EntryUnshielded) -> Protection:
    others = tuple(each for each in protection.shields if each.target != event.target)
    if isinstance(event, EntryUnshielded):
        return protection._replace(shields=others)
    return protection._replace(
        shields=(*others, Shield(event.target, event.shielded_by, event.begins, mark(event.reason)))
    )


def evolve_erasure(protection: Protection, event: ErasureTopic) -> Protection:
    match event:
        case EraseRequested():
            asked = Requested(event.request, event.answer_by)
            return protection._replace(requests=(*protection.requests, asked))
        case EraseDecided():
            return protection._replace(
                requests=tuple(
                    _answered(each, event) if each.id == event.request else each
                    for each in protection.requests
                )
            )
        case _:
            assert_never(event)


def _answered(request: Requested, event: EraseDecided) -> Requested:
    about = event.organisation, event.record
    others = (each for each in request.decided if (each.organisation, each.record) != about)
    return request._replace(decided=(*others, Decided(*about, event.outcome, mark(event.words))))
