"""The gate that every read of a trajectory passes: who is tied to it, and what do they see."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import lru_cache
from typing import Any, NamedTuple
from uuid import UUID

from starlette.concurrency import run_in_threadpool

from api.problems import not_found
from api.reading.asking import Asking
from api.reading.looking import look, look_by_role
from api.reading.together import Together
from api.wiring import Services
from domain.events.base import Category, Grant, GrantKind, Kind
from domain.events.trust import TrustDecisionRevised
from domain.language import client_word
from domain.policy import (
    Limit,
    Reader,
    Relation,
    Sight,
    client_among,
    hears_outcomes,
    in_force,
    sight,
    to_be_judged,
)
from domain.policy.relation import BY_KIND
from domain.roles import ROLE_OF, Role
from eventlog.access import Look
from eventlog.log import Given, grants
from eventlog.problems import Unavailable
from eventlog.ties import day_of, tie_of
from projections.entries import Scope
from projections.timeline import Mark

_BY_TIE = {kind: role for role, kind in BY_KIND.items()}


@dataclass(frozen=True, slots=True)
class Access:
    """What one asker may see of one trajectory on this day, from the grants as they are now."""

    asking: Asking
    trajectory: UUID
    sight: Sight
    today: date
    roles: Mapping[UUID, Role]
    """In which role people stand around the client."""
    covers: tuple[Grant, ...] = ()
    """Who stands in for a coach, stood in or will, until somebody ends it."""
    linked: frozenset[UUID] = frozenset()
    """The files that this one says are of the same person."""
    joined: frozenset[UUID] = frozenset()
    """Those close to the client who took the invitation up, and so may be named."""
    in_sample: bool = False
    """An auditor reads the file by a sample."""
    within: Access | None = None
    """Who looks through this one's eyes, and sees no more than by their own."""
    named: dict[UUID, Any] = field(default_factory=dict, compare=False, repr=False)
    """What was looked up of names in this file already, None for nothing: `names` keeps it."""

    @property
    def person(self) -> UUID:
        """The asker."""
        return self.asking.actor.person

    @property
    def role(self) -> Role:
        """The role they act in."""
        return self.asking.actor.role

    @property
    def client(self) -> UUID | None:
        """Whom the file is about, when that is known."""
        return client_among(self.roles)

    @property
    def own(self) -> bool:
        """Whether the file is about the asker: then it speaks to them, and not about them."""
        return self.person == self.client

    @property
    def scope(self) -> Scope:
        """What a query may give."""
        return _scope(self.sight)

    def sees_all(self, *categories: Category) -> bool:
        """Say whether every fact of these categories is seen: then what follows from them too."""
        return all(
            Kind.FACT in (kinds := self.sight.kinds(each))
            and not any(isinstance(kind, Limit) for kind in kinds)
            for each in categories
        ) and (self.within is None or self.within.sees_all(*categories))

    def counts(self, category: Category) -> bool:
        """Say whether of this category only counts are told."""
        return self.within is None and self.sight.counts(category)

    def ground(self) -> bytes:
        """Word all that an answer to this asker depends on besides what it holds, for its tag."""
        speaks = self.asking.language, client_word()
        parts = (self.sight.fingerprint, *speaks, self.today.isoformat())
        return "|".join(parts).encode()


def admit(services: Services, asking: Asking, trajectory: UUID) -> Access:
    """Let somebody in; raises the Problem of what does not exist when nothing ties them to it."""
    return noted(services, tied(services, asking, trajectory))


def tied(services: Services, asking: Asking, trajectory: UUID) -> Access:
    """Find what ties somebody, before it is known whether anything is shown: see `noted`."""
    access = _tied(services, asking, [trajectory]).get(trajectory)
    if access is None:
        raise not_found()
    return before_hindsight(services, access)


def before_hindsight(services: Services, access: Access) -> Access:
    """Hide from an auditor what is about a choice that they do not see yet (reference 0.1).

    A choice that took the place of another is seen once that other was judged; what others said
    about it would tell of it.
    """
    tie = access.sight.relation
    if hears_outcomes(tie):
        return access  # and no log is read
    later = {
        each.body.decision
        for each in services.log.entries(access.trajectory)
        if isinstance(each.body, TrustDecisionRevised) and to_be_judged(tie, each.body.revises)
    }
    return replace(access, sight=sight(replace(tie, hidden=tie.hidden | later)))


def noted(services: Services, access: Access) -> Access:
    """Write down that somebody looks, before anything is shown; raises Unavailable."""
    _note(services, access.asking, [access])
    return access


def admitted(
    services: Services, asking: Asking, trajectories: Sequence[UUID]
) -> dict[UUID, Access]:
    """Let somebody in to those of these trajectories that they are tied to, all at once.

    That they look is written down first; raises Unavailable when it cannot be.
    """
    found = _tied(services, asking, trajectories)
    _note(services, asking, found.values())
    return found


def linked(
    services: Services, access: Access, others: Collection[UUID], *categories: Category
) -> list[Access]:
    """Let somebody in to other files of this person in which all of these categories are seen.

    A link stands when both files say so. That they look there too is written down first; raises
    Unavailable when it cannot be. Who looks through somebody's eyes needs a way in of their own.
    """
    found = _tied(services, access.asking, sorted(access.linked.intersection(others)))
    both = [
        before_hindsight(services, each)
        for each in found.values()
        if access.trajectory in each.linked
    ]
    if access.within is not None:
        own = {each.trajectory: each for each in linked(services, access.within, others)}
        both = [
            replace(each, within=own[each.trajectory]) for each in both if each.trajectory in own
        ]
    both = [each for each in both if each.sees_all(*categories)]
    _note(services, access.asking, both)
    return both


