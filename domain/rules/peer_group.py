"""Rules for peer groups: starting one, who is in it, and what they learn from each other."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Annotated
from uuid import UUID

from pydantic import Field

from domain.events.base import Event, StreamKind
from domain.events.peer_group import (
    PeerGroupStarted,
    PeerInvited,
    PeerJoined,
    PeerLeft,
    PeerNeedsSurveyed,
    PeerSessionHeld,
    PeerTrainingGiven,
)
from domain.roles import Role
from domain.rules import references
from domain.rules.base import Facts, Refused, not_later
from domain.rules.limits import Day, ShortText
from domain.rules.references import Reference
from domain.rules.shared import Labels, NewId, Registration, once
from domain.state.peer_group import PeerGroup


class StartPeerGroup(Registration):
    """Start a group of people who learn from each other."""

    NAME = "start-peer-group"
    STREAM = StreamKind.PEER_GROUP
    YIELDS = (PeerGroupStarted,)
    CREATES = True

    name: ShortText
    organisation: UUID | None = None

    def decide(self, state: PeerGroup, facts: Facts) -> Sequence[Event]:
        if (state.name, state.organisation) == (self.name, self.organisation):
            return []
        if state.name is not None:
            raise Refused(
                "Deze groep is er al. Begin een nieuwe groep.",
                "This group exists already. Start a new one.",
            )
        if facts.role is Role.JOB_COACH and self.organisation is None:
            raise Refused(
                "Kies bij welke organisatie de groep hoort; anders lees je zelf niet mee.",
                "Choose to which organisation the group belongs, or you would not read along.",
                "organisation",
            )
        first = facts.person if facts.role is Role.CLIENT else None
        return [PeerGroupStarted(**self.when(facts), **self.said(), person=first)]

    def refers(self) -> Mapping[str, Reference]:
        return references.organisation(self.organisation)


class InvitePeer(Registration):
    """Ask somebody into the group; they say yes themselves."""

    NAME = "invite-peer"
    STREAM = StreamKind.PEER_GROUP
    YIELDS = (PeerInvited,)

    person: UUID

    def decide(self, state: PeerGroup, facts: Facts) -> Sequence[Event]:
        _known(state)
        if state.member(self.person) is not None or self.person in state.invited:
            return []
        _not_oneself(self.person, facts)
        if facts.role is not Role.JOB_COACH and state.peer(self.person) is not None:
            raise Refused(
                "Deze persoon is gestopt met de groep. Wie terug wil, zegt dat tegen een coach.",
                "This person left the group. Who wants to come back tells a coach.",
                "person",
            )
        return [PeerInvited(**self.when(facts), person=self.person)]

    def refers(self) -> Mapping[str, Reference]:
        return references.person(self.person)


class JoinPeerGroup(Registration):
    """Take an invitation up, or let somebody join whom you coach and who said yes to you."""

    NAME = "join-peer-group"
    STREAM = StreamKind.PEER_GROUP
    YIELDS = (PeerJoined,)

    person: UUID
    said_yes_on: Day | None = None
    """Asked of a coach: the day on which they said yes."""

    def decide(self, state: PeerGroup, facts: Facts) -> Sequence[Event]:
        _known(state)
        if state.member(self.person) is not None:
            return []
        if facts.role is Role.JOB_COACH:
            self._noted_by_coach(facts)
        elif self.person != facts.person:
            raise Refused(
                "Wie meedoet, zegt zelf ja. Nodig de persoon uit.",
                "Who takes part says yes themselves. Invite this person.",
                "person",
            )
        elif self.person not in state.invited:
            raise Refused(
                "Je bent nog niet uitgenodigd. Vraag het aan iemand uit de groep of aan een coach.",
                "You were not invited yet. Ask somebody in the group, or a coach.",
                "person",
            )
        return [PeerJoined(**self.when(facts), **self.said())]

    def _noted_by_coach(self, facts: Facts) -> None:
        _not_oneself(self.person, facts)
        if self.said_yes_on is None:
            raise Refused(
                "Noteer op welke dag deze persoon ja zei, of nodig de persoon uit.",
                "Note on which day this person said yes, or invite them.",
                "said_yes_on",
            )
        not_later(self.said_yes_on, facts, "said_yes_on")

    def refers(self) -> Mapping[str, Reference]:
        return references.person(self.person)


class RemovePeer(Registration):
    """Note that somebody left the group, or does not take an invitation up."""

    NAME = "remove-peer"
    STREAM = StreamKind.PEER_GROUP
    YIELDS = (PeerLeft,)

    person: UUID

    def decide(self, state: PeerGroup, facts: Facts) -> Sequence[Event]:
        _known(state)
        if facts.role in {Role.PEER, Role.CLIENT} and self.person != facts.person:
            raise Refused(
                "Je kunt alleen voor jezelf stoppen. De ander kan dat zelf doen.",
                "You can stop only for yourself. The other person can do so as well.",
                "person",
            )
        if state.member(self.person) is None and self.person not in state.invited:
            return []
        return [PeerLeft(**self.when(facts), person=self.person)]


class SurveyNeeds(Registration):
    """Note what a member would like to learn, and what they can teach the others."""

    NAME = "survey-needs"
    STREAM = StreamKind.PEER_GROUP
    YIELDS = (PeerNeedsSurveyed,)

    person: UUID
    needs: Labels = ()
    """Short names of things, as 'sollicitatiegesprek'."""
    offers: Labels = ()

    def decide(self, state: PeerGroup, facts: Facts) -> Sequence[Event]:
        _known(state)
        if facts.role is Role.CLIENT and self.person != facts.person:
            raise Refused(
                "Je kunt dit alleen voor jezelf noteren. De ander kan dat zelf doen.",
                "You can note this only for yourself. The other person can do so as well.",
                "person",
            )
        peer = state.member(self.person)
        if peer is None:
            raise _not_in_the_group("person")
        needs, offers = once(self.needs), once(self.offers)
        if (peer.needs, peer.offers) == (needs, offers):
            return []
        about = self.when(facts)
        return [PeerNeedsSurveyed(**about, person=self.person, needs=needs, offers=offers)]


class LogSession(Registration):
    """Note that the group met, about what, and who came."""

    NAME = "log-session"
    STREAM = StreamKind.PEER_GROUP
    YIELDS = (PeerSessionHeld,)

    session: NewId
    topic: ShortText | None = None
    came: Annotated[tuple[UUID, ...], Field(max_length=200)] = ()

    def decide(self, state: PeerGroup, facts: Facts) -> Sequence[Event]:
        _known(state)
        if self.session in state.held:
            return []
        self.check(state, facts)
        about = self.when(facts)
        return [PeerSessionHeld(**about, **self.said("came"), came=once(self.came))]

    def check(self, state: PeerGroup, facts: Facts) -> None:
        """Refuse whoever is not in the group, nor was."""
        del facts
        _all_in_the_group(self.came, state)


class LogTraining(Registration):
    """Note that a member trained the others."""

    NAME = "log-training"
    STREAM = StreamKind.PEER_GROUP
    YIELDS = (PeerTrainingGiven,)

    training: NewId
    person: UUID
    """Who gave it: a member."""
    topic: ShortText
    came: Annotated[tuple[UUID, ...], Field(max_length=200)] = ()
    """The members who were trained."""

    def decide(self, state: PeerGroup, facts: Facts) -> Sequence[Event]:
        _known(state)
        if self.training in state.held:
            return []
        self.check(state, facts)
        about = self.when(facts)
        return [PeerTrainingGiven(**about, **self.said("came"), came=once(self.came))]

    def check(self, state: PeerGroup, facts: Facts) -> None:
        """Refuse whoever is not in the group, nor was."""
        del facts
        if state.peer(self.person) is None:
            raise _not_in_the_group("person")
        _all_in_the_group(self.came, state)


def _known(state: PeerGroup) -> None:
    if state.name is None:
        raise Refused(
            "Deze groep is er nog niet. Begin de groep eerst.",
            "There is no such group yet. Start it first.",
        )


def _not_oneself(person: UUID, facts: Facts) -> None:
    if facts.role is Role.JOB_COACH and person == facts.person:
        raise Refused(
            "De groep is van de deelnemers. Wie zelf meedoet, wordt door een ander uitgenodigd.",
            "The group is of its members. Who takes part is invited by somebody else.",
            "person",
        )


def _all_in_the_group(people: Iterable[UUID], state: PeerGroup) -> None:
    for at, each in enumerate(people):
        if state.peer(each) is None:
            raise _not_in_the_group(f"came.{at}")


def _not_in_the_group(field: str) -> Refused:
    return Refused(
        "Deze persoon zit niet in de groep. Voeg de persoon eerst toe.",
        "This person is not in the group. Add the person first.",
        field,
    )
