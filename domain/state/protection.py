"""What was shielded and by whom, and what was asked: to erase, to copy, why somebody looked."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple, assert_never
from uuid import UUID

from domain.events.access import AccessAnswered, AccessQuestioned
from domain.events.correction import EntryShielded, EntryUnshielded
from domain.events.erasure import EraseDecided, EraseRequested, Erasure, Record
from domain.events.file_copy import CopyGiven, CopyRequested
from domain.events.topics import AccessTopic, CopyTopic, ErasureTopic
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
    checked_by: UUID | None = None
    checked_on: date | None = None


class Requested(NamedTuple):
    """A request to erase, and the answers so far."""

    id: UUID
    answer_by: date
    decided: tuple[Decided, ...] = ()
    asked_on: date = date.min


class Given(NamedTuple):
    """By which record holder a copy was given, and who had looked it over when."""

    organisation: UUID
    checked_by: UUID
    checked_on: date


class CopyAsked(NamedTuple):
    """A request for a copy of the file, and whether it was given."""

    id: UUID
    asked_on: date
    given: Given | None = None


class Questioned(NamedTuple):
    """A question why somebody looked, and the answers: of which organisation, with its mark."""

    id: UUID
    day: date
    answers: tuple[tuple[UUID, Mark], ...] = ()

    def answer(self, organisation: UUID) -> Mark:
        """Give the mark of what an organisation answered; None before it did."""
        return dict(self.answers).get(organisation)


class Protection(NamedTuple):
    """What the client wants kept from others, or gone, and how they guard it."""

    shields: tuple[Shield, ...] = ()
    requests: tuple[Requested, ...] = ()
    copies: tuple[CopyAsked, ...] = ()
    questions: tuple[Questioned, ...] = ()

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

    def copy_asked(self, wanted: UUID) -> CopyAsked | None:
        """Find a request for a copy by its id."""
        return next((each for each in self.copies if each.id == wanted), None)

    def question(self, wanted: UUID) -> Questioned | None:
        """Find a question why somebody looked by its id."""
        return next((each for each in self.questions if each.id == wanted), None)


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
            asked = Requested(event.request, event.answer_by, asked_on=event.occurred_on)
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
    checked = event.checked_by, event.checked_on
    answer = Decided(*about, event.outcome, mark(event.words), *checked)
    return request._replace(decided=(*others, answer))


def evolve_copies(protection: Protection, event: CopyTopic) -> Protection:
    match event:
        case CopyRequested():
            asked = CopyAsked(event.request, event.occurred_on)
            return protection._replace(copies=(*protection.copies, asked))
        case CopyGiven():
            given = Given(event.organisation, event.checked_by, event.checked_on)
            return protection._replace(
                copies=tuple(
                    each._replace(given=given) if each.id == event.request else each
                    for each in protection.copies
                )
            )
        case _:
            assert_never(event)


def evolve_questions(protection: Protection, event: AccessTopic) -> Protection:
    match event:
        case AccessQuestioned():
            asked = Questioned(event.note, event.day)
            return protection._replace(questions=(*protection.questions, asked))
        case AccessAnswered():
            answer = event.organisation, mark(event.words)
            return protection._replace(
                questions=tuple(
                    each._replace(answers=(*each.answers, answer))
                    if each.id == event.question
                    else each
                    for each in protection.questions
                )
            )
        case _:
            assert_never(event)
