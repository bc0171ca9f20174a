"""Rules for one entry that goes to somebody who pays, and so reads little else: by the client."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID, uuid4

from pydantic import Field

from domain.events.base import Event
from domain.events.permissions import EntrySendingStopped, EntrySent, LegalBasis, Purpose
from domain.roles import Role
from domain.rules import references
from domain.rules.base import Facts, Refused, not_later
from domain.rules.limits import Day, Story
from domain.rules.references import Reference
from domain.rules.shared import OnTrajectory, by_the_client, nothing_new, pointed_at
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
    said_yes_on: Day | None = None
    """Asked of a coach: the day on which the client said yes to this."""

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
                (self.said_yes_on, there.said_yes_on),
            )
        role = self._role(state, facts)
        self._may_go(role, state, facts)
        sent = state.circle.sent(self.entry, self.recipient)
        if sent is not None:
            return nothing_new(
                *((mark(self.words), sent.words), (self.purpose, sent.purpose)),
                (self.said_yes_on, sent.said_yes_on),
            )
        if by_the_client(state, facts):
            self._without_a_yes()
        else:
            self._with_a_yes(state, facts)
        sending = EntrySent(
            **about,
            **self.said("recipient"),
            reader=self.recipient,
            role=role,
            legal_basis=LegalBasis.CONSENT,
        )
        return [sending]

    def _without_a_yes(self) -> None:
        """Keep what the client does apart from what is noted of them: who may stop it differs."""
        if self.said_yes_on is not None:
            raise Refused(
                "De cliënt deelt dit zelf, dus een ja is niet nodig. Laat die dag leeg.",
                "The client shares this in person, so no yes is needed. Leave that day empty.",
                "said_yes_on",
            )

    def _with_a_yes(self, state: Trajectory, facts: Facts) -> None:
        """Ask for the client's yes to this entry, by somebody who does not gain by it.

        What was stopped once is for the client alone to share again: a yes that is noted after
        it would undo in silence what they took back.
        """
        if self.recipient == facts.person:
            raise Refused(
                "Met jezelf deel je niets. De cliënt kan je deze notitie wel sturen.",
                "You share nothing with yourself. The client can send you this entry.",
                "recipient",
            )
        if self.said_yes_on is None:
            raise Refused(
                "Noteer op welke dag de cliënt ja zei, of laat de cliënt dit delen.",
                "Note on which day the client said yes, or let the client share this.",
                "said_yes_on",
            )
        not_later(self.said_yes_on, facts, "said_yes_on")
        if self.said_yes_on < pointed_at(facts).body.occurred_on:
            raise Refused(
                "Die dag is voor wat in deze notitie staat. Noteer de dag waarop de cliënt ja zei "
                "tegen deze notitie.",
                "That day is before what this entry tells of. Note the day on which the client "
                "said yes to this entry.",
                "said_yes_on",
            )
        if state.circle.taken_back(self.entry, self.recipient):
            raise Refused(
                "Dit is eerder gedeeld en weer gestopt. Opnieuw delen doet de cliënt zelf.",
                "This was shared before and stopped. The client is the one to share it again.",
                "entry",
            )

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
    """Stop that an entry is read by who it was sent to; it works at once, without a message."""

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
        if sent.said_yes_on is None and not by_the_client(state, facts):
            raise Refused(
                "De cliënt heeft dit zelf gestuurd. Alleen de cliënt kan het weer stoppen.",
                "The client sent this in person. Only the client can stop it again.",
                "sending",
            )
        return [EntrySendingStopped(**about, sending=sent.id, entry=sent.entry)]
