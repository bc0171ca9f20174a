"""The folded state of each trajectory, as several read models keep it alike."""

from __future__ import annotations

from collections.abc import Iterator

from projections import packing
from projections.arrays import Uuids
from projections.batch import Batch
from projections.model import Change, Delete, Fill
from projections.packing import Table

_TRAJECTORY = Table("trajectory", trajectory=packing.uuid, client=packing.uuid, state=packing.blob)


def kept(batch: Batch) -> Iterator[Change]:
    """Write the states that changed anew."""
    if gone := batch.again | batch.states.keys():
        yield Delete("forget_trajectory", (Uuids(list(gone)),))
    yield Fill(
        _TRAJECTORY,
        [_TRAJECTORY.row(s, f.state.client, f.json) for s, f in batch.states.items()],
    )
