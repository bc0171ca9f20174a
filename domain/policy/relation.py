"""What ties a reader to a trajectory, taken from the grants; no tie means it does not exist."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

from domain.events.base import Category, Grant, GrantKind
from domain.events.cover import begins_on
from domain.events.team import NetworkShare
from domain.policy.organisations import overseen_from, speaks_for
from domain.policy.sent import sendings, sent_to
from domain.policy.table import PROFESSIONALS
from domain.policy.told import takes_part
from domain.roles import Role
from domain.state.circle import STANDS_IN

BY_PERMISSION = frozenset({Role.JOB_BROKER, Role.CLIENT_MANAGER, Role.LABOUR_EXPERT})
"""Those who may also come in by a permission, without being on the team."""

_AROUND = frozenset(
    {
        *(GrantKind.CLIENT, GrantKind.TEAM, GrantKind.NETWORK, GrantKind.MANDATE),
        GrantKind.EMERGENCY,
    }
)
BY_ORGANISATION = frozenset({Role.TEAM_LEAD, Role.PRIVACY_OFFICER})
"""Those who come in by the role that they hold where a member of the team works."""

BY_KIND = {
    Role.CLIENT: GrantKind.CLIENT,
    Role.NETWORK_MEMBER: GrantKind.NETWORK,
    Role.LEGAL_REPRESENTATIVE: GrantKind.MANDATE,
}
ON_TEAM = PROFESSIONALS | {Role.PEER_WORKER}
_SHARES = {share.value: share for share in NetworkShare}

_HIDES = frozenset({GrantKind.SHIELDED, GrantKind.UNDONE})

_LETTERS = {category.value: category for category in Category}


class Reader(NamedTuple):
    """Who asks, in which role, for which organisation."""

    person: UUID
    role: Role
    organisation: UUID | None = None


@dataclass(frozen=True, slots=True)
class Job:
    """A job of the trajectory at an employer of which the reader is a contact person."""

    employer: UUID
    placement: UUID | None
    """None when the grant does not tell; then it is seen as if it had ended."""
    ended: bool = False


@dataclass(frozen=True, slots=True)
class Relation:
    """The tie of one reader with one trajectory, in the role they act in, on one day."""

    reader: Reader
    trajectory: UUID
    permitted: frozenset[Category] = frozenset()
    """Categories for which a permission to them is in force, or that their mandate names."""
    outside: bool = False
    """No coach on the team works for the care organisation."""
    jobs: frozenset[Job] = frozenset()
    judged: frozenset[UUID] = frozenset()
    """The choices that they judged as an auditor: of these they see how it went."""
    share: NetworkShare | None = None
    """How much the client shares with somebody close; None for everybody else."""
    permissions: frozenset[UUID] = frozenset()
    """What more is seen by than without: permissions, mandates, and what the client sent."""
    emergency: UUID | None = None
    """The emergency that alone ties them: they read, and record nothing."""
    until: datetime | None = None
    """When that ends."""
    hidden: frozenset[UUID] = frozenset()
    """What does not exist for them unless they recorded it: entries, and what those began."""
    sent: frozenset[UUID] = frozenset()
    """The entries that the client sent them, and by which sending."""
    shields: bool = False
    """Some of it was shielded: what others are told follows from the rest."""
    day: date | None = None
    """Which day it is for an employer, who is told of coming appointments only."""

    @property
    def role(self) -> Role:
        """The role whose column of the matrix counts."""
        return self.reader.role


def in_force(grant: Grant, today: date) -> bool:
    """Say whether a grant works today; its first and last day count."""
    if grant.kind is GrantKind.COVER and today < begins_on(grant):
        return False
    return grant.until is None or today <= grant.until


def coached(coach: UUID, grants: Iterable[Grant], today: date) -> list[UUID]:
    """Name the trajectories on whose team somebody is as a job coach."""
    return [
        grant.stream
        for grant in grants
        if grant.kind is GrantKind.TEAM
        and grant.holder == coach
        and grant.role == Role.JOB_COACH.value
        and in_force(grant, today)
    ]


def on_teams(reader: Reader, grants: Iterable[Grant], today: date) -> frozenset[UUID]:
    """Name the trajectories on whose team the reader stands in the role they act in.

    A place lasts while it could still be given: as long as they hold that role in the organisation
    for which they were noted, or in any where none was. `grants` are all that the reader holds.
    """
    mine = [each for each in grants if each.holder == reader.person and in_force(each, today)]
    places = {each.organisation for each in mine if _gives_role(each, reader)}
    return frozenset(
        each.stream
        for each in mine
        if each.kind is GrantKind.TEAM
        and each.role == reader.role.value
        and places
        and each.organisation in {None, *places}
    )


def holds_role(reader: Reader, grants: Iterable[Grant], today: date) -> bool:
    """Say whether the reader was given this role and still has it."""
    return bool(roles_at(reader, grants, today))


def roles_at(reader: Reader, grants: Iterable[Grant], today: date) -> frozenset[UUID | None]:
    """Name the organisations for which the reader has this role, of those they act for."""
    return frozenset(
        grant.organisation
        for grant in grants
        if _gives_role(grant, reader)
        and in_force(grant, today)
        and reader.organisation in {None, grant.organisation}
    )


def in_group(reader: Reader, group: UUID, grants: Iterable[Grant], today: date) -> bool:
    """Say whether the reader is in this peer group, or coaches at the organisation that has it.

    `grants` are all rows of the group's stream and all rows whose holder is the reader.
    """
    rows = list(grants)
    if reader.role is Role.JOB_COACH:
        return works_where(reader, group, GrantKind.GROUP, rows, today)
    return takes_part(reader.role) and any(
        grant.kind is GrantKind.PEER and grant.holder == reader.person
        for grant in rows
        if grant.stream == group and in_force(grant, today)
    )


def works_where(
    reader: Reader, stream: UUID, kind: GrantKind, grants: Iterable[Grant], today: date
) -> bool:
    """Say whether the reader holds their role at an organisation that has this stream.

    `kind` is the grant that says so. `grants` are all rows of the stream and all rows whose
    holder is the reader.
    """
    live = [grant for grant in grants if in_force(grant, today)]
    has_it = {grant.holder for grant in live if grant.stream == stream and grant.kind is kind}
    return any(
        grant.organisation in has_it and reader.organisation in {None, grant.organisation}
        for grant in live
        if _gives_role(grant, reader)
    )


def relation(
    reader: Reader, trajectory: UUID, grants: Iterable[Grant], today: date
) -> Relation | None:
    """Find what ties the reader to the trajectory in this role, or None when nothing does.

    `grants` are all rows of the trajectory's stream and all rows whose holder is the reader.
    """
    rows = list(grants)
    here = [grant for grant in rows if grant.stream == trajectory]
    live = [grant for grant in here if in_force(grant, today)]
    mine = [grant for grant in rows if grant.holder == reader.person and in_force(grant, today)]
    given = _permitted(reader, live, mine)
    hidden, shields = _hidden(reader, here)
    proven = {grant.organisation for grant in mine if _gives_role(grant, reader)}
    covers = _stands_in(reader, live, mine)
    if covers:  # a team lead too has the rights of the coach meanwhile
        reader = reader._replace(role=Role.JOB_COACH)
    tie = Relation(
        reader,
        trajectory,
        _letters(given),
        _outside(reader, live, proven),
        _jobs(reader, here, mine, today),
        _judged(reader, live),
        _share(reader, live),
        frozenset(filter(None, map(_named, given))) | sendings(reader.person, reader.role, live),
        hidden=hidden,
        sent=sent_to(reader.person, reader.role, live),
        shields=shields,
        day=today if reader.role is Role.EMPLOYER else None,
    )
    return tie if covers or _holds(tie, live, mine, today) else None


def stood_in(reader: Reader, grants: Iterable[Grant], today: date) -> set[UUID]:
    """Name the trajectories whose coach the reader stands in for today."""
    return {
        grant.stream
        for grant in grants
        if grant.kind is GrantKind.COVER
        and grant.holder == reader.person
        and reader.role in STANDS_IN
        and in_force(grant, today)
    }


def _stands_in(reader: Reader, live: list[Grant], mine: list[Grant]) -> bool:
    """Say whether the reader, who is a coach or leads some, stands in for the coach here."""
    return (
        reader.role in STANDS_IN
        and any(grant.kind is GrantKind.COVER and grant.holder == reader.person for grant in live)
        and any(_gives_role(grant, reader) for grant in mine)
    )


def _holds(tie: Relation, live: list[Grant], mine: list[Grant], today: date) -> bool:
    """Hold one rule for each role; a role in a token alone is never enough."""
    reader = tie.reader
    role = reader.role
    held = any(_gives_role(grant, reader) for grant in mine)
    kinds = {grant.kind for grant in live if grant.holder == reader.person}
    if role in BY_KIND:
        return BY_KIND[role] in kinds
    if role is Role.EMPLOYER:
        return bool(tie.jobs)
    if role is Role.AUDITOR:
        # Who stands around the client, or read in an emergency, does not audit it, and would know
        # whom the pseudonyms hide.
        return GrantKind.SAMPLE in kinds and held and not kinds & _AROUND
    if role in BY_ORGANISATION:
        return held and _of_its_own(reader, live, mine, today)
    if role in ON_TEAM and tie.trajectory in on_teams(reader, mine, today):
        return True
    return role in BY_PERMISSION and held and bool(tie.permitted)


def _of_its_own(reader: Reader, live: list[Grant], mine: list[Grant], today: date) -> bool:
    """Say whether it is a file of the reader's organisation.

    A privacy officer who stands around the client would know whom the pseudonyms hide.
    """
    around = reader.role is Role.PRIVACY_OFFICER and any(
        grant.holder == reader.person and grant.kind in _AROUND for grant in live
    )
    there = roles_at(reader, mine, today)
    return not around and not there.isdisjoint(overseen_from(reader.role, live))


def _share(reader: Reader, live: list[Grant]) -> NetworkShare | None:
    """Say how much is shared with somebody close; who was invited before may note as well."""
    if reader.role is not Role.NETWORK_MEMBER:
        return None
    chosen = (
        _SHARES.get(grant.role)
        for grant in live
        if grant.kind is GrantKind.SHARE and grant.holder == reader.person
    )
    return next(chosen, NetworkShare.MAY_NOTE)


def _gives_role(grant: Grant, reader: Reader) -> bool:
    return (
        grant.kind is GrantKind.ROLE
        and grant.holder == reader.person
        and grant.role == reader.role.value
    )


def _permitted(reader: Reader, live: list[Grant], mine: list[Grant]) -> list[Grant]:
    """Collect the permissions in force of the reader or their organisation.

    An organisation counts only while the reader holds this role in it, a permission that was given
    for work only while they work there. An auditor reads by what was given for an audit: what is
    for care or work was not given to look back on it. Of somebody who represents the client it is
    what their mandates name, and no permission.
    """
    if reader.role is Role.LEGAL_REPRESENTATIVE:
        own = (grant for grant in live if grant.holder == reader.person)
        return [grant for grant in own if grant.kind is GrantKind.MANDATE]
    if _share(reader, live) is NetworkShare.OWN_ACTIONS:
        return []
    proven = {grant.organisation for grant in mine if _gives_role(grant, reader)}
    works_at = {grant.organisation for grant in mine if grant.kind is GrantKind.ROLE} | {None}
    if reader.organisation is not None:
        proven &= {reader.organisation}
        works_at &= {reader.organisation, None}
    holders = {reader.person} | proven - {None}
    given_for = {reader.role.value} | (set() if reader.role is Role.AUDITOR else {""})
    return [
        grant
        for grant in live
        if grant.kind is GrantKind.PERMISSION
        and grant.holder in holders
        and grant.organisation in works_at
        and grant.role in given_for
    ]


def _letters(grants: Iterable[Grant]) -> frozenset[Category]:
    return frozenset(
        _LETTERS[letter]
        for grant in grants
        for letter in grant.categories.split(",")
        if letter in _LETTERS
    )


def _jobs(reader: Reader, here: list[Grant], mine: list[Grant], today: date) -> frozenset[Job]:
    """Name the jobs of this trajectory at the employers that the reader speaks for."""
    employers = speaks_for(reader.role, mine)
    if not employers:
        return frozenset()
    return frozenset(
        Job(grant.holder, _named(grant), ended=not in_force(grant, today))
        for grant in here
        if grant.kind is GrantKind.EMPLOYER and grant.holder in employers
    )


def _judged(reader: Reader, live: list[Grant]) -> frozenset[UUID]:
    if reader.role is not Role.AUDITOR:
        return frozenset()
    judged = (
        _named(grant)
        for grant in live
        if grant.kind is GrantKind.JUDGED and grant.holder == reader.person
    )
    return frozenset(choice for choice in judged if choice is not None)


def _hidden(reader: Reader, here: Iterable[Grant]) -> tuple[frozenset[UUID], bool]:
    """Name what was shielded or taken back; the client sees what became of it."""
    if reader.role is Role.CLIENT:
        return frozenset(), False
    rows = [grant for grant in here if grant.kind in _HIDES]
    shields = any(grant.kind is GrantKind.SHIELDED for grant in rows)
    return frozenset(grant.holder for grant in rows), shields


def _named(grant: Grant) -> UUID | None:
    """Give the id that its key ends with; None when it tells none: then nothing follows."""
    try:
        return UUID(grant.key.rpartition("/")[2])
    except ValueError:
        return None


def _outside(reader: Reader, live: list[Grant], proven: set[UUID | None]) -> bool:
    """Say whether no coach and care worker share an organisation; an unknown one never counts.

    Seen from the reader where that is one of the two, so that a second care organisation does
    not profit from a coach who works for the first. Of the reader it counts only when they hold
    that role there (`proven`): on a team anybody can be noted under any organisation. Who stands
    in for a coach counts for themselves alone.
    """

    def stands_in(grant: Grant) -> bool:
        return grant.kind is GrantKind.COVER and grant.holder == reader.person

    def organisations(role: Role) -> set[UUID]:
        return {
            grant.organisation
            for grant in live
            if (grant.kind is GrantKind.TEAM or stands_in(grant))
            and grant.role == role.value
            and grant.organisation is not None
            and (
                reader.role is not role
                or (grant.holder == reader.person and grant.organisation in proven)
            )
        }

    return organisations(Role.JOB_COACH).isdisjoint(organisations(Role.CARE_WORKER))
