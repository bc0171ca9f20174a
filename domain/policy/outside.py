"""What is seen outside trajectories: of people, organisations, employers, programmes, groups."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from domain.events.base import Category, Event, Grant, GrantKind, Kind, StreamKind
from domain.events.programme import AuditSampleDrawn
from domain.events.quality import FidelityReviewHeld
from domain.policy.fields import Seen
from domain.policy.organisations import speaks_for
from domain.policy.relation import (
    Reader,
    holds_role,
    in_force,
    in_group,
    on_teams,
    stood_in,
    works_where,
)
from domain.policy.table import PROFESSIONALS, Ground, cell
from domain.roles import Role
from domain.state.programme import Programme

_READS: Mapping[StreamKind, frozenset[Role]] = {
    StreamKind.EMPLOYER: PROFESSIONALS | {Role.TEAM_LEAD},
    StreamKind.PROGRAMME: frozenset(
        {Role.JOB_COACH, Role.CARE_WORKER, Role.TEAM_LEAD, Role.PRIVACY_OFFICER, Role.SYSADMIN}
    ),
    StreamKind.DIRECTORY: PROFESSIONALS | {Role.TEAM_LEAD, Role.PRIVACY_OFFICER, Role.SYSADMIN},
}
"""Who reads the facts there, with a role that is held; of people see `_person`. A programme is
read by who holds the role at its organisation."""

_NAMES_STAFF = _READS[StreamKind.DIRECTORY]
"""Who knows by name whoever works somewhere."""
STAFF = PROFESSIONALS | {Role.TEAM_LEAD, Role.PRIVACY_OFFICER}
_DRAWS = AuditSampleDrawn.RECORDED_BY
_TIES = frozenset({GrantKind.CLIENT, GrantKind.TEAM, GrantKind.JOINED, GrantKind.MANDATE})
"""What lets somebody be named around a client: an invitation alone would give a name for an id."""
_CLOSE = frozenset({GrantKind.NETWORK, GrantKind.MANDATE})
_NAMED = frozenset({Kind.FACT, Kind.GIVEN, Kind.FAMILY})
_FACTS: Seen = frozenset({Kind.FACT})
_ALL: Seen = frozenset({Kind.FACT, Kind.WORDS, Kind.GIVEN, Kind.FAMILY, Kind.CONTACT})
_NOTHING: Seen = frozenset()


def seen_outside(  # noqa: PLR0913 - who asks, about which stream, and what is known of both
    reader: Reader,
    kind: StreamKind,
    stream: UUID,
    grants: Iterable[Grant],
    today: date,
    *,
    organisation: bool = False,
) -> Seen:
    """Say which kinds of fields are seen in a stream that is no trajectory; none: it is not there.

    `grants` are all rows whose holder is the reader and all rows of this stream; in the directory
    also those whose holder is the person whose stream it is. `organisation`: it is one.
    """
    rows = [grant for grant in grants if in_force(grant, today)]
    mine = [grant for grant in rows if grant.holder == reader.person]
    if kind is StreamKind.DIRECTORY and not organisation:
        return _person(reader, stream, mine, rows, today)
    if reader.role in _READS.get(kind, frozenset()) and holds_role(reader, mine, today):
        programme = kind is StreamKind.PROGRAMME
        own = not programme or works_where(reader, stream, GrantKind.PROGRAMME, rows, today)
        return _FACTS if own else _NOTHING
    if kind is StreamKind.PEER_GROUP and _reads_group(reader.role):
        return _FACTS if in_group(reader, stream, rows, today) else _NOTHING
    if kind is StreamKind.EMPLOYER and stream in speaks_for(reader.role, mine):
        return _FACTS
    if reader.role is Role.CLIENT and kind in {StreamKind.EMPLOYER, StreamKind.DIRECTORY}:
        return _FACTS if any(grant.kind is GrantKind.CLIENT for grant in mine) else _NOTHING
    return _NOTHING


def meets_employers(role: Role) -> bool:
    """Say whether somebody meets employers in their work: then there is a page of them."""
    return role in PROFESSIONALS


def names_colleagues(reader: Reader, grants: Iterable[Grant], today: date) -> bool:
    """Say whether somebody knows by name who works where they do; `grants`: all that they hold."""
    return reader.role in _NAMES_STAFF and holds_role(reader, grants, today)


def knows_staff(role: Role) -> frozenset[Role]:
    """Say whom somebody knows by name who works somewhere, without a client between them.

    Who draws a sample knows the auditors: it is drawn for one of them.
    """
    if role not in _NAMES_STAFF:
        return frozenset()
    return STAFF | {Role.AUDITOR} if role in _DRAWS else STAFF


def names_auditors(role: Role) -> bool:
    """Say whether somebody knows by name for whom a sample can be drawn."""
    return Role.AUDITOR in knows_staff(role)


def but_score(
    event: type[Event], fields: Mapping[str, Any], programme: Programme
) -> Mapping[str, Any]:
    """Leave the figure of a review out as long as it would be about one coach (reference 0.1).

    Whatever it was when the figure was noted: who coaches there now counts.
    """
    if event is not FidelityReviewHeld or programme.may_be_scored:
        return fields
    return {name: value for name, value in fields.items() if name != "score"}


def _reads_group(role: Role) -> bool:
    """Say whether a role reads all of a group; a client does so as a peer."""
    return Ground.ALWAYS in cell(role, Category.PEER_GROUP).grounds(Kind.FACT)


def _person(
    reader: Reader, person: UUID, mine: list[Grant], rows: list[Grant], today: date
) -> Seen:
    """Oneself in full, the client of the own team by the matrix, colleagues by name."""
    if reader.person == person:
        return _ALL
    theirs = [grant for grant in rows if grant.holder == person]
    teams = on_teams(reader, mine, today)
    covered = stood_in(reader, mine, today)
    clients = {grant.stream for grant in theirs if grant.kind is GrantKind.CLIENT}
    if reader.role in PROFESSIONALS and teams & clients:
        return _always(reader.role)
    if covered & clients:
        return _always(Role.JOB_COACH)
    if _share(reader, mine, theirs, today):
        return _NAMED
    if _peers(reader, mine, theirs):
        return _always(Role.PEER)
    known = {role.value for role in knows_staff(reader.role)}
    works = any(grant.kind is GrantKind.ROLE and grant.role in known for grant in theirs)
    if works and holds_role(reader, mine, today):
        return _NAMED
    return _NOTHING


def _always(role: Role) -> Seen:
    access = cell(role, Category.IDENTITY).access
    return frozenset(kind for kind, on in access.items() if Ground.ALWAYS in on)


def _peers(reader: Reader, mine: list[Grant], theirs: list[Grant]) -> bool:
    """Say whether both are in the same peer group."""
    groups = {grant.stream for grant in mine if grant.kind is GrantKind.PEER}
    return reader.role is Role.PEER and any(
        grant.stream in groups for grant in theirs if grant.kind is GrantKind.PEER
    )


def _share(reader: Reader, mine: list[Grant], theirs: list[Grant], today: date) -> bool:
    """Say whether both stand around the same client, seen from a role that reads of the team.

    Somebody close knows who invited them and the professionals, not the others who are close.
    """
    own = {
        Role.CLIENT: GrantKind.CLIENT,
        Role.NETWORK_MEMBER: GrantKind.NETWORK,
        Role.LEGAL_REPRESENTATIVE: GrantKind.MANDATE,
        Role.JOB_COACH: GrantKind.TEAM,
        Role.CARE_WORKER: GrantKind.TEAM,
    }.get(reader.role)
    hidden = {GrantKind.JOINED, GrantKind.MANDATE} if own in _CLOSE else set()
    around = (
        on_teams(reader, mine, today)
        if own is GrantKind.TEAM
        else {grant.stream for grant in mine if grant.kind is own}
    )
    return any(grant.stream in around for grant in theirs if grant.kind in _TIES - hidden)
