"""Rules for permission to read along, and for what an employer may be told."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Annotated
from uuid import UUID, uuid4

from pydantic import Field

from domain.events.base import Category, Event
from domain.events.permissions import (
    DisclosureAgreed,
    DisclosureDiscussed,
    DisclosureRevoked,
    DisclosureTopic,
    LegalBasis,
    MandateEnded,
    MandateKind,
    MandateNoted,
    PermissionGranted,
    PermissionWithdrawn,
    Purpose,
    RecipientKind,
    ToldBy,
    ToldTopic,
)
from domain.language import Text, spoken
from domain.roles import Role
from domain.rules import references
from domain.rules.base import Facts, Refused, not_later
from domain.rules.limits import Day, Story
from domain.rules.references import Reference
from domain.rules.shared import Note, OnTrajectory, by_the_client, not_past, once
from domain.state import Trajectory

_CLOSED = Text(
    "In deze rol leest niemand mee over: {categories}. Ook niet met een toestemming. Laat dat weg; "
    "wie het moet weten, kan de cliënt het zelf vertellen.",
    "In this role nobody reads about: {categories}. Also not with a permission. Leave that out; "
    "the client can tell whoever needs to know.",
)


class GrantPermission(OnTrajectory):
    """Let somebody read something, for a purpose."""

    NAME = "grant-permission"
    YIELDS = (PermissionGranted,)

    permission: UUID = Field(default_factory=uuid4)
    recipient: UUID
    recipient_kind: RecipientKind
    organisation: UUID | None = None
    """For which a person works who may read: with their place there the permission ends."""
    purpose: Purpose
    categories: Annotated[tuple[Category, ...], Field(min_length=1)]
    legal_basis: LegalBasis
    until: Day | None = None
    witnessed_by: UUID | None = None
    words: Story | None = None

    def decide(self, state: Trajectory, facts: Facts) -> Sequence[Event]:
        about = self.begin(state, facts)
        if state.circle.permission(self.permission) is not None:
            return []
        if self.until is not None:
            not_past(self.until, facts, "until")
        self._opens(state, facts)
        own = by_the_client(state, facts)
        if not own or self.recipient == facts.person != state.client:
            self._witnessed(state, facts)
        return [
            PermissionGranted(
                **about,
                **self.said("categories", "organisation"),
                categories=once(self.categories),
                organisation=self._works_for(state, facts),
            )
        ]

    def _opens(self, state: Trajectory, facts: Facts) -> None:
        """Refuse what nobody in the recipient's roles reads, whatever the client permits."""
        if self.recipient_kind is RecipientKind.EMPLOYER:
            raise Refused(
                "Een werkgever leest niet mee met een toestemming. Spreek af wat de werkgever mag "
                "horen, en met welke woorden.",
                "An employer does not read along by a permission. Agree what the employer may "
                "hear, and in which words.",
                "recipient_kind",
            )
        roles = self._roles(state, facts)
        if facts.opened is None or not roles:
            return
        self._to_look_back(roles)
        possible = frozenset[Category]().union(*(facts.opened[role] for role in roles))
        if possible.issuperset(self.categories):
            return
        closed = [each.label for each in dict.fromkeys(self.categories) if each not in possible]
        named = spoken(lambda language: ", ".join(each.to(language) for each in closed))
        raise Refused.saying(_CLOSED.filled(categories=named), "categories")

    def _to_look_back(self, roles: Collection[Role]) -> None:
        """Refuse a purpose by which this person would read nothing: an audit is for auditors."""
        if self.recipient_kind is not RecipientKind.PERSON:
            return
        if self.purpose is Purpose.AUDIT and Role.AUDITOR not in roles:
            raise Refused(
                "Terugkijken doet een auditor, en deze persoon is dat niet. Kies een ander doel.",
                "An auditor looks back, and this person is none. Choose another purpose.",
                "purpose",
            )
        if self.purpose is not Purpose.AUDIT and set(roles) == {Role.AUDITOR}:
            raise Refused(
                "Een auditor leest alleen mee om terug te kijken. Kies dat als doel.",
                "An auditor reads along only to look back. Choose that as the purpose.",
                "purpose",
            )

    def _roles(self, state: Trajectory, facts: Facts) -> set[Role]:
        """Name the roles in which the recipient may come to read; none: that is not known yet."""
        if self.recipient_kind is RecipientKind.ORGANISATION:
            team = (each for each in state.circle.team if each.organisation == self.recipient)
            return {each.role for each in team}
        roles = {each.role for each in facts.held or () if each.person == self.recipient}
        member = state.circle.member(self.recipient)
        if member is not None:
            roles.add(member.role)
        if state.circle.close(self.recipient) is not None:
            roles.add(Role.NETWORK_MEMBER)
        if self.recipient == state.eigen_kracht.coordinator:
            roles.add(Role.EK_COORDINATOR)
        return roles

    def _works_for(self, state: Trajectory, facts: Facts) -> UUID | None:
        """Find the organisation for which a professional is to read; none for who is close."""
        places = {each.organisation for each in facts.held or () if each.person == self.recipient}
        if self.recipient_kind is not RecipientKind.PERSON or facts.held is None:
            return self.organisation
        if self.organisation is not None:
            if self.organisation not in places:
                raise Refused(
                    "Deze persoon werkt daar niet. Kies waar de persoon werkt, of laat dit leeg.",
                    "This person does not work there. Choose where they work, or leave this empty.",
                    "organisation",
                )
            return self.organisation
        member = state.circle.member(self.recipient)
        if member is not None and member.organisation in places:
            return member.organisation
        if not places or state.circle.close(self.recipient) is not None:
            return None
        if len(places) > 1:
            raise Refused(
                "Deze persoon werkt op meer plekken. Kies voor welke organisatie dit geldt.",
                "This person works at several places. Choose for which organisation this is.",
                "organisation",
            )
        return next(iter(places))

    def _witnessed(self, state: Trajectory, facts: Facts) -> None:
        """Ask for a witness who gains nothing by it and whom the client knows."""
        if self.recipient == facts.person:
            raise Refused(
                "Toestemming voor jezelf noteer je niet zelf. De cliënt kan die zelf geven.",
                "You do not note a permission for yourself. The client can give it.",
                "recipient",
            )
        if self.witnessed_by in {None, facts.person, self.recipient, state.client}:
            raise Refused(
                "De cliënt geeft toestemming zelf, of er is iemand anders bij: niet jij, en niet "
                "wie mag meelezen. Noteer wie.",
                "The client gives permission, or somebody else is there: not you, and not who "
                "may read along. Note who.",
                "witnessed_by",
            )
        around = {each.person for each in state.circle.team}
        if self.witnessed_by not in around | {each.person for each in state.circle.network}:
            raise Refused(
                "Wie erbij is, zit in het team of is een naaste die de cliënt uitnodigde. Kies zo "
                "iemand, of laat de cliënt zelf toestemming geven.",
                "Who is there is on the team, or was invited by the client. Choose somebody like "
                "that, or let the client give permission.",
                "witnessed_by",
            )

    def refers(self) -> Mapping[str, Reference]:
        kind = self.recipient_kind
        to = references.employer if kind is RecipientKind.EMPLOYER else references.person
        return {
            **to(self.recipient, "recipient"),
            **references.organisation(self.organisation),
            **references.person(self.witnessed_by, "witnessed_by"),
        }


