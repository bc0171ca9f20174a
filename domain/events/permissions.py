"""Events about permission to read along and about what an employer may be told."""

from __future__ import annotations

from datetime import date
from typing import Annotated, ClassVar
from uuid import UUID

from domain.events.base import Category, Event, Grant, GrantEnd, GrantKind, Kind, Words
from domain.language import Choice, Text
from domain.roles import Role

_CLIENT_OR_COACH = frozenset({Role.CLIENT, Role.JOB_COACH})


class RecipientKind(Choice):
    """What the recipient of a permission is."""

    PERSON = "person", "persoon", "person"
    ORGANISATION = "organisation", "organisatie", "organisation"
    EMPLOYER = "employer", "werkgever", "employer"


class Purpose(Choice):
    """For what something may be read."""

    FIND_WORK = "find_work", "werk vinden", "finding work"
    KEEP_WORK = "keep_work", "werk houden", "keeping work"
    CARE = "care", "zorg", "care"
    INCOME = "income", "inkomen regelen", "arranging income"
    CLOSE_BY = "close_by", "steun van dichtbij", "support from close by"
    HANDOVER = "handover", "overdracht", "handover"
    LEARNING = "learning", "ervan leren", "learning from it"
    AUDIT = "audit", "terugkijken door een auditor", "an auditor looking back"


class LegalBasis(Choice):
    """On what ground it is shared; permission comes on top of it (reference 7.1)."""

    PUBLIC_TASK = "public_task", "een taak die in de wet staat (publieke taak)", "public task"
    TREATMENT = (
        "treatment",
        "het hoort bij de behandeling (behandelovereenkomst)",
        "treatment agreement",
    )
    LEGAL_DUTY = "legal_duty", "het moet van de wet (wettelijke plicht)", "legal duty"
    CONTRACT = "contract", "het hoort bij wat is afgesproken (overeenkomst)", "contract"
    CONSENT = "consent", "toestemming", "consent"


class ToldBy(Choice):
    """Who tells the employer."""

    CLIENT = "client", "de cliënt", "the client", Text("jij", "you")
    JOB_COACH = "job_coach", "de jobcoach", "the job coach"
    TOGETHER = "together", "samen", "together"


class DisclosureTopic(Choice):
    """What was talked through before choosing."""

    PROS_AND_CONS = "pros_and_cons", "voor en tegen", "pros and cons"
    WHAT = "what", "wat wel en niet", "what and what not"
    WHEN = "when", "wanneer", "when"
    WHO = "who", "aan wie en door wie", "to whom and by whom"
    WORDING = "wording", "met welke woorden", "in which words"


class ToldTopic(Choice):
    """What an employer may be told of; the wording says how."""

    JOB_COACH = "job_coach", "dat er een jobcoach meedenkt", "that a job coach helps"
    NEEDED_AT_WORK = "needed_at_work", "wat helpt op het werk", "what helps at work"
    GAP_IN_CV = "gap_in_cv", "het gat in het cv", "the gap in the CV"
    INCOME = "income", "uitkering of regeling", "benefit or scheme"
    HARDER_DAYS = "harder_days", "dat het soms minder gaat", "that some days are harder"
    HEALTH = "health", "iets over gezondheid", "something about health"
    OTHER = "other", "iets anders", "something else"


class MandateKind(Choice):
    """By what somebody represents the client."""

    POWER_OF_ATTORNEY = "power_of_attorney", "volmacht", "power of attorney"
    MENTORSHIP = "mentorship", "mentorschap", "mentorship"
    ADMINISTRATION = "administration", "bewind", "administration of property"
    GUARDIANSHIP = "guardianship", "curatele", "guardianship"
    PARENTAL = "parental", "ouderlijk gezag", "parental authority"


class PermissionEvent(Event):
    """What every event about permission has."""

    CATEGORY = Category.PERMISSIONS
    RECORDED_BY = _CLIENT_OR_COACH


