"""What ties a reader to a trajectory, taken from the grants; no tie means it does not exist."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple
from uuid import UUID

from domain.events.base import Category, Grant, GrantKind
from domain.policy.table import PROFESSIONALS, ROLES
from domain.roles import Role

BY_PERMISSION = frozenset({Role.JOB_BROKER, Role.CLIENT_MANAGER})
"""Those who may also come in by a permission, without being on the team."""

_AROUND = frozenset({GrantKind.CLIENT, GrantKind.TEAM, GrantKind.NETWORK})

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
    """Categories for which a permission to them is in force."""
    outside: bool = False
    """No coach on the team works for the care organisation."""
    jobs: frozenset[Job] = frozenset()
    judged: frozenset[UUID] = frozenset()
    """The choices that they judged as an auditor: of these they see how it went."""

    @property
    def role(self) -> Role:
        """The role they act in."""
        return self.reader.role


def in_force(grant: Grant, today: date) -> bool:
    """Say whether a grant works today; its last day counts."""
    return grant.until is None or today <= grant.until


def holds_role(reader: Reader, grants: Iterable[Grant], today: date) -> bool:
    """Say whether the reader was given this role and still has it."""
    return any(
        grant.organisation == reader.organisation or reader.organisation is None
        for grant in grants
        if _gives_role(grant, reader) and in_force(grant, today)
    )


def in_group(reader: Reader, group: UUID, grants: Iterable[Grant], today: date) -> bool:
    """Say whether the reader is in this peer group, or coaches at the organisation that has it.

    `grants` are all rows of the group's stream and all rows whose holder is the reader.
    """
    rows = list(grants)
    if reader.role is Role.JOB_COACH:
        return works_where(reader, group, GrantKind.GROUP, rows, today)
    return reader.role in {Role.PEER, Role.CLIENT} and any(
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
    jobs = _jobs(reader, here, mine, today)
    permitted = _permitted(reader, live, mine)
    if not _tied(reader, live, mine, permitted=permitted, jobs=jobs):
        return None
    outside, judged = _outside(reader, live, mine), _judged(reader, live)
    return Relation(reader, trajectory, permitted, outside, jobs, judged)


def _tied(
    reader: Reader,
    live: list[Grant],
    mine: list[Grant],
    *,
    permitted: frozenset[Category],
    jobs: frozenset[Job],
) -> bool:
    """Hold one rule for each role; a role in a token alone is never enough."""
    role = reader.role
    if role not in ROLES:
        return False
    held = any(_gives_role(grant, reader) for grant in mine)
    kinds = {grant.kind for grant in live if grant.holder == reader.person}
    if role is Role.CLIENT:
        return GrantKind.CLIENT in kinds
    if role is Role.NETWORK_MEMBER:
        return GrantKind.NETWORK in kinds
    if role is Role.EMPLOYER:
        return bool(jobs)
    if role is Role.AUDITOR:
        # Who stands around the client does not audit it, and would know whom the pseudonyms hide.
        return GrantKind.SAMPLE in kinds and held and not kinds & _AROUND
    if role in PROFESSIONALS and any(_on_team(grant, reader) for grant in live):
        # The client alone appoints a coordinator, and makes nobody one who is not.
        return held or role is not Role.EK_COORDINATOR
    return role in BY_PERMISSION and held and bool(permitted)


def _gives_role(grant: Grant, reader: Reader) -> bool:
    return (
        grant.kind is GrantKind.ROLE
        and grant.holder == reader.person
        and grant.role == reader.role.value
    )


def _on_team(grant: Grant, reader: Reader) -> bool:
    return (
        grant.kind is GrantKind.TEAM
        and grant.holder == reader.person
        and grant.role == reader.role.value
    )


def _permitted(reader: Reader, live: list[Grant], mine: list[Grant]) -> frozenset[Category]:
    """Collect what the reader, their organisation or their employer was permitted to read.

    An organisation counts only while the reader holds this role in it, a permission that was given
    for work only while they work there.
    """
    proven = {grant.organisation for grant in mine if _gives_role(grant, reader)}
    works_at = {grant.organisation for grant in mine if grant.kind is GrantKind.ROLE} | {None}
    if reader.organisation is not None:
        proven &= {reader.organisation}
        works_at &= {reader.organisation, None}
    employers = {grant.stream for grant in mine if grant.kind is GrantKind.CONTACT}
    holders = {reader.person} | proven - {None}
    if reader.role is Role.EMPLOYER:
        holders |= employers
    return frozenset(
        _LETTERS[letter]
        for grant in live
        if grant.kind is GrantKind.PERMISSION
        and grant.holder in holders
        and grant.organisation in works_at
        and grant.role in {"", reader.role.value}
        for letter in grant.categories.split(",")
        if letter in _LETTERS
    )


def _jobs(reader: Reader, here: list[Grant], mine: list[Grant], today: date) -> frozenset[Job]:
    """Name the jobs of this trajectory at the employers that the reader speaks for."""
    if reader.role is not Role.EMPLOYER:
        return frozenset()
    employers = {grant.stream for grant in mine if grant.kind is GrantKind.CONTACT}
    return frozenset(
        Job(grant.holder, _last_id(grant), ended=not in_force(grant, today))
        for grant in here
        if grant.kind is GrantKind.EMPLOYER and grant.holder in employers
    )


def _judged(reader: Reader, live: list[Grant]) -> frozenset[UUID]:
    if reader.role is not Role.AUDITOR:
        return frozenset()
    return frozenset(
        decision
        for grant in live
        if grant.kind is GrantKind.JUDGED
        and grant.holder == reader.person
        and (decision := _last_id(grant)) is not None
    )


def _last_id(grant: Grant) -> UUID | None:
    try:
        return UUID(grant.key.rpartition("/")[2])
    except ValueError:
        return None


def _outside(reader: Reader, live: list[Grant], mine: list[Grant]) -> bool:
    """Say whether no coach and care worker share an organisation; an unknown one never counts.

    Seen from the reader where that is one of the two, so that a second care organisation does
    not profit from a coach who works for the first. Of the reader it counts only when they hold
    that role there: on a team anybody can be noted under any organisation.
    """
    proven = {grant.organisation for grant in mine if _gives_role(grant, reader)}

    def organisations(role: Role) -> set[UUID]:
        return {
            grant.organisation
            for grant in live
            if grant.kind is GrantKind.TEAM
            and grant.role == role.value
            and grant.organisation is not None
            and (
                reader.role is not role
                or (grant.holder == reader.person and grant.organisation in proven)
            )
        }

    return organisations(Role.JOB_COACH).isdisjoint(organisations(Role.CARE_WORKER))
