"""Asks a read model for its changes; a stream that it cannot take in is cut out and parked."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from uuid import UUID

from projections.batch import Batch
from projections.model import Change, ReadModel
from projections.reading import Broken

Whole = Callable[[UUID, int], Batch]
"""Makes a batch of a stream's history up to a position."""


def prepare(
    model: ReadModel, batch: Batch, parked: Collection[UUID], whole: Whole
) -> tuple[list[Change], Mapping[UUID, Broken]]:
    """Give the model's changes for the streams it can take in, and which of them break here."""
    batch = batch.without(parked)
    broken = {s: why for s, why in batch.broken.items() if why.type not in model.IGNORES}
    try:
        return list(model.changes(batch)), broken
    except Exception:  # noqa: BLE001 - whatever a read model raises parks a stream, never the rest
        return _one_by_one(model, batch, whole, broken)


def _one_by_one(
    model: ReadModel, batch: Batch, whole: Whole, broken: dict[UUID, Broken]
) -> tuple[list[Change], Mapping[UUID, Broken]]:
    streams = dict.fromkeys(each.stream for each in batch.items)
    faults = {s: found for s in streams if (found := _fault(model, batch.of({s})))}
    changes = list(model.changes(batch.without(faults)))
    for stream, fault in faults.items():
        part, broken[stream] = _longest(model, batch, stream, whole, fault)
        changes += part
    return changes, broken


def _fault(model: ReadModel, batch: Batch) -> str | None:
    """Name the class of what goes wrong: its text might hold somebody's words."""
    try:
        list(model.changes(batch))
    except Exception as error:  # noqa: BLE001 - see above
        return type(error).__name__
    return None


def _longest(
    model: ReadModel, batch: Batch, stream: UUID, whole: Whole, fault: str
) -> tuple[list[Change], Broken]:
    """Find how far a stream can be taken in: its rows stay as they were just before that."""
    good: list[Change] = []
    history = whole(stream, batch.upto).items
    for item in history:
        part = whole(stream, item.position)
        if found := _fault(model, part):
            return good, Broken(item.position, f"It cannot be taken in ({found}).", item.type)
        good = list(model.changes(part))
    return good, Broken(batch.upto, f"It cannot be taken in ({fault}).", history[-1].type)
