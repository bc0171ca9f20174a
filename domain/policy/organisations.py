"""Of which organisations a file is, and which employers somebody speaks for."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from domain.events.base import Grant, GrantKind
from domain.roles import Role


def overseen_from(role: Role, live: Iterable[Grant]) -> frozenset[UUID]:
    """Name the organisations where those in this role have to do with a file.

    A team lead has to do with what the coaches there do, and while there is no coach any more with
    what the last one left; a privacy officer with all who work there. `live`: the rows of the file
    that are in force.
    """
    rows = list(live)
    team = [grant for grant in rows if grant.kind is GrantKind.TEAM]
    found: set[UUID | None] = set()
    if role is Role.PRIVACY_OFFICER:
        found = {grant.organisation for grant in team}
    elif role is Role.TEAM_LEAD:
        coaches = {grant.organisation for grant in team if grant.role == Role.JOB_COACH.value}
        left = {grant.organisation for grant in rows if grant.kind is GrantKind.LEFT}
        found = coaches or left
    return frozenset(each for each in found if each is not None)


def speaks_for(role: Role, mine: Iterable[Grant]) -> frozenset[UUID]:
    """Name the employers that somebody speaks for in this role; `mine`: what they hold."""
    if role is not Role.EMPLOYER:
        return frozenset()
    return frozenset(grant.stream for grant in mine if grant.kind is GrantKind.CONTACT)
