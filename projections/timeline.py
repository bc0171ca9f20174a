"""The timeline of a trajectory: each entry as it reads by now, newest first."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING, ClassVar, NamedTuple
from uuid import UUID

from domain.events.correction import EntryUndone
from domain.events.trust import ClientStatementAdded
from domain.roles import Role
from projections.arrays import Uuids
from projections.batch import GROUPS, TRAJECTORIES, Batch
from projections.database import Database
from projections.entries import READ, WHOLE, WITHIN, Row, Scope, roles, whole
from projections.item import CORRECTIONS
from projections.model import Change, Delete, Fill, ReadModel
from projections.packing import Table
from projections.sections import sections

if TYPE_CHECKING:
    from eventlog.log import Given

_ENTRY = Table("entry", **WHOLE)
_SHOWN = TRAJECTORIES - CORRECTIONS | {EntryUndone.TYPE}


class TimelineModel(ReadModel):
    """One row per entry; a corrected one shows its new body and by which entry."""

    NAME: ClassVar[str] = "timeline"
    IGNORES: ClassVar[frozenset[str]] = GROUPS

    def changes(self, batch: Batch) -> Iterator[Change]:
        """Add what is new; make corrected trajectories anew."""
        if batch.again:
            yield Delete("forget", (Uuids(list(batch.again)),))
        yield Fill(_ENTRY, _shown(batch))


def _shown(batch: Batch) -> list[bytes]:
    return [whole(each) for each in batch.items if each.type in _SHOWN and not each.undone]


class Mark(NamedTuple):
    """What a page of a trajectory hangs on besides who asks, as positions."""

    last: int | None
    """Of its last entry; None as long as not all of it is here, when nothing is to be kept."""
    directory: int | None
    """Of what changed last there: names stand on every page."""


class Timeline:
    """Reads timelines."""

    def __init__(self, database: Database) -> None:
        """Take where to read."""
        # Needed to read only: a process that helps with a rebuild starts sooner without it.
        from eventlog.log import GRANTS, HELD  # noqa: PLC0415

        self._database = database
        self._page = (
            sections("timeline")["page"].replace("{read}", READ).replace("{within}", WITHIN)
        )
        self._one = sections("timeline")["one"].replace("{read}", READ).replace("{within}", WITHIN)
        self._beside = sections("timeline")["beside"].replace("{read}", READ)
        self._lately = sections("timeline")["lately"].replace("{read}", READ)
        self._glances = (
            sections("timeline")["glances"].replace("{grants}", GRANTS).replace("{held}", HELD)
        )

    def page(  # noqa: PLR0913 - each narrows the page, by name
        self,
        trajectory: UUID,
        scope: Scope,
        *,
        limit: int = 60,
        before: tuple[date, int] | None = None,
        by: frozenset[Role] | None = None,
        since: int | None = None,
        happened_until: date | None = None,
    ) -> list[Row]:
        """Give entries of a trajectory, what happened last first.

        `before` is the (occurred_on, position) of the last row of the page before; `by` narrows
        to who recorded it; `since` to what was added or corrected after a position.
        """
        on, at = before or (None, None)
        parameters = {
            "trajectory": trajectory,
            "limit": limit,
            "on": on,
            "at": at,
            "roles": roles(by),
            "since": since,
            "until": happened_until,
            **scope.parameters(),
        }
        return [Row(*row) for row in self._database.seen(self._page, parameters, [trajectory])]

    async def glances(self, asked: Sequence[tuple[UUID, UUID]]) -> list[tuple[Given, Mark]]:
        """Give, for each trajectory and person, what ties them now, and a mark of the pages."""
        from eventlog.log import Given  # noqa: PLC0415 - see above

        streams, persons = zip(*asked, strict=True)
        parameters = {"streams": Uuids(streams), "persons": Uuids(persons)}
        return [
            (Given(here or "[]", held or "[]"), Mark(*mark))
            for here, held, *mark in await self._database.rows_async(self._glances, parameters)
        ]

    def beside(
        self,
        trajectory: UUID,
        ids: Collection[UUID],
        about: Collection[UUID],
        types: Collection[str] = (),
    ) -> list[Row]:
        """Give entries by their ids or types, and the client's statements about others."""
        parameters = {
            "trajectory": trajectory,
            "ids": list(ids),
            "statement": ClientStatementAdded.TYPE,
            "about": list(map(str, about)),
            "types": list(types),
        }
        return [Row(*row) for row in self._database.seen(self._beside, parameters, [trajectory])]

    def lately(
        self,
        trajectories: Collection[UUID],
        types: Collection[str],
        since: date = date.min,
        *,
        limit: int,
    ) -> list[Row]:
        """Give entries of these types that happened since a day, the last recorded first."""
        files = list(trajectories)
        if not files:
            return []
        parameters = {
            "trajectories": files,
            "types": list(types),
            "since": since,
            "limit": limit,
        }
        return [Row(*row) for row in self._database.seen(self._lately, parameters, files)]

    def entry(self, trajectory: UUID, event_id: UUID, scope: Scope) -> Row | None:
        """Give one entry of a trajectory."""
        parameters = {"trajectory": trajectory, "event_id": event_id, **scope.parameters()}
        rows = self._database.seen(self._one, parameters, [trajectory])
        return next((Row(*row) for row in rows), None)