class WithdrawPermission(OnTrajectory):
    """Take a permission back; it works at once."""

    NAME = "withdraw-permission"
    YIELDS = (PermissionWithdrawn,)
    AFTER_CLOSING = True

    permission: UUID

    def decide(self, state: Trajectory, facts: Facts) -> Sequence[Event]:
        about = self.begin(state, facts)
        granted = state.circle.permission(self.permission)
        if granted is None:
            raise Refused(
                "Deze toestemming staat er niet. Kies er een uit de lijst.",
                "There is no such permission. Choose one from the list.",
                "permission",
            )
        if granted.withdrawn:
            return []
        return [PermissionWithdrawn(**about, permission=self.permission)]


class DiscussDisclosure(Note):
    """Note that it was talked through what to tell an employer; nothing at all is a choice too."""

    NAME = "discuss-disclosure"
    YIELDS = (DisclosureDiscussed,)

    employer: UUID | None = None
    topics: tuple[DisclosureTopic, ...] = ()
    words: Story | None = None

    def decide(self, state: Trajectory, facts: Facts) -> Sequence[Event]:
        about = self.begin(state, facts)
        if self.again(state):
            return []
        return [DisclosureDiscussed(**about, **self.said())]

    def refers(self) -> Mapping[str, Reference]:
        return references.employer(self.employer)


class AgreeDisclosure(OnTrajectory):
    """Agree what this employer may be told, in which words."""

    NAME = "agree-disclosure"
    YIELDS = (DisclosureAgreed,)

    disclosure: UUID = Field(default_factory=uuid4)
    employer: UUID
    told_by: ToldBy
    topics: tuple[ToldTopic, ...] = ()
    """What may be told; the wording says how."""
    wording: Story
    until: Day | None = None

    def decide(self, state: Trajectory, facts: Facts) -> Sequence[Event]:
        about = self.begin(state, facts)
        if state.circle.disclosure(self.disclosure) is not None:
            return []
        if self.until is not None:
            not_past(self.until, facts, "until")
        works_there = any(
            each.employer == self.employer for each in state.work.running(facts.today)
        )
        purpose = Purpose.KEEP_WORK if works_there else Purpose.FIND_WORK
        return [
            DisclosureAgreed(
                **about,
                **self.said("topics"),
                topics=once(self.topics),
                purpose=purpose,
                legal_basis=LegalBasis.CONSENT,
            )
        ]

    def refers(self) -> Mapping[str, Reference]:
        return references.employer(self.employer)


