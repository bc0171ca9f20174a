"""Events about who stands around the client: the team and the people the client invites."""

from __future__ import annotations

from typing import ClassVar
from uuid import UUID

from domain.events.base import Category, Event, Grant, GrantEnd, GrantKind
from domain.events.permissions import LegalBasis, Purpose
from domain.language import Choice, Text
from domain.roles import Role


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


class NetworkShare(Choice):
    """How much the client shares with somebody close; what it is about is said by permission."""

    OWN_ACTIONS = "own_actions", "ziet alleen de eigen acties", "sees only their own actions"
    READS_ALONG = "reads_along", "leest mee", "reads along"
    MAY_NOTE = "may_note", "leest mee en mag iets noteren", "reads along and may note something"


_LEFT = "left"
"""The row of the grants for a file without a coach; it has one at most."""


class TeamEvent(Event):
    """What every change of the team has: rights hang on it, so it is never corrected."""

    CATEGORY = Category.IDENTITY
    RECORDED_BY = frozenset({Role.JOB_COACH})
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

    def grants(self, stream: UUID) -> tuple[Grant | GrantEnd, ...]:
        """The member reads what the role may read; with a coach there is one again."""
        key = f"team/{self.person}"
        place = Grant(stream, key, self.person, GrantKind.TEAM, self.role.value, self.organisation)
        return (place, GrantEnd(stream, _LEFT)) if self.role is Role.JOB_COACH else (place,)


class TeamMemberLeft(TeamEvent):
    """Somebody left the team and reads no more."""

    TYPE: ClassVar[str] = "team.member_left.v1"
    ENDS = ("team/{person}",)
    SENTENCE = Text("{person} is uit het team", "{person} left the team")

    person: UUID
    leaves_to: UUID | None = None
    """The organisation for which the last coach worked: its team lead has the file until another
    coach comes. Absent as long as a coach is on the team."""

    def grants(self, stream: UUID) -> tuple[Grant | GrantEnd, ...]:
        """The member reads no more; of the last coach the organisation still has to do with it."""
        end = GrantEnd(stream, f"team/{self.person}")
        if self.leaves_to is None:
            return (end,)
        to, coach = self.leaves_to, Role.JOB_COACH.value
        return (end, Grant(stream, _LEFT, to, GrantKind.LEFT, coach, to))


class NetworkMemberInvited(TeamEvent):
    """The client asked somebody close to read along."""

    TYPE: ClassVar[str] = "network.invited.v1"
    RECORDED_BY = frozenset({Role.CLIENT})
    SUBJECT = "person"
    STANDS = "network/{person}"
    SENTENCE = Text(
        "{person} uitgenodigd[ ({relation})][: {share}]",
        "{person} was invited[ ({relation})][: {share}]",
    )

    person: UUID
    relation: Relation | None = None
    share: NetworkShare | None = None
    """As long as nothing was chosen they read along and may note something."""
    purpose: Purpose | None = None
    legal_basis: LegalBasis | None = None

    def grants(self, stream: UUID) -> tuple[Grant, ...]:
        """The invited sees what the client shares with them; nobody learns a name by it."""
        role = Role.NETWORK_MEMBER.value
        invited = Grant(stream, f"network/{self.person}", self.person, GrantKind.NETWORK, role)
        if self.share is None:
            return (invited,)
        return (invited, _shared(stream, self.person, self.share))


class NetworkShareChosen(TeamEvent):
    """The client chose anew how much somebody close sees and may note."""

    TYPE: ClassVar[str] = "network.share_chosen.v1"
    RECORDED_BY = frozenset({Role.CLIENT})
    SUBJECT = "person"
    STANDS = "network/{person}/share"
    SENTENCE = Text("{person}: {share}", "{person}: {share}")

    person: UUID
    share: NetworkShare

    def grants(self, stream: UUID) -> tuple[Grant, ...]:
        """From now on they see and note this much."""
        return (_shared(stream, self.person, self.share),)


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
        ends = (key, f"{key}/share", f"{key}/joined")
        return tuple(GrantEnd(stream, each) for each in ends)


def _shared(stream: UUID, person: UUID, share: NetworkShare) -> Grant:
    return Grant(stream, f"network/{person}/share", person, GrantKind.SHARE, share.value)