class PermissionGranted(PermissionEvent):
    """The client lets somebody read something for a purpose."""

    TYPE: ClassVar[str] = "permission.granted.v1"
    RECORDED_BY = _CLIENT_OR_COACH
    CORRECTABLE = False
    STANDS = "permission/{permission}"
    SENTENCE = Text(
        "{recipient}[ ({organisation})] mag lezen: {categories}; doel: {purpose}"
        "[, tot en met {until}]",
        "{recipient}[ ({organisation})] may read: {categories}; purpose: {purpose}"
        "[, until {until}]",
    )

    permission: UUID
    recipient: UUID
    recipient_kind: RecipientKind
    organisation: UUID | None = None
    """For which a person may read: with their last role there the permission ends."""
    purpose: Purpose
    categories: tuple[Category, ...]
    legal_basis: LegalBasis
    until: date | None = None
    witnessed_by: UUID | None = None
    """Who was there when the client gave it, and did not record it."""
    words: Words | None = None

    def grants(self, stream: UUID) -> tuple[Grant, ...]:
        """The recipient may read these categories; for an audit, only as an auditor."""
        return (
            Grant(
                stream,
                f"permission/{self.permission}",
                self.recipient,
                GrantKind.PERMISSION,
                Role.AUDITOR.value if self.purpose is Purpose.AUDIT else "",
                organisation=self.organisation,
                categories=",".join(sorted(self.categories)),
                until=self.until,
            ),
        )


class PermissionWithdrawn(PermissionEvent):
    """The client took a permission back; it works at once, on old entries as well."""

    TYPE: ClassVar[str] = "permission.withdrawn.v1"
    CORRECTABLE = False
    ENDS = ("permission/{permission}",)
    SENTENCE = Text("Toestemming ingetrokken", "Permission withdrawn")

    permission: UUID

    def grants(self, stream: UUID) -> tuple[GrantEnd, ...]:
        """The recipient reads no more."""
        return (GrantEnd(stream, f"permission/{self.permission}"),)


class DisclosureDiscussed(PermissionEvent):
    """What to tell an employer was talked through; telling nothing is always fine."""

    TYPE: ClassVar[str] = "disclosure.discussed.v1"
    SENTENCE = Text(
        "Openheid besproken[: {topics}]", "Talked about what to tell an employer[: {topics}]"
    )

    note: UUID
    employer: UUID | None = None
    topics: tuple[DisclosureTopic, ...] = ()
    words: Words | None = None


class DisclosureAgreed(PermissionEvent):
    """What may be told to this employer, in which words."""

    TYPE: ClassVar[str] = "disclosure.agreed.v1"
    CORRECTABLE = False
    STANDS = "disclosure/{disclosure}"
    SENTENCE = Text(
        "Afgesproken wat {employer} mag weten[: {topics}]; {told_by} vertelt het",
        "Agreed what {employer} may know[: {topics}]; told by {told_by}",
    )

    disclosure: UUID
    employer: UUID
    told_by: ToldBy
    topics: Annotated[tuple[ToldTopic, ...], Kind.HEALTH] = ()
    """What may be told, in kind: for coach and client, never shown to the employer (0.1)."""
    wording: Words
    until: date | None = None
    purpose: Purpose | None = None
    legal_basis: LegalBasis | None = None

    def grants(self, stream: UUID) -> tuple[Grant, ...]:
        """The employer may be told this, for as long as it stands."""
        return (
            Grant(
                stream,
                f"disclosure/{self.disclosure}",
                self.employer,
                GrantKind.DISCLOSURE,
                until=self.until,
            ),
        )


class DisclosureRevoked(PermissionEvent):
    """The agreement about what may be told no longer stands."""

    TYPE: ClassVar[str] = "disclosure.revoked.v1"
    CORRECTABLE = False
    ENDS = ("disclosure/{disclosure}",)
    SENTENCE = Text("Afspraak over openheid ingetrokken", "Agreement on what to tell withdrawn")

    disclosure: UUID

    def grants(self, stream: UUID) -> tuple[GrantEnd, ...]:
        """Nothing may be told any more."""
        return (GrantEnd(stream, f"disclosure/{self.disclosure}"),)


