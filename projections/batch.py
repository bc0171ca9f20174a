"""A part of the log, made ready once for every read model that stands before it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby
from operator import attrgetter
from typing import Any
from uuid import UUID

import psycopg

from domain.events import BY_TYPE
from domain.events.base import StreamKind
from eventlog.mapper import Unreadable
from projections.folding import NOTHING, Folded, Folds, after
from projections.item import CORRECTIONS, REFOLDING, Item
from projections.reading import Broken, LogReader, Opened, Record, resolved

TRAJECTORIES = frozenset(
    kind for kind, event in BY_TYPE.items() if event.STREAM is StreamKind.TRAJECTORY
)
GROUPS = frozenset(BY_TYPE) - TRAJECTORIES
"""The TYPEs of people, organisations, employers, programmes, peer groups and fundings."""


@dataclass(frozen=True, slots=True)
class Batch:
    """Entries up to a position, in order of each stream, with what they add up to."""

    upto: int
    items: Sequence[Item]
    again: frozenset[UUID] = frozenset()
    """Streams whose whole history is among the items: their rows are deleted first."""
    broken: Mapping[UUID, Broken] = field(default_factory=dict)
    states: Mapping[UUID, Folded] = field(default_factory=dict)
    """Each trajectory among the items, as it stands at the end of the batch."""

    def of(self, streams: Collection[UUID]) -> Batch:
        """Narrow to these streams."""
        return self._narrowed(lambda stream: stream in streams)

    def without(self, streams: Collection[UUID]) -> Batch:
        """Leave these streams out."""
        return self._narrowed(lambda stream: stream not in streams) if streams else self

    def _narrowed(self, wanted: Any) -> Batch:
        return replace(
            self,
            items=[each for each in self.items if wanted(each.stream)],
            again=frozenset(filter(wanted, self.again)),
            broken={stream: why for stream, why in self.broken.items() if wanted(stream)},
            states={stream: state for stream, state in self.states.items() if wanted(stream)},
        )


class Batches:
    """Makes batches: opens records, fetches histories where they are needed, folds."""

    def __init__(self, reader: LogReader, folds: Folds | None) -> None:
        """Take the reader, and the states of this line of read models; None: nobody folds."""
        self._reader = reader
        self._folds = folds

    def next(
        self,
        connection: psycopg.Connection[Any],
        records: Sequence[Record],
        skip: Collection[UUID] = (),
    ) -> Batch:
        """Make the batch of these records, which follow all that was folded before."""
        upto: int = records[-1][0]
        opened = self._reader.open(records, skip)
        again = {each.stream for each in opened.items if each.type in REFOLDING}
        firsts: dict[UUID, int] = {}
        for each in opened.items:
            if each.type in TRAJECTORIES:
                firsts.setdefault(each.stream, each.version)
        starts = self._starts(firsts) if self._folds is not None else {}
        cold = {stream for stream, start in starts.items() if start is None} - again
        whole = self._reader.histories(connection, again | cold, upto)
        found = whole_streams(whole)
        items = [each for each in opened.items if each.stream not in again]
        items += [each for stream in found.items if stream in again for each in found.items[stream]]
        states = self._fold(items, found.items, starts) if self._folds is not None else {}
        broken = {**opened.broken, **found.broken}
        return Batch(upto, items, frozenset(again), broken, states)

    def again(
        self, connection: psycopg.Connection[Any], streams: Collection[UUID], upto: int
    ) -> Batch:
        """Make a batch of the whole history of some streams."""
        return self.whole(self._reader.histories(connection, streams, upto), upto, streams)

    def whole(self, opened: Opened, upto: int, streams: Collection[UUID]) -> Batch:
        """Make a batch of whole histories that were opened already."""
        found = whole_streams(opened)
        items = [each for stream in found.items.values() for each in stream]
        states = {} if self._folds is None else folded(found.items)
        return Batch(upto, items, frozenset(streams), found.broken, states)

    def _starts(self, firsts: Mapping[UUID, int]) -> dict[UUID, Folded | None]:
        folds = self._folds
        assert folds is not None  # noqa: S101 - asked by the caller
        return {stream: folds.at(stream, version - 1) for stream, version in firsts.items()}

    def _fold(
        self,
        items: Iterable[Item],
        histories: Mapping[UUID, list[Item]],
        starts: Mapping[UUID, Folded | None],
    ) -> dict[UUID, Folded]:
        folds = self._folds
        assert folds is not None  # noqa: S101 - asked by the caller
        states = folded({stream: histories[stream] for stream in histories if stream in starts})
        added: dict[UUID, list[Item]] = {}
        for each in items:
            if each.stream in starts and each.stream not in histories:
                added.setdefault(each.stream, []).append(each)
        for stream, new in added.items():
            states[stream] = after(starts[stream] or NOTHING, new)
        for stream, state in states.items():
            folds.keep(stream, state)
        return states


@dataclass(frozen=True, slots=True)
class _Found:
    items: dict[UUID, list[Item]]
    broken: dict[UUID, Broken]


def whole_streams(opened: Opened) -> _Found:
    """Group opened histories by stream, each with its corrections resolved."""
    found: dict[UUID, list[Item]] = {}
    broken = dict(opened.broken)
    for _, group in groupby(opened.items, attrgetter("raw_stream")):
        history = list(group)
        stream = history[0].stream
        while True:
            try:
                found[stream] = resolved(history)
                break
            except Unreadable as error:
                # Cut before the last correction, and so on, until what remains can be read.
                at = max(n for n, each in enumerate(history) if each.type in CORRECTIONS)
                broken[stream] = Broken(history[at].position, str(error), history[at].type)
                history = history[:at]
    return _Found(found, broken)


def folded(histories: Mapping[UUID, list[Item]]) -> dict[UUID, Folded]:
    """Fold those of these streams that are trajectories."""
    return {
        stream: after(NOTHING, history)
        for stream, history in histories.items()
        if history and history[0].type in TRAJECTORIES
    }
