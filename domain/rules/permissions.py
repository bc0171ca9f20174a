"""Rules for permission to read along, and for what an employer may be told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
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
    PermissionGranted,
    PermissionWithdrawn,
    Purpose,
    RecipientKind,
    ToldBy,
)
from domain.roles import Role
from domain.rules import references
from domain.rules.base import Facts, Refused
from domain.rules.limits import Day, Story
from domain.rules.references import Reference
from domain.rules.shared import Note, OnTrajectory, not_past
from domain.state import Trajectory


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
        own = facts.role is Role.CLIENT or facts.on_behalf_of == state.client
        if not own:
            self._witnessed(state, facts)
        return [
            PermissionGranted(
                **about,
                **self.said("categories", "organisation"),
                categories=tuple(dict.fromkeys(self.categories)),
                organisation=self._works_for(state, facts),
            )
        ]

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
                "Toestemming voor uzelf noteert u niet zelf. De cliënt kan die zelf geven.",
                "You do not note a permission for yourself. The client can give it.",
                "recipient",
            )
        if self.witnessed_by in {None, facts.person, self.recipient, state.client}:
            raise Refused(
                "De cliënt geeft toestemming zelf, of er is iemand anders bij: niet u, en niet wie "
                "mag meelezen. Noteer wie.",
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
        if self.again(state):
            return []
        return [DisclosureDiscussed(**self.begin(state, facts), **self.said())]

    def refers(self) -> Mapping[str, Reference]:
        return references.employer(self.employer)


class AgreeDisclosure(OnTrajectory):
    """Agree what this employer may be told, in which words."""

    NAME = "agree-disclosure"
    YIELDS = (DisclosureAgreed,)

    disclosure: UUID = Field(default_factory=uuid4)
    employer: UUID
    told_by: ToldBy
    wording: Story
    until: Day | None = None

    def decide(self, state: Trajectory, facts: Facts) -> Sequence[Event]:
        about = self.begin(state, facts)
        if state.circle.disclosure(self.disclosure) is not None:
            return []
        if self.until is not None:
            not_past(self.until, facts, "until")
        return [DisclosureAgreed(**about, **self.said())]

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
