"""Events about peer groups: people who learn from each other; references and facts, no words."""

from __future__ import annotations

from datetime import date
from typing import ClassVar
from uuid import UUID

from domain.events.base import (
    Category,
    Event,
    Grant,
    GrantKind,
    Label,
    Retention,
    StreamKind,
)
from domain.language import Text
from domain.roles import Role

_PEER_OR_COACH = frozenset({Role.PEER, Role.JOB_COACH})


class _PeerGroupEvent(Event):
    STREAM = StreamKind.PEER_GROUP
    CATEGORY = Category.PEER_GROUP
    RETENTION = Retention.DIRECTORY
    RECORDED_BY = _PEER_OR_COACH


class PeerGroupStarted(_PeerGroupEvent):
    """A group began, by a client who is its first member, or by a coach at an organisation."""

    TYPE: ClassVar[str] = "peer_group.started.v1"
    RECORDED_BY = frozenset({Role.CLIENT, Role.JOB_COACH})
    CORRECTABLE = False
    STANDS = "peer_group"
    SENTENCE = Text(
        "Groep {name} begonnen[ bij {organisation}]", "Group {name} began[ at {organisation}]"
    )

    name: Label
    organisation: UUID | None = None
    """Whose coaches read and record here; none for a group on its own."""
    person: UUID | None = None
    """The client who began it."""

    def grants(self, stream: UUID) -> tuple[Grant, ...]:
        """The organisation's coaches read the group, and so does its first member."""
        coach = Role.JOB_COACH.value
        coaches = (
            (Grant(stream, "organisation", self.organisation, GrantKind.GROUP, coach),)
            if self.organisation
            else ()
        )
        return coaches if self.person is None else (*coaches, _reads(stream, self.person))


class PeerInvited(_PeerGroupEvent):
    """Somebody was asked into the group; until they say yes nobody learns a name by it."""

    TYPE: ClassVar[str] = "peer.invited.v1"
    CORRECTABLE = False
    STANDS = "peer/{person}"
    SENTENCE = Text("{person} uitgenodigd voor de groep", "{person} was invited to the group")

    person: UUID

    def grants(self, stream: UUID) -> tuple[Grant, ...]:
        """Who is invited may join, and reads nothing yet."""
        role = Role.PEER.value
        return (Grant(stream, f"peer/{self.person}", self.person, GrantKind.INVITED, role),)


class PeerJoined(_PeerGroupEvent):
    """Somebody joined the group, and reads of this group alone."""

    TYPE: ClassVar[str] = "peer.joined.v1"
    RECORDED_BY = _PEER_OR_COACH | {Role.CLIENT}
    CORRECTABLE = False
    STANDS = "peer/{person}"
    SENTENCE = Text("{person} doet mee met de groep", "{person} joined the group")

    person: UUID
    said_yes_on: date | None = None
    """The day on which they said yes to the coach who noted it; none: they joined by themselves."""

    def grants(self, stream: UUID) -> tuple[Grant, ...]:
        """A member reads the group."""
        return (_reads(stream, self.person),)


class PeerLeft(_PeerGroupEvent):
    """Somebody left the group, or does not take an invitation up."""

    TYPE: ClassVar[str] = "peer.left.v1"
    RECORDED_BY = _PEER_OR_COACH | {Role.CLIENT}
    CORRECTABLE = False
    ENDS = ("peer/{person}", "needs/{person}")
    SENTENCE = Text("{person} is uit de groep", "{person} left the group")

    person: UUID

    def grants(self, stream: UUID) -> tuple[Grant, ...]:
        """They read no more of the group; what they did in it stays in their own story."""
        role = Role.PEER.value
        return (Grant(stream, f"peer/{self.person}", self.person, GrantKind.WAS_PEER, role),)


class PeerNeedsSurveyed(_PeerGroupEvent):
    """What a member would like to learn, and what they can teach the others."""

    TYPE: ClassVar[str] = "peer.needs_surveyed.v1"
    RECORDED_BY = _PEER_OR_COACH | {Role.CLIENT}
    STANDS = "needs/{person}"
    SENTENCE = Text(
        "{person}[ wil leren: {needs}][; kan geven: {offers}]",
        "{person}[ would like to learn: {needs}][; can give: {offers}]",
    )

    person: UUID
    needs: tuple[Label, ...] = ()
    offers: tuple[Label, ...] = ()


class PeerSessionHeld(_PeerGroupEvent):
    """The group met."""

    TYPE: ClassVar[str] = "peer.session_held.v1"
    STANDS = "session/{session}"
    SENTENCE = Text("De groep kwam bij elkaar[: {topic}]", "The group met[: {topic}]")

    session: UUID
    topic: Label | None = None
    came: tuple[UUID, ...] = ()


class PeerTrainingGiven(_PeerGroupEvent):
    """A member trained the others."""

    TYPE: ClassVar[str] = "peer.training_given.v1"
    STANDS = "training/{training}"
    SENTENCE = Text(
        "Training: {topic}[, gegeven door {person}]", "Training: {topic}[, given by {person}]"
    )

    training: UUID
    person: UUID
    """The trainer, a member."""
    topic: Label
    came: tuple[UUID, ...] = ()
    """The members who were trained."""


def _reads(stream: UUID, person: UUID) -> Grant:
    return Grant(stream, f"peer/{person}", person, GrantKind.PEER, Role.PEER.value)
