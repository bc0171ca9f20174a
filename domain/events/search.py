"""Events about looking for work: contacts with employers, applications, offers."""

from __future__ import annotations

from typing import ClassVar
from uuid import UUID

from domain.events.base import Category, Event, Hours, Label, Words
from domain.language import Choice, Text
from domain.roles import Role

_CLIENT_OR_COACH = frozenset({Role.CLIENT, Role.JOB_COACH})


class Mode(Choice):
    """How people were in touch."""

    ON_SITE = "on_site", "op de werkplek", "at the workplace"
    WALK = "walk", "wandelend", "on a walk"
    HOME = "home", "thuis", "at home"
    OFFICE = "office", "op kantoor", "at the office"
    ELSEWHERE = "elsewhere", "ergens anders", "somewhere else"
    PHONE = "phone", "per telefoon", "by telephone"
    VIDEO = "video", "per beeldbellen", "by video call"
    CHAT = "chat", "per chat", "by chat"
    MAIL = "mail", "per mail of brief", "by mail"

    @property
    def in_person(self) -> bool:
        """Whether people saw each other face to face (fidelity items 15, 17 and 23)."""
        return self not in _AT_A_DISTANCE


_AT_A_DISTANCE = (Mode.PHONE, Mode.VIDEO, Mode.CHAT, Mode.MAIL)


class ContactPurpose(Choice):
    """What a contact with an employer was for."""

    GET_TO_KNOW = "get_to_know", "kennismaken", "getting to know each other"
    LEARN_NEEDS = "learn_needs", "horen wat er nodig is", "learning what is needed"
    SPECIFIC_JOB = "specific_job", "een bepaalde baan", "a specific job"
    ADVOCATE = "advocate", "iemand voorstellen", "introducing somebody"
    FOLLOW_UP = "follow_up", "vervolg", "follow-up"


class ContactResult(Choice):
    """Whether somebody was reached; both count as having tried."""

    SPOKE = "spoke", "gesproken", "spoken"
    NO_ANSWER = "no_answer", "geen gehoor", "no answer"


class InterviewOutcome(Choice):
    """What came of a job interview, as far as it is known."""

    WAITING = "waiting", "we horen het nog", "still to hear"
    ANOTHER_TALK = "another_talk", "er komt nog een gesprek", "another talk follows"
    TRY_OUT = "try_out", "eerst een keer meelopen", "a day along first"
    OFFER = "offer", "een aanbod", "an offer"
    NOT_CHOSEN = "not_chosen", "iemand anders gekozen", "somebody else was chosen"
    CLIENT_DECLINED = (
        "client_declined",
        "de cliënt wil dit niet",
        "the client does not want it",
        Text("je wilt dit niet", "you do not want it"),
    )
    OTHER = "other", "iets anders", "something else"


class SearchEvent(Event):
    """What every event about looking for work has."""

    CATEGORY = Category.SEARCH
    RECORDED_BY = _CLIENT_OR_COACH


class EmployerContactMade(SearchEvent):
    """Somebody was in touch with an employer for this client."""

    TYPE: ClassVar[str] = "employer.contacted.v1"
    RECORDED_BY = frozenset({Role.CLIENT, Role.JOB_COACH, Role.JOB_BROKER, Role.NETWORK_MEMBER})
    SENTENCE = Text(
        "Werkgever {employer}, {mode}: {result}[ ({purpose})]",
        "Employer {employer}, {mode}: {result}[ ({purpose})]",
    )

    note: UUID
    employer: UUID
    mode: Mode
    result: ContactResult = ContactResult.SPOKE
    client_present: bool | None = None
    client_specific: bool | None = None
    preference_ref: UUID | None = None
    """The entry with the wish that this employer was chosen for."""
    purpose: ContactPurpose | None = None
    words: Words | None = None
    lead: UUID | None = None
    """The lead of somebody close that it followed."""


class ApplicationMade(SearchEvent):
    """The client applied for a job."""

    TYPE: ClassVar[str] = "application.made.v1"
    STANDS = "application/{application}"
    SENTENCE = Text(
        "Gesolliciteerd als {title}[ bij {employer}]", "Applied as {title}[ at {employer}]"
    )

    application: UUID
    title: Label
    employer: UUID | None = None
    words: Words | None = None


class InterviewHeld(SearchEvent):
    """There was a job interview."""

    TYPE: ClassVar[str] = "interview.held.v1"
    STANDS = "application/{application}/interview"
    SENTENCE = Text("Sollicitatiegesprek gehad[: {outcome}]", "Had a job interview[: {outcome}]")

    note: UUID
    application: UUID
    outcome: InterviewOutcome | None = None
    reason: Words | None = None
    """Why it went so, in the client's own words."""
    words: Words | None = None


class OfferMade(SearchEvent):
    """The employer offered the job."""

    TYPE: ClassVar[str] = "offer.made.v1"
    STANDS = "application/{application}/offer"
    SENTENCE = Text(
        "Aanbod gekregen[, {hours_per_week} uur per week]",
        "Got an offer[, {hours_per_week} hours a week]",
    )

    application: UUID
    hours_per_week: Hours | None = None


class OfferDeclined(SearchEvent):
    """The client said no to an offer; the reason is the client's own."""

    TYPE: ClassVar[str] = "offer.declined.v1"
    ENDS = ("application/{application}",)
    SENTENCE = Text("Aanbod afgeslagen", "Declined an offer")

    application: UUID
    reason: Words | None = None


class NextJobSearchStarted(SearchEvent):
    """Looking again, whatever the reason the last job ended."""

    TYPE: ClassVar[str] = "search.restarted.v1"
    STANDS = "search"
    SENTENCE = Text("Op zoek naar het volgende werk", "Looking for the next job")
