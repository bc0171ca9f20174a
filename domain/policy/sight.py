"""What a reader sees of a trajectory: the matrix applied to the tie they have with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import sha256
from types import MappingProxyType
from uuid import UUID

from domain.events.base import Category, Event, Kind
from domain.policy.fields import Seen, visible_fields
from domain.policy.relation import Relation
from domain.policy.table import PROFESSIONALS, Cell, Ground, Limit, cell
from domain.roles import Role

_NAMES = frozenset({Kind.GIVEN, Kind.FAMILY})
_COLLEAGUES = PROFESSIONALS | {
    *(Role.NETWORK_MEMBER, Role.EMPLOYER, Role.TEAM_LEAD, Role.PEER_WORKER),
    *(Role.LEGAL_REPRESENTATIVE, Role.PRIVACY_OFFICER),
}
_CLOSE = frozenset({Role.NETWORK_MEMBER, Role.PEER_WORKER, Role.LEGAL_REPRESENTATIVE})
"""Who know the client and the professionals by name, and not who else is close."""
_ANSWERS = frozenset({Role.JOB_COACH, Role.CARE_WORKER})
"""Who of the team answers the client, and so is called."""
_NOTHING: Seen = frozenset()


@dataclass(frozen=True, slots=True, eq=False)
class Sight:
    """What one reader sees of one trajectory today; the same tie gives the same sight."""

    relation: Relation
    cells: Mapping[Category, Cell]
    pseudonymous: bool
    """Persons are shown by pseudonym, but for the categories that are `named`."""
    fingerprint: str
    """A short string over all that the answer depends on, for tokens of answers."""
    _memo: dict[tuple[Category, bool, Limit | None, bool], Seen] = field(default_factory=dict)

    def kinds(
        self,
        category: Category,
        *,
        own: bool = False,
        employer: UUID | None = None,
        placement: UUID | None = None,
        sent: bool = False,
    ) -> Seen:
        """Say which kinds of fields are seen of an entry of this category.

        `own`: the reader recorded it, it was recorded on their behalf, or it is addressed to them.
        `employer` and `placement` name the job it is about. `sent`: the client sent it to them.
        Without a fact among the kinds the entry does not exist for this reader.
        """
        job = self._job(employer, placement) if self.relation.jobs else None  # asked of each entry
        key = category, own, job, sent
        try:
            return self._memo[key]
        except KeyError:
            seen = self._memo[key] = self._kinds(*key)
            return seen

    def fields(  # noqa: PLR0913 - what the policy asks of an entry
        self,
        event: type[Event],
        category: Category | None = None,
        *,
        own: bool = False,
        employer: UUID | None = None,
        placement: UUID | None = None,
        sent: bool = False,
    ) -> frozenset[str]:
        """Name the fields seen of an entry; none at all: it does not exist for this reader.

        `category` is given where it depends on the entry, as with a correction.
        """
        seen = self.kinds(
            category or event.CATEGORY, own=own, employer=employer, placement=placement, sent=sent
        )
        return visible_fields(event, seen) if Kind.FACT in seen else frozenset()

    def categories(self) -> frozenset[Category]:
        """Name the categories of which an entry could be visible."""
        return self.sent() | {each for each in self.cells if self.grounds(each)}

    def sent(self) -> frozenset[Category]:
        """Name the categories of which entries can be visible because the client sent them."""
        if not self.relation.sent:
            return frozenset()
        return frozenset(
            each for each, found in self.cells.items() if Ground.SENT in found.grounds(Kind.FACT)
        )

    def counts(self, category: Category) -> bool:
        """Say whether of this category only counts are told."""
        return self.cells[category].counted

    def own_only(self, category: Category) -> bool:
        """Say whether only the reader's own entries can be visible."""
        return self.grounds(category) == {Ground.OWN}

    def job_only(self, category: Category) -> bool:
        """Say whether only entries about the reader's own job can be visible."""
        return self.grounds(category) == {Ground.OWN_JOB}

    def employers(self) -> frozenset[UUID]:
        """Name the employers that the reader speaks for here, those of ended jobs too."""
        return frozenset(job.employer for job in self.relation.jobs)

    def named(self, category: Category) -> bool:
        """Say whether people are called by their names in what this category holds."""
        found = self.cells[category]
        return not self.pseudonymous or bool(found.access and not found.pseudonymous)

    def names(
        self, role: Role = Role.CLIENT, within: Category | None = None, *, joined: bool = True
    ) -> Seen:
        """Say which names are seen of somebody who has this role in the trajectory.

        Who came in by an invitation knows the name of the client: it was addressed to them.
        An employer sees, besides the client's, only the name of who coaches or mediates. Where
        only some categories name people, `within` says which one it is about. Somebody close is
        named once they took the invitation up (`joined`).
        """
        if role is Role.NETWORK_MEMBER and not joined:
            return _NOTHING
        if within is not None and self.pseudonymous:
            return self.kinds(within) & _NAMES
        own = self._kinds(Category.IDENTITY, own=True, job=None) & _NAMES
        if role is Role.CLIENT or not own:
            return own
        if self.relation.role is Role.EMPLOYER:
            return own if role in {Role.JOB_COACH, Role.JOB_BROKER} else _NOTHING
        if self.relation.role in _CLOSE:
            return own if role in PROFESSIONALS else _NOTHING
        return own if role in _COLLEAGUES else _NOTHING

    def may_call(self, role: Role) -> bool:
        """Say whether the reader is told how to call somebody who has this role here.

        An employer whose job runs calls who coaches there, or stands in (reference 0.1).
        """
        running = any(not job.ended for job in self.relation.jobs)
        return self.relation.role is Role.EMPLOYER and role is Role.JOB_COACH and running

    def calls(self, role: Role) -> bool:
        """Say whether the reader is given the number of somebody who has this role here.

        The client calls whoever of the team answers them; an employer, whom they may call.
        """
        answers = self.relation.role is Role.CLIENT and role in _ANSWERS
        return answers or self.may_call(role)

    def grounds(self, category: Category) -> frozenset[Ground]:
        """Give the grounds on which facts of a category can be seen, whichever was sent."""
        found = _grounds(self.cells[category], Kind.FACT, category, self.relation)
        return found - {Ground.SENT}

    def _job(self, employer: UUID | None, placement: UUID | None) -> Limit | None:
        """Say how much of a job is seen; where the placement is not known, the least."""
        jobs = [
            job
            for job in self.relation.jobs
            if job.employer == employer and placement in {None, job.placement}
        ]
        if not jobs:
            return None
        return Limit.ENDED_JOB if any(job.ended or not job.placement for job in jobs) else Limit.JOB

    def _kinds(self, category: Category, own: bool, job: Limit | None, sent: bool = False) -> Seen:  # noqa: FBT001, FBT002
        found = self.cells[category]
        grounds = {Ground.ALWAYS}
        if own:
            grounds.add(Ground.OWN)
        if job:
            grounds.add(Ground.OWN_JOB)
        if sent:
            grounds.add(Ground.SENT)
        if category in self.relation.permitted:
            grounds.add(Ground.PERMISSION)
        seen = frozenset(kind for kind, on in found.access.items() if on & grounds)
        if not seen or found.limit is None:
            return seen
        return seen | {job if job and found.limit is Limit.JOB else found.limit}


