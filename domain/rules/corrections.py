"""Rules for correcting an earlier entry: nothing is rewritten, the better version stands by."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, ClassVar, NoReturn
from uuid import UUID

from pydantic import BaseModel, TypeAdapter, ValidationError

from domain.corrections import Correction
from domain.events.base import Event, Grant, GrantEnd, Kind, StreamKind, field_kinds
from domain.events.correction import EntryCorrected
from domain.events.experience import ExperienceGiven
from domain.events.group_correction import (
    EmployerCorrected,
    FundingCorrected,
    PeerGroupCorrected,
    ProgrammeCorrected,
)
from domain.events.people import RegistrationCorrected
from domain.events.referral import WordsBy
from domain.events.setback import SetbackSignalled, SignalledBy
from domain.events.trust import (
    Agreement,
    DissentRecorded,
    TrustDecision,
)
from domain.roles import Role
from domain.rules import references
from domain.rules.base import Command, Facts, Refused, Target, not_later
from domain.rules.employer import ChangeEmployerDetails, RegisterEmployer
from domain.rules.funding import ApproveFunding, EndFunding, ExtendFunding, NoteFundingDocument
from domain.rules.limits import Day, ShortText, Story
from domain.rules.peer_group import LogSession, LogTraining, SurveyNeeds
from domain.rules.programme import FoundProgramme
from domain.rules.quality import ON_PROGRAMME
from domain.rules.references import Reference
from domain.rules.setback import chosen_by_the_client
from domain.rules.shared import Registration, known, not_their_pen, own_pen
from domain.state import Trajectory

_SHORT, _STORY, _DAY = TypeAdapter(ShortText), TypeAdapter(Story), TypeAdapter(Day)
_ANYBODYS = frozenset({Role.CLIENT, Role.PRIVACY_OFFICER})
_HOLES = re.compile(r"\{(\w+)\}")
_FIXED = frozenset({"note", "person", "broker", "offered_by", "trajectory"})
"""Fields that say whose the entry is, or who is asked: that moves by an entry of its own."""
_VOICES = frozenset({DissentRecorded.TYPE, SetbackSignalled.TYPE, ExperienceGiven.TYPE})
"""Said by somebody in their own name: nobody else changes it, not the client either."""

_PENS = {"words_by": ("words", "verdict"), "client_words_by": ("client_want",)}
"""The field that says whose pen it was, and the words it was that of."""


class Correct(Command):
    """What every correction asks; who may, and what is asked more, differs by stream."""

    GUARDS = False
    YIELDS: ClassVar[tuple[type[Correction]]]

    entry: UUID
    """The entry that was wrong."""
    reason: Story
    body: dict[str, Any]
    """How it should read: every field of it, as stored."""

    def target(self) -> UUID:
        return self.entry

    def decide(self, state: Any, facts: Facts) -> Sequence[Event]:
        self.begin(state, facts)
        was = self._target(facts).body
        body = self.corrected(was, facts)
        if body is None:
            return []
        self.check(was, body, state, facts)
        return [
            self.YIELDS[0](
                occurred_on=facts.today,
                target=self.entry,
                target_type=body.TYPE,
                reason=self.reason,
                body=body.model_dump(mode="json", exclude_none=True),
            )
        ]

    def begin(self, state: Any, facts: Facts) -> None:
        """Refuse, before the entry is looked at, whom or what cannot be corrected here."""
        del state, facts

    def check(self, was: Event, body: Event, state: Any, facts: Facts) -> None:
        """Refuse a better version that cannot be so."""
        del was, body, state, facts

    def corrected(self, was: Event, facts: Facts) -> Event | None:
        """Give the new body, or None when it says what the entry says already.

        Raises Refused when it cannot be corrected in this way.
        """
        body = _parsed(type(was), self.body)
        if body == was:
            return None
        not_later(body.occurred_on, facts, "body.occurred_on")
        _same_ids(was, body)
        _keeps_disagreement(was, body, facts)
        _bounded(body)
        return body

    def _target(self, facts: Facts) -> Target:
        """Find the entry; refuse one that is not there, or is not theirs to correct."""
        target = facts.target
        if target is None:
            raise Refused(
                "Die notitie staat er niet. Kies de notitie die je wilt verbeteren.",
                "There is no such entry. Choose the entry that you want to correct.",
                "entry",
            )
        own = facts.person == target.recorded_by or facts.on_behalf_of is not None
        if not may_correct(type(target.body), facts.role, own=own):
            raise not_theirs_to_correct(type(target.body))
        return target

    def refers(self) -> Mapping[str, Reference]:
        employer = _uuid(self.body.get("employer"))
        programme = _uuid(self.body.get("programme"))
        return {
            **references.employer(employer, "body.employer"),
            **references.programme(programme, "body.programme"),
        }


class CorrectEntry(Correct):
    """Say how an earlier entry of a trajectory should read, also after it was closed."""

    NAME = "correct-entry"
    YIELDS = (EntryCorrected,)

    def begin(self, state: Trajectory, facts: Facts) -> None:
        del facts
        known(state)

    def check(self, was: Event, body: Event, state: Trajectory, facts: Facts) -> None:
        if not own_pen(state, facts):
            _same_pen(was, body)
        _same_reader(was, body, state, facts)


class CorrectRegistration(Correct):
    """Say how an earlier entry about a person or an organisation should read."""

    NAME = "correct-registration"
    STREAM = StreamKind.DIRECTORY
    YIELDS = (RegistrationCorrected,)


class _CorrectInGroup(Correct):
    """One way for all streams of facts: who recorded an entry says how it should read."""

    ASKED: ClassVar[tuple[type[Registration], ...]]
    """What the entries were asked by: a better version is held to the same."""

    reason: ShortText
    """In short, as 'typefout': nobody's words stand there."""

    def begin(self, state: Any, facts: Facts) -> None:
        del state
        own = facts.target is None or facts.target.recorded_by == facts.person
        if not own:  # also for a client, who corrects anything in their own file
            raise _not_the_writer()

    def check(self, was: Event, body: Event, state: Any, facts: Facts) -> None:
        del was
        command = next(each for each in self.ASKED if type(body) in each.YIELDS)
        said = body.model_dump(include=set(command.model_fields))
        try:
            command.model_validate(said).check(state, facts)
        except ValidationError as error:
            _refuse(_at(error))
        except Refused as refused:
            field = refused.field and f"body.{refused.field}"
            raise Refused.saying(refused.text, field) from None


