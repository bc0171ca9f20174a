"""Events about who stands around the client: the team and the people the client invites."""

from __future__ import annotations

from typing import ClassVar
from uuid import UUID

from domain.events.base import Category, Event, Grant, GrantEnd, GrantKind
from domain.language import Choice, Text
from domain.roles import Role

_TEAM = frozenset({Role.JOB_COACH, Role.CARE_WORKER, Role.TEAM_LEAD})


class Relation(Choice):
    """What somebody is to the client."""

    PARTNER = "partner", "partner", "partner"
    PARENT = "parent", "ouder", "parent"
    CHILD = "child", "kind", "child"
    SIBLING = "sibling", "broer of zus", "brother or sister"
    FAMILY = "family", "familie", "family"
    FRIEND = "friend", "vriend", "friend"
    NEIGHBOUR = "neighbour", "buur", "neighbour"
    OTHER = "other", "bekende", "acquaintance"


class TeamEvent(Event):
    """What every change of the team has: rights hang on it, so it is never corrected."""

    CATEGORY = Category.IDENTITY
    RECORDED_BY = _TEAM
    CORRECTABLE = False


class TeamFormed(TeamEvent):
    """The people around the client agreed to work as one team."""

    TYPE: ClassVar[str] = "team.formed.v1"
    STANDS = "team_formed"
    SENTENCE = Text(
        "Het team is gevormd[ met {organisations}]", "The team was formed[ with {organisations}]"
    )

    organisations: tuple[UUID, ...] = ()


class TeamMemberAdded(TeamEvent):
    """Somebody joined the team and reads along from now on."""

    TYPE: ClassVar[str] = "team.member_added.v1"
    STANDS = "team/{person}"
    SENTENCE = Text(
        "{person} is erbij gekomen als {role}[, {organisation}]",
        "{person} joined as {role}[, {organisation}]",
    )

    person: UUID
    role: Role
    organisation: UUID | None = None

    def grants(self, stream: UUID) -> tuple[Grant, ...]:
        """The member reads what the role may read."""
        key = f"team/{self.person}"
        return (
            Grant(stream, key, self.person, GrantKind.TEAM, self.role.value, self.organisation),
        )


class TeamMemberLeft(TeamEvent):
    """Somebody left the team and reads no more."""

    TYPE: ClassVar[str] = "team.member_left.v1"
    ENDS = ("team/{person}",)
    SENTENCE = Text("{person} is uit het team", "{person} left the team")

    person: UUID

    def grants(self, stream: UUID) -> tuple[GrantEnd, ...]:
        """The member reads no more."""
        return (GrantEnd(stream, f"team/{self.person}"),)


class NetworkMemberInvited(TeamEvent):
    """The client asked somebody close to read along."""

    TYPE: ClassVar[str] = "network.invited.v1"
    RECORDED_BY = frozenset({Role.CLIENT})
    SUBJECT = "person"
    STANDS = "network/{person}"
    SENTENCE = Text("{person} uitgenodigd[ ({relation})]", "{person} was invited[ ({relation})]")

    person: UUID
    relation: Relation | None = None

    def grants(self, stream: UUID) -> tuple[Grant, ...]:
        """The invited sees what the client shares with them; nobody learns a name by it."""
        role = Role.NETWORK_MEMBER.value
        return (Grant(stream, f"network/{self.person}", self.person, GrantKind.NETWORK, role),)


class NetworkMemberJoined(TeamEvent):
    """Somebody close took the invitation up; from then on they are called by name."""

    TYPE: ClassVar[str] = "network.joined.v1"
    RECORDED_BY = frozenset({Role.NETWORK_MEMBER, Role.JOB_COACH})
    SUBJECT = "person"
    STANDS = "network/{person}/joined"
    SENTENCE = Text("{person} doet mee", "{person} joined in")

    person: UUID

    def grants(self, stream: UUID) -> tuple[Grant, ...]:
        """Who stands around the client may know who they are."""
        key, role = f"network/{self.person}/joined", Role.NETWORK_MEMBER.value
        return (Grant(stream, key, self.person, GrantKind.JOINED, role),)


class NetworkMemberLeft(TeamEvent):
    """Somebody close sees no more; they get no message about it (reference 0.1)."""

    TYPE: ClassVar[str] = "network.left.v1"
    RECORDED_BY = frozenset({Role.CLIENT, Role.NETWORK_MEMBER})
    SUBJECT = "person"
    ENDS = ("network/{person}",)
    SENTENCE = Text("{person} leest niet meer mee", "{person} no longer reads along")

    person: UUID

    def grants(self, stream: UUID) -> tuple[GrantEnd, ...]:
        """Nothing is shared with them any more."""
        key = f"network/{self.person}"
        return (GrantEnd(stream, key), GrantEnd(stream, f"{key}/joined"))
