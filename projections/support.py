"""Ongoing support: whom each coach is to contact, and the facts to say why on any day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import ClassVar, NamedTuple
from uuid import UUID

from domain.roles import Role
from domain.state import Trajectory
from projections import packing
from projections.arrays import Uuids
from projections.batch import GROUPS, Batch
from projections.database import Database
from projections.folding import STATE, Folded
from projections.model import Change, Delete, Fill, ReadModel
from projections.packing import Table
from projections.sections import sections
from projections.states import kept

_MEMBER = Table(
    "member",
    person=packing.uuid,
    trajectory=packing.uuid,
    role=packing.text,
    due_on=packing.day,
)


class SupportModel(ReadModel):
    """A row per trajectory, and one per member of its team to find it by."""

    NAME: ClassVar[str] = "support"
    FOLDS: ClassVar[bool] = True
    IGNORES: ClassVar[frozenset[str]] = GROUPS

    def changes(self, batch: Batch) -> Iterator[Change]:
        """Write the trajectories that changed anew."""
        yield from kept(batch)
        if gone := batch.again | batch.states.keys():
            yield Delete("forget_member", (Uuids(list(gone)),))
        yield Fill(
            _MEMBER,
            [
                _MEMBER.row(member.person, stream, member.role, _due_on(folded))
                for stream, folded in batch.states.items()
                for member in folded.state.circle.working
            ],
        )


def _due_on(folded: Folded) -> date | None:
    """Say when a member of the team is to be asked about it.

    Where something was shielded, what is due differs from one to another: always, and then each
    is told what follows from what they see.
    """
    return date.min if folded.state.protection.shields else folded.due_on


After = tuple[date, UUID]
"""Since when it is due, and which it is."""


class Supported(NamedTuple):
    """A trajectory in which a contact may be due from a day on; words nowhere.

    `domain.rhythm` says with its state, for any day, which contact comes next and why.
    """

    trajectory: UUID
    client: UUID | None
    due_on: date
    state: Trajectory


class Support:
    """Reads ongoing support."""

    def __init__(self, database: Database) -> None:
        """Take where to read."""
        self._database = database

    def trajectory(self, trajectory: UUID) -> Trajectory | None:
        """Give the state of one trajectory, as far as the wall tells it."""
        query = sections("support")["one"]
        rows = self._database.seen(query, {"trajectory": trajectory}, [trajectory])
        return next((STATE.validate_json(state) for (state,) in rows), None)

    def due(
        self,
        person: UUID,
        role: Role,
        today: date,
        *,
        limit: int = 100,
        after: After | None = None,
    ) -> tuple[list[Supported], After | None]:
        """Give the trajectories in which this member of the team is due today, longest due first.

        Of these `limit`, after those given before, only what the wall tells; and after which to go
        on, None when there are no more.
        """
        on, trajectory = after or (None, None)
        parameters = {
            "person": person,
            "role": role.value,
            "today": today,
            "limit": limit,
            "on": on,
            "trajectory": trajectory,
        }
        due = self._database.seen(sections("support")["due"], parameters)
        files = [each for each, _ in due]
        asked = {"trajectories": files}
        rows = self._database.seen(sections("support")["these"], asked, files) if due else []
        told = {each: (client, STATE.validate_json(state)) for each, client, state in rows}
        found = [
            Supported(each, told[each][0], since, told[each][1])
            for each, since in due
            if each in told
        ]
        if len(due) < limit:
            return found, None
        last, since = due[-1]
        return found, (since, last)
