"""Where a trajectory stands now: the entry in each slot, and the folded state."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import ClassVar, NamedTuple
from uuid import UUID

from domain.events.base import Category
from domain.state import Trajectory
from projections import packing
from projections.arrays import Texts, Uuids
from projections.batch import GROUPS, TRAJECTORIES, Batch
from projections.database import Database
from projections.entries import READ, WHOLE, WITHIN, Row, Scope, whole
from projections.folding import STATE
from projections.model import Change, Delete, Fill, ReadModel
from projections.packing import Table
from projections.sections import sections
from projections.standing import by_stream
from projections.states import kept

_STANDING = Table("standing", slot=packing.text, **WHOLE)


class CurrentStateModel(ReadModel):
    """A row per slot that is held, and one per trajectory."""

    NAME: ClassVar[str] = "current_state"
    FOLDS: ClassVar[bool] = True
    IGNORES: ClassVar[frozenset[str]] = GROUPS

    def changes(self, batch: Batch) -> Iterator[Change]:
        """Empty the slots that were ended or taken, then fill those that are held."""
        if batch.again:
            yield Delete("forget", (Uuids(list(batch.again)),))
        slots = by_stream(each for each in batch.items if each.type in TRAJECTORIES)
        ended = [(stream, slot) for stream, one in slots.items() for slot in one.ended]
        if ended:
            streams, names = zip(*ended, strict=True)
            yield Delete("end", (Uuids(streams), Texts(names)))
        held = [(s, slot, item) for s, one in slots.items() for slot, item in one.held.items()]
        taken = [(stream, slot) for stream, slot, _ in held if stream not in batch.again]
        if taken:
            streams, names = zip(*taken, strict=True)
            yield Delete("take", (Uuids(streams), Texts(names)))
        yield Fill(_STANDING, [packing.text(slot) + whole(item) for _, slot, item in held])
        yield from kept(batch)


class Standing(NamedTuple):
    """An entry that stands, and the slot it holds."""

    slot: str
    entry: Row


class CurrentState:
    """Reads where trajectories stand."""

    def __init__(self, database: Database) -> None:
        """Take where to read."""
        self._database = database
        named = sections("current_state")
        self._standing = named["standing"].replace("{read}", READ).replace("{within}", WITHIN)
        self._trajectory = named["trajectory"]
        self._gives = named["gives"]

    def standing(self, trajectory: UUID, scope: Scope) -> list[Standing]:
        """Give what stands, by slot."""
        parameters = {"trajectory": trajectory, **scope.parameters()}
        rows = self._database.seen(self._standing, parameters, [trajectory])
        return [Standing(slot, Row(*row)) for slot, *row in rows]

    def trajectory(self, trajectory: UUID) -> Trajectory | None:
        """Give the folded state of a trajectory, as far as the wall tells it."""
        rows = self._database.seen(self._trajectory, {"trajectory": trajectory}, [trajectory])
        return next((STATE.validate_json(state) for (state,) in rows), None)

    def gives(self, trajectories: Sequence[UUID], categories: Collection[Category]) -> set[UUID]:
        """Name those of which the wall gives whoever asks all facts of these categories."""
        letters = [each.value for each in categories]
        parameters = {"trajectories": list(trajectories), "categories": letters}
        return {each for (each,) in self._database.seen(self._gives, parameters, trajectories)}