class CorrectGroupEntry(_CorrectInGroup):
    """Say how your own earlier entry of a peer group should read."""

    NAME = "correct-group-entry"
    STREAM = StreamKind.PEER_GROUP
    YIELDS = (PeerGroupCorrected,)
    ASKED = (SurveyNeeds, LogSession, LogTraining)


class CorrectProgrammeEntry(_CorrectInGroup):
    """Say how your own earlier entry of a programme should read."""

    NAME = "correct-programme-entry"
    STREAM = StreamKind.PROGRAMME
    YIELDS = (ProgrammeCorrected,)
    ASKED = (FoundProgramme, *ON_PROGRAMME)

    def refers(self) -> Mapping[str, Reference]:
        found = dict(super().refers())
        for name in {name for each in ON_PROGRAMME for name in each.PEOPLE}:
            value = self.body.get(name)
            if isinstance(value, list):
                people = {f"body.{name}.{at}": _uuid(each) for at, each in enumerate(value)}
            else:
                people = {f"body.{name}": _uuid(value)}
            for field, person in people.items():
                found |= references.person(person, field)
        return found


class CorrectEmployerEntry(_CorrectInGroup):
    """Say how your own earlier entry of an employer's details should read."""

    NAME = "correct-employer-entry"
    STREAM = StreamKind.EMPLOYER
    YIELDS = (EmployerCorrected,)
    ASKED = (RegisterEmployer, ChangeEmployerDetails)


class CorrectFundingEntry(_CorrectInGroup):
    """Say how your own earlier entry of a funding should read."""

    NAME = "correct-funding-entry"
    STREAM = StreamKind.FUNDING
    YIELDS = (FundingCorrected,)
    ASKED = (ApproveFunding, ExtendFunding, EndFunding, NoteFundingDocument)


def may_correct(kind: type[Event], role: Role, *, own: bool) -> bool:
    """Say whether somebody says how such an entry should read: who wrote it, or whose file it is.

    That they record such a thing at all, says the policy.
    """
    anybodys = role in _ANYBODYS and kind.TYPE not in _VOICES
    return kind.CORRECTABLE and (own or anybodys)


def not_theirs_to_correct(kind: type[Event]) -> Refused:
    """Say why somebody does not say how such an entry should read, and what they can do."""
    if not kind.CORRECTABLE:
        return Refused(
            "Dit kun je niet verbeteren. Noteer wat nu anders is, of verbeter het origineel.",
            "This cannot be corrected. Note what is different now, or correct the original.",
            "entry",
        )
    if kind.TYPE in _VOICES:
        return Refused(
            "Dit zei iemand anders en dat blijft zo staan. Je kunt je eigen verhaal erbij zetten.",
            "Somebody else said this, and it stays. You can put your own statement beside it.",
            "entry",
        )
    return _not_the_writer()


