"""Through whose eyes one may look, and as whom somebody is told of to somebody else."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from uuid import UUID

from domain.events.base import Grant, GrantKind
from domain.policy.relation import BY_PERMISSION, in_force
from domain.roles import Role

_EYES: Mapping[Role, frozenset[Role]] = {
    Role.CLIENT: frozenset(Role)
    - {Role.CLIENT, Role.AUDITOR, Role.PRIVACY_OFFICER, Role.PEER, Role.SYSADMIN},
    Role.JOB_COACH: frozenset({Role.EMPLOYER, Role.NETWORK_MEMBER}),
}
_BY_NAME = frozenset({GrantKind.TEAM, GrantKind.NETWORK, GrantKind.MANDATE, GrantKind.EMERGENCY})
_BASES = {
    Role.CLIENT: GrantKind.CLIENT,
    Role.NETWORK_MEMBER: GrantKind.NETWORK,
    Role.EMPLOYER: GrantKind.EMPLOYER,
    Role.AUDITOR: GrantKind.SAMPLE,
    Role.LEGAL_REPRESENTATIVE: GrantKind.MANDATE,
    Role.PRIVACY_OFFICER: GrantKind.ROLE,
}
_AT_WORK = frozenset({Role.CLIENT, Role.JOB_COACH, Role.EMPLOYER})
_HEARS_OF_ALL = frozenset({Role.CLIENT, Role.PRIVACY_OFFICER})
_LANES = frozenset({Role.CLIENT, Role.JOB_COACH, Role.CARE_WORKER})
_CARE_TEAM = frozenset({Role.JOB_COACH, Role.CARE_WORKER, Role.PEER_WORKER})


def eyes(role: Role) -> frozenset[Role]:
    """Say through whose eyes one may look, whom one knows by name.

    The client through those of everybody, a coach of who is not of the profession.
    """
    return _EYES.get(role, frozenset())


def looked_through(role: Role, named: UUID, grants: Iterable[Grant], today: date) -> UUID:
    """Name through whose eyes is looked: of an employer those of the first who speaks for it.

    `grants` are all rows of the stream of who was named.
    """
    if role is not Role.EMPLOYER:
        return named
    speaks = (
        grant.holder
        for grant in sorted(grants, key=lambda grant: grant.key)
        if grant.kind is GrantKind.CONTACT and grant.stream == named and in_force(grant, today)
    )
    return next(speaks, named)


def basis(
    role: Role, person: UUID, around: Mapping[UUID, Role], *, emergency: bool = False
) -> GrantKind:
    """Say what gave the right to look: the kind of the grant."""
    if emergency:
        return GrantKind.EMERGENCY
    if role in _BASES:
        return _BASES[role]
    if role is Role.TEAM_LEAD:
        return GrantKind.TEAM if person in around else GrantKind.ROLE
    on_team = role not in BY_PERMISSION or around.get(person) is role
    return GrantKind.TEAM if on_team else GrantKind.PERMISSION


def looked_by_name(ground: str) -> bool:
    """Say whether the client hears by name who looked, on this ground.

    The own team, who took an invitation up, and who read along in an emergency, whose name stands
    on the timeline as that of everybody who adds to it. Others are told of by organisation and
    role; their names go by the privacy officer (reference 0.1).
    """
    return ground in _BY_NAME


def told_as(reader: Role, role: Role) -> Role:
    """Say as whom somebody is told of: to an employer all around the client are the job coach."""
    return role if reader is not Role.EMPLOYER or role in _AT_WORK else Role.JOB_COACH


def hears_of_all(role: Role) -> bool:
    """Say whether all entries that another names are told of, also those that are not seen.

    The client sees every entry; who answers a request to erase must know which ones it names.
    """
    return role in _HEARS_OF_ALL


def has_a_copy(role: Role) -> bool:
    """Say whether somebody has the copy of a file that was given: it is for the client alone."""
    return role is Role.CLIENT


def told_of_lanes(role: Role) -> bool:
    """Say whether the lanes of a timeline are named: to others a name would tell of care."""
    return role in _LANES


def keeps_own_file(role: Role) -> bool:
    """Say whether somebody takes text over into the file of the own clinic (reference 7.3)."""
    return role in _CARE_TEAM