def sight(relation: Relation) -> Sight:
    """Say what somebody with this tie sees."""
    return _sight(relation)


@lru_cache(maxsize=4096)
def _sight(relation: Relation) -> Sight:
    cells = {
        category: cell(relation.role, category, outside=relation.outside) for category in Category
    }
    return Sight(
        relation,
        MappingProxyType(cells),
        any(each.pseudonymous for each in cells.values()),
        _fingerprint(relation, cells),
    )


def _fingerprint(relation: Relation, cells: Mapping[Category, Cell]) -> str:
    """Say what is seen, and not from what that follows: a cause that changes nothing is hidden.

    Nor what is hidden from the reader: a tag that moved with it would tell of it.
    """
    parts = (
        relation.reader,
        relation.trajectory,
        [
            (kind, sorted(_grounds(found, kind, category, relation)), found.limit)
            for category, found in cells.items()
            for kind in Kind
        ],
        sorted((str(job.employer), str(job.placement), job.ended) for job in relation.jobs),
        sorted(map(str, relation.judged)),
        sorted(map(str, relation.sent)),
    )
    return sha256(repr(parts).encode()).hexdigest()[:24]


def _grounds(found: Cell, kind: Kind, category: Category, relation: Relation) -> frozenset[Ground]:
    """Give the grounds of a cell; a permission in force is as good as always."""
    grounds = found.grounds(kind)
    if Ground.PERMISSION not in grounds:
        return grounds
    given = {Ground.ALWAYS} if category in relation.permitted else set()
    return grounds - {Ground.PERMISSION} | given
