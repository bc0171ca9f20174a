"""Who stands around the client, and who may read along: structure only."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date
from typing import NamedTuple, assert_never
from uuid import UUID

from domain.events.cover import CoverArranged, CoverEnded
from domain.events.permissions import (
    DisclosureAgreed,
    DisclosureDiscussed,
    DisclosureRevoked,
    EntrySendingStopped,
    EntrySent,
    MandateEnded,
    MandateKind,
    MandateNoted,
    PermissionGranted,
    PermissionWithdrawn,
    Purpose,
)
from domain.events.team import (
    NetworkMemberInvited,
    NetworkMemberJoined,
    NetworkMemberLeft,
    NetworkShare,
    NetworkShareChosen,
    Relation,
    TeamFormed,
    TeamMemberAdded,
    TeamMemberLeft,
)
from domain.events.topics import CoverTopic, PermissionTopic, TeamTopic
from domain.roles import Role
from domain.state.said import Mark, mark

STANDS_IN = (Role.JOB_COACH, Role.TEAM_LEAD)
"""The roles in which somebody stands in for a coach (reference 0.1)."""


def coaching(
    held: Iterable[tuple[UUID, str, UUID | None]],
) -> frozenset[tuple[UUID, UUID | None]]:
    """Name who coaches, and where, by all the roles that people hold and where."""
    return frozenset((who, where) for who, role, where in held if role == Role.JOB_COACH.value)


class Member(NamedTuple):
    """Somebody on the team."""

    person: UUID
    role: Role
    organisation: UUID | None


class Close(NamedTuple):
    """Somebody whom the client invited."""

    person: UUID
    joined: bool
    share: NetworkShare | None = None
    relation: Relation | None = None


class Permission(NamedTuple):
    """A permission in force, or one that was taken back."""

    id: UUID
    recipient: UUID
    until: date | None
    withdrawn: bool


class Disclosure(NamedTuple):
    """An agreement about what an employer may be told."""

    id: UUID
    employer: UUID
    revoked: bool


class Mandate(NamedTuple):
    """Somebody who represents the client, or did."""

    id: UUID
    person: UUID
    kind: MandateKind
    until: date | None
    ended: bool = False

    def holds(self, today: date) -> bool:
        """Say whether it still works."""
        return not self.ended and (self.until is None or today <= self.until)


class Sending(NamedTuple):
    """One entry that one person reads because the client wants it."""

    id: UUID
    entry: UUID
    reader: UUID
    stopped: bool = False
    words: Mark = None
    """The mark of what was written along."""
    purpose: Purpose | None = None
    said_yes_on: date | None = None
    """The day of the yes that a coach noted; none: the client sent it."""


class Cover(NamedTuple):
    """Somebody stands in for a coach between two days."""

    id: UUID
    coach: UUID
    person: UUID
    starts_on: date
    ends_on: date
    organisation: UUID | None = None
    ended: bool = False
    """Ended before its last day."""
    words: Mark = None

    def running(self, day: date) -> bool:
        """Whether it works that day."""
        return not self.ended and self.starts_on <= day <= self.ends_on

    def like(self, other: Cover) -> bool:
        """Whether both are the same arrangement, whatever they are called."""
        return not self.ended and self[1:5] == other[1:5]


class Circle(NamedTuple):
    """The people around the client and what they may read."""

    formed_on: date | None = None
    organisations: tuple[UUID, ...] = ()
    team: tuple[Member, ...] = ()
    network: tuple[Close, ...] = ()
    permissions: tuple[Permission, ...] = ()
    disclosures: tuple[Disclosure, ...] = ()
    mandates: tuple[Mandate, ...] = ()
    covers: tuple[Cover, ...] = ()
    sendings: tuple[Sending, ...] = ()
    left: Member | None = None
    """The coach who left last, as long as no other came."""

    @property
    def coaches(self) -> tuple[Member, ...]:
        """The job coaches on the team."""
        return tuple(each for each in self.team if each.role is Role.JOB_COACH)

    def member(self, person: UUID) -> Member | None:
        """Find somebody on the team."""
        return next((each for each in self.team if each.person == person), None)

    def close(self, person: UUID) -> Close | None:
        """Find somebody whom the client invited."""
        return next((each for each in self.network if each.person == person), None)

    def cover(self, wanted: UUID) -> Cover | None:
        """Find what was arranged while a coach is away, also when that ended."""
        return next((each for each in self.covers if each.id == wanted), None)

    def covering(self, person: UUID, day: date) -> Cover | None:
        """Find for whom somebody stands in that day."""
        return next((c for c in self.covers if c.person == person and c.running(day)), None)

    @property
    def working(self) -> tuple[Member, ...]:
        """The team, and who is to stand in for a coach in each role in which they may.

        Which of these has rights today, the grants say.
        """
        if not self.covers:
            return self.team
        standing_in = {
            (each.person, role): Member(each.person, role, each.organisation)
            for each in self.covers
            for role in STANDS_IN
            if not each.ended
        }
        team = {(each.person, each.role): each for each in self.team}
        return tuple((standing_in | team).values())

    def left_by_coaches(self, coaching: Collection[tuple[UUID, UUID | None]]) -> bool:
        """Say whether there was a coach of whom none still coaches here, where they did.

        `coaching` names who does, and where. Their place stands until the team ends it.
        """
        still = {person for person, _ in coaching}
        return bool(self.coaches or self.left) and not any(
            each.person in still
            if each.organisation is None
            else (each.person, each.organisation) in coaching
            for each in self.coaches
        )

    def permission(self, wanted: UUID) -> Permission | None:
        """Find a permission, also one that was withdrawn."""
        return next((each for each in self.permissions if each.id == wanted), None)

    def disclosure(self, wanted: UUID) -> Disclosure | None:
        """Find an agreement about openness, also one that was revoked."""
        return next((each for each in self.disclosures if each.id == wanted), None)

    def mandate(self, wanted: UUID) -> Mandate | None:
        """Find a mandate, also one that ended."""
        return next((each for each in self.mandates if each.id == wanted), None)

    def sending(self, wanted: UUID) -> Sending | None:
        """Find what was sent, also when that stopped."""
        return next((each for each in self.sendings if each.id == wanted), None)

    def sent(self, entry: UUID, reader: UUID) -> Sending | None:
        """Find by which sending somebody reads an entry now."""
        return next(
            (s for s in self.sendings if (s.entry, s.reader, s.stopped) == (entry, reader, False)),
            None,
        )

    def taken_back(self, entry: UUID, reader: UUID) -> bool:
        """Say whether somebody read an entry by a sending that was stopped."""
        return any((s.entry, s.reader, s.stopped) == (entry, reader, True) for s in self.sendings)

    def represented_by(self, person: UUID, today: date) -> bool:
        """Say whether somebody represents the client on this day."""
        return any(each.person == person and each.holds(today) for each in self.mandates)

    def with_close(self, close: Close) -> Circle:
        """Put somebody among those whom the client invited, once."""
        others = tuple(each for each in self.network if each.person != close.person)
        return self._replace(network=(*others, close))

    def with_member(self, member: Member) -> Circle:
        """Put somebody on the team, once."""
        others = tuple(each for each in self.team if each.person != member.person)
        left = None if member.role is Role.JOB_COACH else self.left
        return self._replace(team=(*others, member), left=left)

    def without(self, person: UUID, leaves_to: UUID | None) -> Circle:
        """Take somebody off the team; of the last coach it is kept for which organisation."""
        gone = self.member(person)
        now = self._replace(team=tuple(each for each in self.team if each.person != person))
        if gone is None or gone.role is not Role.JOB_COACH or now.coaches:
            return now
        return now._replace(left=gone._replace(organisation=leaves_to or gone.organisation))


def evolve_team(circle: Circle, event: TeamTopic) -> Circle:
    match event:
        case TeamFormed():
            return circle._replace(formed_on=event.occurred_on, organisations=event.organisations)
        case TeamMemberAdded():
            return circle.with_member(Member(event.person, event.role, event.organisation))
        case TeamMemberLeft():
            return circle.without(event.person, event.leaves_to)
        case NetworkMemberInvited():
            return circle.with_close(
                Close(event.person, joined=False, share=event.share, relation=event.relation)
            )
        case NetworkMemberJoined():
            now = circle.close(event.person) or Close(event.person, joined=True)
            return circle.with_close(now._replace(joined=True))
        case NetworkShareChosen():
            now = circle.close(event.person) or Close(event.person, joined=False)
            return circle.with_close(now._replace(share=event.share))
        case NetworkMemberLeft():
            stay = tuple(each for each in circle.network if each.person != event.person)
            return circle._replace(network=stay)
        case _:
            assert_never(event)


def evolve_cover(circle: Circle, event: CoverTopic) -> Circle:
    match event:
        case CoverArranged():
            cover = Cover(
                event.cover,
                event.coach,
                event.person,
                event.starts_on,
                event.ends_on,
                event.organisation,
                words=mark(event.words),
            )
            return circle._replace(covers=(*circle.covers, cover))
        case CoverEnded():
            covers = tuple(
                each._replace(ended=True) if each.id == event.cover else each
                for each in circle.covers
            )
            return circle._replace(covers=covers)
        case _:
            assert_never(event)


def evolve_permissions(circle: Circle, event: PermissionTopic) -> Circle:
    match event:
        case PermissionGranted():
            permission = Permission(event.permission, event.recipient, event.until, withdrawn=False)
            return circle._replace(permissions=(*circle.permissions, permission))
        case PermissionWithdrawn():
            permissions = tuple(
                each._replace(withdrawn=True) if each.id == event.permission else each
                for each in circle.permissions
            )
            return circle._replace(permissions=permissions)
        case DisclosureDiscussed():
            return circle
        case DisclosureAgreed():
            agreed = Disclosure(event.disclosure, event.employer, revoked=False)
            return circle._replace(disclosures=(*circle.disclosures, agreed))
        case DisclosureRevoked():
            disclosures = tuple(
                each._replace(revoked=True) if each.id == event.disclosure else each
                for each in circle.disclosures
            )
            return circle._replace(disclosures=disclosures)
        case MandateNoted():
            mandate = Mandate(event.mandate, event.person, event.kind, event.until)
            return circle._replace(mandates=(*circle.mandates, mandate))
        case MandateEnded():
            mandates = tuple(
                each._replace(ended=True) if each.id == event.mandate else each
                for each in circle.mandates
            )
            return circle._replace(mandates=mandates)
        case EntrySent():
            sending = Sending(
                *(event.sending, event.entry, event.reader),
                words=mark(event.words),
                purpose=event.purpose,
                said_yes_on=event.said_yes_on,
            )
            return circle._replace(sendings=(*circle.sendings, sending))
        case EntrySendingStopped():
            sendings = tuple(
                each._replace(stopped=True) if each.id == event.sending else each
                for each in circle.sendings
            )
            return circle._replace(sendings=sendings)
        case _:
            assert_never(event)
