"""Reading along in an emergency, and who looks back at it: the ways in for whom nothing ties."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime
from uuid import UUID

from domain.events.base import Grant, GrantKind
from domain.events.emergency import (
    REVIEWERS,
    EmergencyAccessOpened,
    EmergencyAccessReviewed,
    Opening,
    opening,
    reviewed,
)
from domain.policy.recording import Yielding
from domain.policy.relation import Reader, Relation, holds_role, relation
from domain.roles import Role

_CARRIES = frozenset(
    {Role.CLIENT, Role.LEGAL_REPRESENTATIVE, Role.JOB_COACH, Role.CARE_WORKER},
)


def in_emergency(
    reader: Reader, trajectory: UUID, grants: Iterable[Grant], now: datetime, today: date
) -> Relation | None:
    """Tie a care worker by an emergency: they read as if on the team, until its last moment.

    For whom nothing else ties; `grants` as for `relation`.
    """
    rows = list(grants)
    found = _running(reader, trajectory, rows, now)
    if found is None or not holds_role(reader, rows, today):
        return None
    on_team = Grant(
        trajectory, "", reader.person, GrantKind.TEAM, reader.role.value, reader.organisation
    )
    tie = relation(reader, trajectory, [*rows, on_team], today)
    return tie and replace(tie, emergency=found.emergency, until=found.until)


def may_enter(
    reader: Reader,
    trajectory: UUID,
    grants: Iterable[Grant],
    today: date,
    command: type[Yielding],
) -> bool:
    """Say whether somebody whom nothing ties to a trajectory may ask this of it.

    A care worker may open it in an emergency; who oversees that organisation may look back at it.
    """
    rows = list(grants)
    if EmergencyAccessOpened in command.YIELDS:
        works = enters(reader.role) and reader.organisation is not None
        return works and holds_role(reader, rows, today)
    return EmergencyAccessReviewed in command.YIELDS and may_review(reader, trajectory, rows, today)


def may_review(reader: Reader, trajectory: UUID, grants: Iterable[Grant], today: date) -> bool:
    """Say whether somebody of the reader's organisation ever opened this file in an emergency."""
    rows = list(grants)
    return (
        reader.role in REVIEWERS
        and reader.organisation is not None
        and holds_role(reader, rows, today)
        and any(
            grant.stream == trajectory
            and grant.kind is GrantKind.EMERGENCY
            and grant.organisation == reader.organisation
            for grant in rows
        )
    )


def enters(role: Role) -> bool:
    """Say whether somebody in this role reads along in an emergency."""
    return role is Role.CARE_WORKER


def carries_number(tie: Relation) -> bool:
    """Say whether somebody is told the number by which this file is opened in an emergency.

    The client and who speaks for them have it with them; who coaches or treats gives it on. Who
    reads in an emergency has no need of it, and others no way to use it.
    """
    return tie.emergency is None and tie.role in _CARRIES


def reviews(command: type[Yielding]) -> bool:
    """Say whether this looks back at an emergency."""
    return EmergencyAccessReviewed in command.YIELDS


def guards(role: Role) -> bool:
    """Say whether somebody reads who looked by this role alone, whatever they see of the file."""
    return role is Role.PRIVACY_OFFICER


def audits(role: Role) -> bool:
    """Say whether somebody reads who looked to audit it: those of the own organisation."""
    return role is Role.AUDITOR


def reads_looks(reader: Reader, trajectory: UUID, grants: Iterable[Grant], today: date) -> bool:
    """Say whether a privacy officer reads who looked at this file (R in full, reference 0.1).

    Their organisation is on its team, or somebody of it read along in an emergency.
    """
    rows = list(grants)
    return (
        guards(reader.role)
        and reader.organisation is not None
        and holds_role(reader, rows, today)
        and any(
            grant.stream == trajectory
            and grant.kind in {GrantKind.TEAM, GrantKind.EMERGENCY}
            and grant.organisation == reader.organisation
            for grant in rows
        )
    )


def audits_looks(reader: Reader, grants: Iterable[Grant], today: date) -> bool:
    """Say whether an auditor reads who of their own organisation looked at a file in the sample.

    R of the matrix: full, pseudonymous, own organisation; it must be one they are auditor of.
    """
    own = audits(reader.role) and reader.organisation is not None
    return own and holds_role(reader, grants, today)


def _running(reader: Reader, trajectory: UUID, rows: list[Grant], now: datetime) -> Opening | None:
    """Find what this reader opened, that lasts and was not looked back at."""
    here = [grant for grant in rows if grant.stream == trajectory]
    closed = {reviewed(grant) for grant in here if grant.kind is GrantKind.REVIEWED}
    openings = [
        opening(grant)
        for grant in here
        if grant.kind is GrantKind.EMERGENCY
        and grant.holder == reader.person
        and grant.role == reader.role.value
        and grant.organisation is not None
        and grant.organisation == reader.organisation
    ]
    return next(
        (each for each in openings if now < each.until and each.emergency not in closed), None
    )
