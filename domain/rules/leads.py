"""Rules for ways to an employer that others open: asking a job broker, tips of people close."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated
from uuid import UUID, uuid4

from pydantic import Field

from domain.events.base import Event
from domain.events.leads import BrokerRequestAnswered, BrokerRequestMade, NetworkLeadOffered
from domain.events.team import Relation
from domain.roles import Role
from domain.rules import references
from domain.rules.base import Facts, Refused
from domain.rules.limits import HoursPerWeek, ShortText, Story
from domain.rules.references import Reference
from domain.rules.shared import Labels, Note, OnTrajectory, once, somewhere
from domain.state import Trajectory


class AskBroker(OnTrajectory):
    """Ask a job broker of the team to look along, in words of work: the broker reads it."""

    NAME = "ask-broker"
    YIELDS = (BrokerRequestMade,)
    GUARDS = False

    request: UUID = Field(default_factory=uuid4)
    broker: UUID
    job_types: Annotated[Labels, Field(min_length=1)]
    hours_per_week: HoursPerWeek | None = None
    place: ShortText | None = None
    wishes: Labels = ()
    """What, never why."""

    def decide(self, state: Trajectory, facts: Facts) -> Sequence[Event]:
        about = self.begin(state, facts)
        if state.search.request(self.request) is not None:
            return []
        member = state.circle.member(self.broker)
        if member is None or member.role is not Role.JOB_BROKER:
            raise Refused(
                "Deze werkmakelaar zit niet in het team en zou de vraag niet lezen. Voeg die "
                "eerst toe aan het team.",
                "This job broker is not on the team and would not read it. Add them to the team "
                "first.",
                "broker",
            )
        said = self.said("job_types", "wishes")
        jobs, wishes = once(self.job_types), once(self.wishes)
        return [BrokerRequestMade(**about, **said, job_types=jobs, wishes=wishes)]


class AnswerBrokerRequest(Note):
    """Answer what you were asked as a job broker."""

    NAME = "answer-broker-request"
    YIELDS = (BrokerRequestAnswered,)

    request: UUID
    employer: UUID | None = None
    words: Story | None = None

    def decide(self, state: Trajectory, facts: Facts) -> Sequence[Event]:
        about = self.begin(state, facts)
        if self.again(state):
            return []
        asked = state.search.request(self.request)
        if asked is None or asked.broker not in {facts.person, facts.on_behalf_of}:
            raise Refused(
                "Deze vraag is niet aan jou gesteld. Je kunt wel een contact met een werkgever "
                "noteren.",
                "This was not asked of you. You can note a contact with an employer instead.",
                "request",
            )
        if self.employer is None and self.words is None:
            raise Refused(
                "Noem een werkgever, of schrijf kort wat je antwoord is.",
                "Name an employer, or write briefly what your answer is.",
                "words",
            )
        return [BrokerRequestAnswered(**about, **self.said())]

    def refers(self) -> Mapping[str, Reference]:
        return references.employer(self.employer)


class OfferLead(OnTrajectory):
    """Name a place where there may be work."""

    NAME = "offer-lead"
    YIELDS = (NetworkLeadOffered,)
    GUARDS = False

    lead: UUID = Field(default_factory=uuid4)
    offered_by: UUID | None = None
    """Somebody whom the client invited; who records it when that is one of them."""
    relation: Relation | None = None
    employer: UUID | None = None
    place: ShortText | None = None
    words: Story | None = None
    ask_for: Story | None = None
    """Whom to ask for there; only professionals of the team read this."""

    def decide(self, state: Trajectory, facts: Facts) -> Sequence[Event]:
        about = self.begin(state, facts)
        if self.lead in state.search.leads:
            return []
        somewhere(self.employer, self.place)
        offered_by = self._offered_by(state, facts)
        return [NetworkLeadOffered(**about, **self.said("offered_by"), offered_by=offered_by)]

    def _offered_by(self, state: Trajectory, facts: Facts) -> UUID | None:
        if facts.role is Role.NETWORK_MEMBER:
            if self.offered_by not in {None, facts.person}:
                raise Refused(
                    "Je geeft een tip van jezelf. Laat dit leeg.",
                    "You offer a lead of your own. Leave this empty.",
                    "offered_by",
                )
            return facts.person
        if self.offered_by is not None and state.circle.close(self.offered_by) is None:
            raise Refused(
                "Deze naaste is hier niet uitgenodigd. Laat dit leeg en vul in wat diegene van "
                "de cliënt is.",
                "This person was not invited here. Leave this empty and say what they are to the "
                "client.",
                "offered_by",
            )
        return self.offered_by

    def refers(self) -> Mapping[str, Reference]:
        return references.employer(self.employer)
