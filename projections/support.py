"""Ongoing support: whom each coach is to contact, and the facts to say why on any day."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
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

_TRAJECTORY = Table(
    "trajectory",
    trajectory=packing.uuid,
    client=packing.uuid,
    due_on=packing.day,
    state=packing.blob,
)
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
        if gone := batch.again | batch.states.keys():
            yield Delete("forget_trajectory", (Uuids(list(gone)),))
            yield Delete("forget_member", (Uuids(list(gone)),))
        states = batch.states.items()
        yield Fill(
            _TRAJECTORY,
            [_TRAJECTORY.row(s, f.state.client, f.due_on, f.json) for s, f in states],
        )
        yield Fill(
            _MEMBER,
            [
                _MEMBER.row(member.person, stream, member.role, _due_on(folded))
                for stream, folded in states
                for member in folded.state.circle.working
            ],
        )


def _due_on(folded: Folded) -> date | None:
    """Say when a member of the team is to be asked about it.

    Where something was shielded, what is due differs from one to another: always, and then each
    is told what follows from what they see.
    """
    return date.min if folded.state.protection.shields else folded.due_on


class Supported(NamedTuple):
    """What is known about the support of one trajectory; words nowhere.

    `domain.rhythm` says with its state, for any day, which contact comes next and why. On a day
    before `due_on` nothing is due; from then on it may be: ask the rhythm.
    """

    trajectory: UUID
    client: UUID | None
    due_on: date | None
    state: Trajectory


class Support:
    """Reads ongoing support."""

    def __init__(self, database: Database) -> None:
        """Take where to read."""
        self._database = database

    def trajectory(self, trajectory: UUID) -> Supported | None:
        """Give one trajectory."""
        return next(iter(self._read("one", {"trajectory": trajectory}, [trajectory])), None)

    def due(
        self,
        person: UUID,
        role: Role,
        today: date,
        *,
        limit: int = 100,
        after: tuple[date, UUID] | None = None,
    ) -> list[Supported]:
        """Give the trajectories in which this member of the team is due today, longest due first.

        `after` is the (due_on, trajectory) of the last one given before.
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
        due = dict(self._database.seen(sections("support")["due"], parameters))
        asked = {"trajectories": list(due)}
        rows = self._database.seen(sections("support")["these"], asked, list(due)) if due else []
        told = {each: (client, STATE.validate_json(state)) for each, client, state in rows}
        return [
            Supported(each, told[each][0], on, told[each][1])
            for each, on in due.items()
            if each in told
        ]

    def _read(
        self, name: str, parameters: dict[str, object], files: Sequence[UUID] | None = None
    ) -> list[Supported]:
        rows = self._database.seen(sections("support")[name], parameters, files)
        return [Supported(t, c, due, STATE.validate_json(state)) for t, c, due, state in rows]
