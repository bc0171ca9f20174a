"""Events about support: contacts, attempts to get in touch, the agreed rhythm, being left alone."""

from __future__ import annotations

from datetime import date
from typing import Annotated, ClassVar
from uuid import UUID

from pydantic import Field

from domain.events.base import Category, Event, Label, ThirdWords, Words
from domain.events.search import Mode
from domain.language import Choice, Text
from domain.roles import Role

_CLIENT_OR_COACH = frozenset({Role.CLIENT, Role.JOB_COACH})
_WHO_SUPPORTS = frozenset({Role.JOB_COACH, Role.CARE_WORKER, Role.PEER_WORKER})
Minutes = Annotated[int, Field(ge=0, le=1440)]


class WithWhom(Choice):
    """With whom a contact was."""

    CLIENT = "client", "cliënt", "client", Text("jou", "you")
    EMPLOYER = "employer", "werkgever", "employer"
    BOTH = (
        "both",
        "cliënt en werkgever",
        "client and employer",
        Text("jou en je werkgever", "you and your employer"),
    )
    FAMILY = "family", "naasten", "family"
    COLLEAGUE = "colleague", "collega", "colleague"

    @property
    def has_client(self) -> bool:
        """Whether the client was there."""
        return self is WithWhom.CLIENT or self is WithWhom.BOTH

    @property
    def has_employer(self) -> bool:
        """Whether somebody of the employer was there."""
        return self is not WithWhom.CLIENT and self is not WithWhom.FAMILY


class SupportType(Choice):
    """What sort of support it was (fidelity item 22)."""

    CONVERSATION = "conversation", "gesprek", "conversation"
    SUPPORT = "support", "steun", "support"
    AT_WORK = "at_work", "hulp op het werk", "help at work"
    TRAVEL = "travel", "reizen", "travel"
    MONEY = "money", "geldzaken", "money matters"
    SKILLS = "skills", "oefenen", "practising"
    CAREER = "career", "volgende stap", "next step"
    EDUCATION = "education", "leren", "learning"
    NETWORK = "network", "mensen om je heen", "people around you"
    OTHER = "other", "iets anders", "something else"


class Towards(Choice):
    """Whom an attempt was meant for."""

    CLIENT = "client", "cliënt", "client", Text("jou", "you")
    EMPLOYER = "employer", "werkgever", "employer"
    FAMILY = "family", "naasten", "family"


class RhythmChoice(Choice):
    """Whose choice a rhythm is; shown as such, never as a miss."""

    CLIENT = "client", "eigen keuze", "own choice"
    TOGETHER = "together", "samen gekozen", "chosen together"


class SupportEvent(Event):
    """What every event about support has."""

    CATEGORY = Category.SUPPORT
    RECORDED_BY = _WHO_SUPPORTS


class SupportContact(SupportEvent):
    """A contact that worked out."""

    TYPE: ClassVar[str] = "support.contact.v1"
    STANDS = "contact/{with_whom}"
    SENTENCE = Text(
        "Contact met {with_whom}, {mode}[, {location}][: {support_type}]",
        "Contact with {with_whom}, {mode}[, {location}][: {support_type}]",
    )

    note: UUID
    mode: Mode
    with_whom: WithWhom
    support_type: SupportType | None = None
    location: Label | None = None
    employer: UUID | None = None
    placement: UUID | None = None
    minutes: Minutes | None = None
    joint: bool | None = None
    """Together with somebody of the care team; None where it was not said."""
    network: bool | None = None
    """By way of family or friends, with permission."""
    text: Words | None = None
    in_confidence: ThirdWords | None = None
    """What somebody else than the client told in confidence; for professionals of the team."""