class MandateNoted(PermissionEvent):
    """Somebody represents the client, in what the mandate names (reference 0.1)."""

    TYPE: ClassVar[str] = "mandate.noted.v1"
    CORRECTABLE = False
    STANDS = "mandate/{mandate}"
    SENTENCE = Text(
        "{person} vertegenwoordigt ({kind}): {categories}[, tot en met {until}]",
        "{person} represents ({kind}): {categories}[, until {until}]",
    )

    mandate: UUID
    person: UUID
    kind: MandateKind
    categories: tuple[Category, ...]
    legal_basis: LegalBasis
    decided_on: date | None = None
    """The day of the court's decision, when a court decided."""
    until: date | None = None

    def grants(self, stream: UUID) -> tuple[Grant, ...]:
        """The representative reads and records what the client may, in these categories."""
        return (
            Grant(
                stream,
                f"mandate/{self.mandate}",
                self.person,
                GrantKind.MANDATE,
                Role.LEGAL_REPRESENTATIVE.value,
                categories=",".join(sorted(self.categories)),
                until=self.until,
            ),
        )


class MandateEnded(PermissionEvent):
    """Somebody no longer represents the client."""

    TYPE: ClassVar[str] = "mandate.ended.v1"
    CORRECTABLE = False
    ENDS = ("mandate/{mandate}",)
    SENTENCE = Text("Vertegenwoordiging beëindigd", "Representation ended")

    mandate: UUID

    def grants(self, stream: UUID) -> tuple[GrantEnd, ...]:
        """They represent nobody here any more."""
        return (GrantEnd(stream, f"mandate/{self.mandate}"),)


class EntrySent(PermissionEvent):
    """The client has one entry go to somebody who otherwise reads nothing of its kind (0.1)."""

    TYPE: ClassVar[str] = "entry.sent.v1"
    CORRECTABLE = False
    STANDS = "sent/{sending}"
    SENTENCE = Text(
        "Notitie gestuurd naar {reader} ({role})[; doel: {purpose}]"
        "[; de cliënt zei ja op {said_yes_on}]",
        "Entry sent to {reader} ({role})[; purpose: {purpose}]"
        "[; the client said yes on {said_yes_on}]",
    )
    TO_CLIENT = Text(
        "Notitie gestuurd naar {reader} ({role})[; doel: {purpose}][; je zei ja op {said_yes_on}]",
        "Entry sent to {reader} ({role})[; purpose: {purpose}][; you said yes on {said_yes_on}]",
    )

    sending: UUID
    entry: UUID
    reader: UUID
    """Not named `recipient`: what is addressed to somebody stays theirs, and this may stop."""
    role: Role
    """In which role they read it."""
    words: Words | None = None
    purpose: Purpose | None = None
    legal_basis: LegalBasis | None = None
    """Consent, by the act of sending (reference 0.1); not told of what was sent before."""
    said_yes_on: date | None = None
    """The day on which they said yes to the coach who noted it; none: the client sent it."""

    def grants(self, stream: UUID) -> tuple[Grant, ...]:
        """One person reads one entry, and that it was sent."""
        key = _sent(self.sending, self.entry)
        return (Grant(stream, key, self.reader, GrantKind.SENT, self.role.value),)


class EntrySendingStopped(PermissionEvent):
    """What was sent is no longer read; whom it was sent to gets no message."""

    TYPE: ClassVar[str] = "entry.sending_stopped.v1"
    CORRECTABLE = False
    ENDS = ("sent/{sending}",)
    SENTENCE = Text("Gestuurde notitie ingetrokken", "Sent entry taken back")

    sending: UUID
    entry: UUID

    def grants(self, stream: UUID) -> tuple[GrantEnd, ...]:
        """Nobody reads by this sending any more."""
        return (GrantEnd(stream, _sent(self.sending, self.entry)),)


def _sent(sending: UUID, entry: UUID) -> str:
    return f"sent/{sending}/{entry}"
