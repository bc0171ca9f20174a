"""What stands in the way: ids and kinds, in the client's own order."""

from __future__ import annotations

from typing import NamedTuple, assert_never
from uuid import UUID

from domain.events.issues import (
    BlockingIssuePlanMade,
    BlockingIssueRaised,
    BlockingIssueResolved,
    BlockingIssuesOrdered,
    IssueKind,
)
from domain.events.topics import IssueTopic


class Issue(NamedTuple):
    """One of them."""

    id: UUID
    kind: IssueKind
    resolved: bool = False


class Issues(NamedTuple):
    """All there were, in the order to tackle them; a new one comes last."""

    all: tuple[Issue, ...] = ()

    def find(self, wanted: UUID) -> Issue | None:
        """Find one by its id."""
        return next((each for each in self.all if each.id == wanted), None)

    @property
    def order(self) -> tuple[UUID, ...]:
        """What still stands in the way, the first to tackle first."""
        return tuple(each.id for each in self.all if not each.resolved)


def evolve_issues(issues: Issues, event: IssueTopic) -> Issues:
    match event:
        case BlockingIssueRaised():
            return Issues((*issues.all, Issue(event.issue, event.kind)))
        case BlockingIssuePlanMade():
            return issues
        case BlockingIssueResolved():
            return Issues(
                tuple(
                    each._replace(resolved=True) if each.id == event.issue else each
                    for each in issues.all
                )
            )
        case BlockingIssuesOrdered():
            place = {issue: at for at, issue in enumerate(event.order)}
            last = len(place)
            return Issues(tuple(sorted(issues.all, key=lambda each: place.get(each.id, last))))
        case _:
            assert_never(event)