class OutreachAttempted(SupportEvent):
    """We tried to get in touch and there was no answer; nobody did anything wrong."""

    TYPE: ClassVar[str] = "outreach.attempted.v1"
    STANDS = "attempt/{towards}"
    SENTENCE = Text(
        "Contact gezocht met {towards}, {mode}[, {location}][ (voor: {support_type})]: geen gehoor",
        "Tried to reach {towards}, {mode}[, {location}][ (for: {support_type})]: no answer",
    )

    note: UUID
    towards: Towards
    mode: Mode
    joint: bool = False
    """Together with somebody of the care team."""
    network: bool = False
    """By way of family or friends, with permission."""
    with_whom: WithWhom | None = None
    """Whom it was meant for in full, where `towards` says less: both, or a colleague."""
    support_type: SupportType | None = None
    """What it was meant to be."""
    location: Label | None = None
    employer: UUID | None = None
    placement: UUID | None = None
    minutes: Minutes | None = None
    """What the attempt took us."""
    text: Words | None = None
    in_confidence: ThirdWords | None = None


class EmployerSupported(SupportEvent):
    """The employer asked something and was helped."""

    TYPE: ClassVar[str] = "employer.supported.v1"
    CATEGORY = Category.JOB
    RECORDED_BY = frozenset({Role.JOB_COACH})
    SENTENCE = Text("{employer} geholpen[, {mode}]", "Helped {employer}[, {mode}]")

    note: UUID
    employer: UUID
    placement: UUID | None = None
    mode: Mode | None = None
    question: Words | None = None
    help_given: Words | None = None
    in_confidence: ThirdWords | None = None


class EmployerAskedCall(SupportEvent):
    """The employer would like to be called; whoever it is about reads along (reference 0.1)."""

    TYPE: ClassVar[str] = "employer.asked_call.v1"
    CATEGORY = Category.JOB
    RECORDED_BY = frozenset({Role.EMPLOYER})
    SENTENCE = Text("{employer} vraagt om te bellen", "{employer} asks to be called")

    note: UUID
    employer: UUID
    placement: UUID
    words: Words | None = None


class TeamDiscussed(SupportEvent):
    """The team talked about this person; of whom else it spoke stands nowhere here."""

    TYPE: ClassVar[str] = "team.discussed.v1"
    RECORDED_BY = frozenset({Role.JOB_COACH, Role.CARE_WORKER})
    SENTENCE = Text(
        "Besproken in het teamoverleg[ met {attendees}]",
        "Discussed in the team meeting[ with {attendees}]",
    )

    note: UUID
    attendees: tuple[UUID, ...] = ()
    text: Words | None = None


class ContactRhythmAgreed(SupportEvent):
    """How often we are in touch; it replaces what we do by default."""

    TYPE: ClassVar[str] = "rhythm.agreed.v1"
    RECORDED_BY = _CLIENT_OR_COACH
    STANDS = "rhythm"
    SENTENCE = Text(
        "Afgesproken: {per_month} keer per maand contact[, {mode}][, {place}] ({choice})",
        "Agreed: in touch {per_month} times a month[, {mode}][, {place}] ({choice})",
    )

    per_month: Annotated[int, Field(ge=1, le=31)]
    mode: Mode | None = None
    place: Label | None = None
    choice: RhythmChoice
    words: Words | None = None


class LeftInPeace(SupportEvent):
    """The client asks to be left alone for a while; reminders about them are still until then."""

    TYPE: ClassVar[str] = "peace.asked.v1"
    RECORDED_BY = _CLIENT_OR_COACH
    STANDS = "peace"
    SENTENCE = Text(
        "Wil graag met rust gelaten worden tot {until}", "Asks to be left alone until {until}"
    )
    TO_CLIENT = Text(
        "Je wilt met rust gelaten worden tot {until}", "You ask to be left alone until {until}"
    )

    until: date


class ContactWelcomeAgain(SupportEvent):
    """Contact is welcome again."""

    TYPE: ClassVar[str] = "peace.ended.v1"
    RECORDED_BY = _CLIENT_OR_COACH
    ENDS = ("peace",)
    SENTENCE = Text("Contact is weer welkom", "Contact is welcome again")