class RevokeDisclosure(OnTrajectory):
    """Take back what an employer may be told."""

    NAME = "revoke-disclosure"
    YIELDS = (DisclosureRevoked,)
    AFTER_CLOSING = True

    disclosure: UUID

    def decide(self, state: Trajectory, facts: Facts) -> Sequence[Event]:
        about = self.begin(state, facts)
        agreed = state.circle.disclosure(self.disclosure)
        if agreed is None:
            raise Refused(
                "Deze afspraak over openheid staat er niet. Kies er een uit de lijst.",
                "There is no such agreement on what to tell. Choose one from the list.",
                "disclosure",
            )
        if agreed.revoked:
            return []
        return [DisclosureRevoked(**about, disclosure=self.disclosure)]


class NoteMandate(OnTrajectory):
    """Note who represents the client, and in what."""

    NAME = "note-mandate"
    YIELDS = (MandateNoted,)

    mandate: UUID = Field(default_factory=uuid4)
    person: UUID
    kind: MandateKind
    categories: Annotated[tuple[Category, ...], Field(min_length=1)]
    decided_on: Day | None = None
    """The day of the court's decision."""
    until: Day | None = None

    def decide(self, state: Trajectory, facts: Facts) -> Sequence[Event]:
        about = self.begin(state, facts)
        if state.circle.mandate(self.mandate) is not None:
            return []
        if self.until is not None:
            not_past(self.until, facts, "until")
        self._somebody_else(state, facts)
        given = self.kind is MandateKind.POWER_OF_ATTORNEY
        self._on_paper(facts, given=given, by_client=by_the_client(state, facts))
        return [
            MandateNoted(
                **about,
                **self.said("categories"),
                categories=once(self.categories),
                legal_basis=LegalBasis.CONSENT if given else LegalBasis.LEGAL_DUTY,
            )
        ]

    def _somebody_else(self, state: Trajectory, facts: Facts) -> None:
        on_team = state.circle.member(self.person) is not None
        if on_team or self.person in {state.client, facts.person}:
            raise Refused(
                "Wie de cliënt vertegenwoordigt, is niet de cliënt zelf, niet jijzelf en niet "
                "iemand uit het team. Kies iemand anders.",
                "Who represents the client is not the client, not you and nobody of the team. "
                "Choose somebody else.",
                "person",
            )

    def _on_paper(self, facts: Facts, *, given: bool, by_client: bool) -> None:
        """A power is given by the client; of another mandate there is a day it was decided on."""
        if given and not by_client:
            raise Refused(
                "Een volmacht geeft de cliënt zelf. Van een besluit van de rechter kun je de dag "
                "noteren.",
                "A power of attorney is given by the client. Of a court's decision you can note "
                "the day.",
                "kind",
            )
        if self.decided_on is not None:
            not_later(self.decided_on, facts, "decided_on")
        elif not given:
            raise Refused(
                "Noteer op welke dag dit besloten is; dat staat op het papier.",
                "Note on which day this was decided; the paper says so.",
                "decided_on",
            )

    def refers(self) -> Mapping[str, Reference]:
        return references.person(self.person)


class EndMandate(OnTrajectory):
    """Note that somebody no longer represents the client; it works at once."""

    NAME = "end-mandate"
    YIELDS = (MandateEnded,)
    AFTER_CLOSING = True

    mandate: UUID

    def decide(self, state: Trajectory, facts: Facts) -> Sequence[Event]:
        about = self.begin(state, facts)
        noted = state.circle.mandate(self.mandate)
        if noted is None:
            raise Refused(
                "Deze vertegenwoordiging staat er niet. Kies er een uit de lijst.",
                "There is no such representation. Choose one from the list.",
                "mandate",
            )
        if noted.ended:
            return []
        if by_the_client(state, facts) and noted.kind is not MandateKind.POWER_OF_ATTORNEY:
            raise Refused(
                "Dit is elders besloten, door de rechter of door de wet. Je jobcoach noteert het "
                "als het voorbij is.",
                "This was decided elsewhere, by a court or by law. Your job coach notes it when "
                "it is over.",
                "mandate",
            )
        return [MandateEnded(**about, mandate=self.mandate)]
