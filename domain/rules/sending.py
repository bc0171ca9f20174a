"""Rules for one entry that the client sends to somebody who pays, and so reads little else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID, uuid4

from pydantic import Field

from domain.events.base import Event
from domain.events.permissions import EntrySendingStopped, EntrySent, LegalBasis, Purpose
from domain.roles import Role
from domain.rules import references
from domain.rules.base import Facts, Refused
from domain.rules.limits import Story
from domain.rules.references import Reference
from domain.rules.shared import OnTrajectory, nothing_new, pointed_at
from domain.state import Trajectory
from domain.state.said import mark

_BY_PERMISSION = (Role.CLIENT_MANAGER, Role.LABOUR_EXPERT)
"""Who may be tied to a file without a place on the team, of those to whom can be sent."""


class SendEntry(OnTrajectory):
    """Send one entry to your client manager, labour expert or benefits adviser."""

    NAME = "send-entry"
    YIELDS = (EntrySent,)

    sending: UUID = Field(default_factory=uuid4)
    entry: UUID
    recipient: UUID
    words: Story | None = None
    """What the recipient should know with it."""
    purpose: Purpose | None = None
    """For what they may use it; without, for what the client wants them to know."""

    def target(self) -> UUID:
        return self.entry

    def refers(self) -> Mapping[str, Reference]:
        return references.person(self.recipient, "recipient")

    def decide(self, state: Trajectory, facts: Facts) -> Sequence[Event]:
        about = self.begin(state, facts)
        there = state.circle.sending(self.sending)
        if there is not None:
            return nothing_new(
                *((self.entry, there.entry), (self.recipient, there.reader)),
                *((mark(self.words), there.words), (self.purpose, there.purpose)),
            )
        role = self._role(state, facts)
        self._may_go(role, state, facts)
        sent = state.circle.sent(self.entry, self.recipient)
        if sent is not None:
            return nothing_new((mark(self.words), sent.words), (self.purpose, sent.purpose))
        sending = EntrySent(
            **about,
            **self.said("recipient"),
            reader=self.recipient,
            role=role,
            legal_basis=LegalBasis.CONSENT,
        )
        return [sending]

    def _role(self, state: Trajectory, facts: Facts) -> Role:
        """Find in which role they read it; refuse whoever is no such reader of this file."""
        held = facts.held or ()
        at = {(each.role, each.organisation) for each in held if each.person == self.recipient}
        roles = {role for role, _ in at}
        member = state.circle.member(self.recipient)
        if member is not None and member.role in facts.sendable:
            place = member.role, member.organisation
            if place in at or (member.organisation is None and member.role in roles):
                return member.role
        holders = {self.recipient, *(organisation for _, organisation in at)}
        permitted = any(
            each.recipient in holders
            for each in state.circle.permissions
            if not each.withdrawn and (each.until is None or facts.today <= each.until)
        )
        found = next((each for each in _BY_PERMISSION if permitted and each in roles), None)
        if found is None:
            raise Refused(
                "Je kunt iets sturen naar een klantmanager, arbeidsdeskundige of inkomensadviseur "
                "die bij je traject hoort. Kies zo iemand. Naar een werkgever stuur je hier niets.",
                "You can send something to a client manager, labour expert or benefits adviser "
                "who is tied to your trajectory. Choose one. Nothing is sent to an employer here.",
                "recipient",
            )
        return found

    def _may_go(self, role: Role, state: Trajectory, facts: Facts) -> None:
        """Refuse an entry that is not there, is not to be sent, or is shielded.

        What others said in confidence stays behind in silence: to refuse would tell that it is
        there to somebody who does not see it.
        """
        target = pointed_at(facts)
        row = type(target.body).CATEGORY
        if row not in facts.sendable[role]:
            raise Refused(
                "Dit stuur je zo niet. Je kunt een steuncontact sturen, of iets over het zoeken "
                "naar werk. Over andere dingen kun je toestemming geven, of het zelf vertellen.",
                "This is not sent in this way. You can send a support contact, or something about "
                "looking for work. For other things you can give permission, or tell it yourself.",
                "entry",
            )
        if not facts.sees(row):
            raise Refused(
                "Deze notitie zie je niet helemaal, dus je stuurt hem niet. De cliënt kan dat zelf "
                "doen.",
                "You do not see all of this entry, so you do not send it. The client can do so.",
                "entry",
            )
        named = {target.event_id, *target.begins, *target.body.__dict__.values()}
        if not state.protection.hidden.isdisjoint(each for each in named if isinstance(each, UUID)):
            raise Refused(
                "Deze notitie is afgeschermd. Wie dat deed, kan hem weer laten zien; daarna kun je "
                "hem sturen.",
                "This entry is shielded. Whoever did that can show it again; then you can send it.",
                "entry",
            )


class StopSendingEntry(OnTrajectory):
    """Take back an entry that you sent; it works at once, and the other gets no message."""

    NAME = "stop-sending-entry"
    YIELDS = (EntrySendingStopped,)
    AFTER_CLOSING = True

    sending: UUID

    def decide(self, state: Trajectory, facts: Facts) -> Sequence[Event]:
        about = self.begin(state, facts)
        sent = state.circle.sending(self.sending)
        if sent is None:
            raise Refused(
                "Dit is niet gestuurd. Kies er een uit de lijst met wie wat mag zien.",
                "This was not sent. Choose one from the list of who may see what.",
                "sending",
            )
        if sent.stopped:
            return []
        return [EntrySendingStopped(**about, sending=sent.id, entry=sent.entry)]