def _not_the_writer() -> Refused:
    return Refused(
        "Wie dit schreef, verbetert het. Je kunt zelf een notitie toevoegen.",
        "Whoever wrote this corrects it. You can add a note of your own.",
        "entry",
    )


def _parsed(kind: type[Event], body: dict[str, Any]) -> Event:
    try:
        return kind.model_validate(body)
    except ValidationError as error:
        at = _at(error)
        if at in kind.model_fields:
            _refuse(at)
        raise Refused(  # without naming the field: that name is text from outside
            "Er staat een veld bij dat hier niet hoort. Laat het weg.",
            "There is a field that does not belong here. Leave it out.",
            "body",
        ) from None


def _at(error: ValidationError) -> str:
    """Name the field that cannot be so."""
    return str(error.errors()[0]["loc"][0])


def _same_ids(old: Event, new: Event) -> None:
    """Refuse what would move the entry elsewhere in the story, or change who may read it."""
    if getattr(new, "by", None) != getattr(old, "by", None):
        _refuse_moved("by")
    slots = {*_FIXED, *_HOLES.findall(f"{old.STANDS} {old.ENDS}")}
    for name in slots & set(type(old).model_fields):
        before = getattr(old, name)
        if isinstance(before, UUID) and getattr(new, name) != before:
            _refuse_moved(name)
    if _rights(old) != _rights(new):
        _refuse_moved(next(n for n in type(old).model_fields if getattr(old, n) != getattr(new, n)))


def _same_reader(old: Event, new: Event, state: Trajectory, facts: Facts) -> None:
    """Refuse to choose who reads a signal: only the client chooses, about their own (0.1)."""
    if not isinstance(old, SetbackSignalled) or dict(new)["wants_reader"] == old.wants_reader:
        return
    if facts.role is not Role.CLIENT or old.by is not SignalledBy.CLIENT:
        _refuse_moved("wants_reader")
    chosen_by_the_client(dict(new)["wants_reader"], state, facts, "body.wants_reader")


def _same_pen(old: Event, new: Event) -> None:
    """Refuse somebody else to say of their own words that the client wrote them."""
    for field, words in _PENS.items():
        moved = any(
            getattr(old, name, None) != getattr(new, name, None) for name in (field, *words)
        )
        if moved and getattr(new, field, None) is WordsBy.CLIENT:
            raise not_their_pen(f"body.{field}")


def _keeps_disagreement(old: Event, new: Event, facts: Facts) -> None:
    """Refuse to take a client's "disagree" away: only the client does (reference 0.1)."""
    if facts.role is not Role.CLIENT and _disagreed(old) and not _disagreed(new):
        raise Refused(
            "De cliënt was het er niet mee eens, en dat blijft staan. De cliënt kan dit zelf "
            "verbeteren.",
            "The client disagreed, and that stays. The client can correct it.",
            "body.participants",
        )


def _disagreed(event: Event) -> bool:
    return isinstance(event, TrustDecision) and any(
        each.role is Role.CLIENT and each.agreement is Agreement.DISAGREE
        for each in event.participants
    )


def _rights(event: Event) -> list[Grant | GrantEnd]:
    """Give the rights it changes, without their last day: when work ended can be corrected."""
    return [
        right._replace(until=None) if isinstance(right, Grant) else right
        for right in event.grants(UUID(int=0))
    ]


def _refuse_moved(field: str) -> NoReturn:
    raise Refused(
        "Waar deze notitie over gaat, staat vast. Noteer het opnieuw op de goede plek.",
        "What this entry is about is fixed. Note it anew in the right place.",
        f"body.{field}",
    )


def _bounded(event: Event) -> None:
    """Hold a corrected entry to the same bounds on text and days as a new one."""
    kinds = field_kinds(type(event))
    for name, value in event:
        adapter = _SHORT if kinds[name] is Kind.FACT else _STORY
        try:
            for leaf in _leaves(value):
                (_DAY if isinstance(leaf, date) else adapter).validate_python(leaf)
        except ValidationError:
            _refuse(name)


def _leaves(value: object) -> Sequence[str | date]:
    if isinstance(value, str | date):
        return [value]
    if isinstance(value, BaseModel):
        return [leaf for _, each in value for leaf in _leaves(each)]
    if isinstance(value, tuple):
        return [leaf for each in value for leaf in _leaves(each)]
    return []


def _refuse(field: str) -> NoReturn:
    raise Refused(
        "Dit kan hier zo niet staan. Kijk naar de oorspronkelijke notitie hoe het hoort.",
        "It cannot stand here like this. See the original entry for how it should be.",
        f"body.{field}",
    )


def _uuid(value: object) -> UUID | None:
    try:
        return UUID(value) if isinstance(value, str) else None
    except ValueError:
        return None