def own_grants(services: Services, asking: Asking) -> Collection[Grant]:
    """Give what the asker holds, whatever it is of."""
    person = asking.actor.person
    kept = {} if asking.grants is None else asking.grants
    if (person, person) not in kept:
        kept[person, person] = services.log.grants_between(person, person)
    return grants(kept[person, person])


def _tied(services: Services, asking: Asking, trajectories: Sequence[UUID]) -> dict[UUID, Access]:
    now, person = services.now(), asking.actor.person
    kept = {} if asking.grants is None else asking.grants
    if missing := [each for each in trajectories if (person, each) not in kept]:
        found = services.log.ties(missing, person)
        kept.update({(person, each): given for each, given in found.items()})
    return {
        trajectory: access
        for trajectory in trajectories
        if (access := _access(asking, trajectory, kept[person, trajectory], now)) is not None
    }


def tie_to(services: Services, trajectory: UUID, person: UUID, role: Role) -> Relation | None:
    """Find what ties somebody to a trajectory in a role, to tell of it to who was let in."""
    given = services.log.ties([trajectory], person)[trajectory]
    return tie_of(Reader(person, role), trajectory, given, services.now())


def given_all(
    services: Services, found: Iterable[Access], *categories: Category
) -> dict[UUID, Access]:
    """Leave those who see all of these categories of a file, when the wall in the database agrees.

    To be asked before anything is told that stands in the grants: no view keeps that back.
    """
    seen = {each.trajectory: each for each in found if each.sees_all(*categories)}
    given = services.views.current_state.gives(list(seen), categories) if seen else ()
    return {each: seen[each] for each in seen if each in given}


def _note(services: Services, asking: Asking, found: Iterable[Access]) -> None:
    looks = _looks(services, asking, found)
    try:
        services.accesses.note(looks)
    except Unavailable:
        services.accesses.put_aside(looks)
    asking.looked.update(each.trajectory for each in looks)


def overseen(services: Services, asking: Asking, trajectories: Sequence[UUID]) -> None:
    """Write down of which trajectories a summary is shown to who leads the team; or Unavailable.

    No tie lets them in: of the file itself nothing is shown.
    """
    now = services.now()
    looks = [
        look_by_role(asking, each, Category.SUPPORT, now)
        for each in trajectories
        if each not in asking.looked
    ]
    services.accesses.note(looks)
    asking.looked.update(trajectories)


class Glances:
    """Lets those in who ask at the same time, and says by a mark what a kept page may hang on."""

    def __init__(self, services: Services) -> None:
        """Look with these services."""
        self._services = services
        self._look = Together(services.views.timeline.glances)
        self._note = Together(services.accesses.note_async)

    async def admit(self, asking: Asking, trajectory: UUID) -> tuple[Access, Mark]:
        """Let somebody in as `admit` does, with the rights and the mark of one moment."""
        given, mark = await self._look((trajectory, asking.actor.person))
        access = _access(asking, trajectory, given, self._services.now())
        if access is None:
            raise not_found()
        for each in _looks(self._services, asking, [access]):
            try:
                await self._note(each)
            except Unavailable:
                await run_in_threadpool(self._services.accesses.put_aside, [each])
            asking.looked.add(each.trajectory)
        return access, mark


def _looks(services: Services, asking: Asking, found: Iterable[Access]) -> list[Look]:
    """Word the looks of this request that are not written down yet."""
    if asking.view is None:
        return []
    now = services.now()
    return [
        look(asking, each.trajectory, each.sight, each.roles, now)
        for each in found
        if each.trajectory not in asking.looked
    ]


def _access(asking: Asking, trajectory: UUID, given: Given, now: datetime) -> Access | None:
    tie, today = tie_of(asking.reader, trajectory, given, now), day_of(now)
    if tie is None:
        return None
    return Access(asking, trajectory, sight(tie), today, *_around(trajectory, given, today))


class _Around(NamedTuple):
    """What the grants tell of a file whoever asks, as `Access` has it."""

    roles: Mapping[UUID, Role]
    covers: tuple[Grant, ...]
    linked: frozenset[UUID]
    joined: frozenset[UUID]
    in_sample: bool


@lru_cache(maxsize=4096)
def _around(trajectory: UUID, given: Given, today: date) -> _Around:
    here = [grant for grant in grants(given) if grant.stream == trajectory]

    def of(kind: GrantKind) -> tuple[Grant, ...]:
        return tuple(grant for grant in here if grant.kind is kind)

    covers = of(GrantKind.COVER)
    running = (grant.holder for grant in covers if in_force(grant, today))
    roles = dict.fromkeys(running, Role.JOB_COACH) | {
        grant.holder: _BY_TIE.get(grant.kind) or ROLE_OF[grant.role]
        for grant in here
        if grant.kind in _BY_TIE or (grant.kind is GrantKind.TEAM and grant.role in ROLE_OF)
    }
    linked, joined = (
        frozenset(grant.holder for grant in of(kind)) for kind in (GrantKind.LINK, GrantKind.JOINED)
    )
    sampled = any(in_force(grant, today) for grant in of(GrantKind.SAMPLE))
    return _Around(roles, covers, linked, joined, sampled)


@lru_cache(maxsize=4096)
def _scope(seen: Sight) -> Scope:
    own, job, whole = set(), set(), set()
    for category in seen.categories():
        if not seen.grounds(category):
            continue  # only what was sent
        if seen.own_only(category):
            own.add(category.value)
        elif seen.job_only(category):
            job.add(category.value)
        else:
            whole.add(category.value)
    return Scope(
        seen.relation.reader.person,
        frozenset(whole),
        frozenset(own),
        frozenset(job),
        seen.employers(),
        frozenset(each.value for each in seen.sent()),
        seen.relation.sent,
    )
