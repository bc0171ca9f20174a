"""What is counted of the people of a programme: days, kinds and counts, and sealed scores."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from itertools import groupby
from operator import itemgetter
from typing import Any, ClassVar, NamedTuple
from uuid import UUID

import orjson

from domain.corrections import names
from domain.events.support import SupportContact
from domain.events.wellbeing import WellbeingScored
from domain.outcomes import Counted, Track, Turn, counted, track
from domain.outcomes.counted import TYPES
from eventlog.mapper import EntryMapper
from projections import packing
from projections.arrays import Uuids
from projections.batch import GROUPS, Batch
from projections.database import Database
from projections.item import Item
from projections.model import Change, Delete, Fill, ReadModel
from projections.packing import Table
from projections.sections import sections

_COUNTED = Table(
    "counted",
    trajectory=packing.uuid,
    position=packing.bigint,
    turn=packing.text,
    happened_on=packing.day,
    thing=packing.uuid,
    employer=packing.uuid,
    kind=packing.text,
    value=packing.text,
    amount=packing.double,
    until=packing.day,
)
_TALK = Table("talk", trajectory=packing.uuid, happened_on=packing.day)
_SCORE = Table(
    "score",
    trajectory=packing.uuid,
    position=packing.bigint,
    happened_on=packing.day,
    sealed=packing.blob,
    sealed_by=packing.uuid,
    key_id=packing.uuid,
    corrected=packing.boolean,
)
_TALKED, _SCORED = SupportContact.TYPE, WellbeingScored.TYPE


class OutcomesModel(ReadModel):
    """A row per thing that is counted, per talk with the client and per score.

    What was shielded or taken back counts in no figure (see `_counts`).
    """

    NAME: ClassVar[str] = "outcomes"
    FOLDS: ClassVar[bool] = True
    IGNORES: ClassVar[frozenset[str]] = GROUPS

    def changes(self, batch: Batch) -> Iterator[Change]:
        """Add what is new; make corrected and shielded trajectories anew."""
        if batch.again:
            for table in ("counted", "talk", "score"):
                yield Delete(f"forget_{table}", (Uuids(list(batch.again)),))
        rows, talks, scores = [], [], []
        hidden = _hidden(batch)
        for item in batch.items:
            if not _counts(item, hidden):
                continue
            if item.type == _TALKED:
                if item.body.with_whom.has_client:  # type: ignore[attr-defined]  # by its TYPE
                    talks.append(_talk(item))
            elif item.type in TYPES:
                rows += [_row(item, each) for each in counted(item.body)]
            elif item.type == _SCORED:
                scores.append(_score(item))
        yield Fill(_COUNTED, rows)
        yield Fill(_TALK, talks)
        yield Fill(_SCORE, scores)


def _hidden(batch: Batch) -> Mapping[UUID, frozenset[UUID]]:
    """Name by trajectory what was shielded, where anything was."""
    return {
        stream: folded.state.protection.hidden
        for stream, folded in batch.states.items()
        if folded.state.protection.shields
    }


def _counts(item: Item, hidden: Mapping[UUID, frozenset[UUID]]) -> bool:
    """Say whether an entry exists for whoever reads figures."""
    if item.undone:
        return False
    ids = hidden.get(item.stream) if hidden else None
    return not ids or not (item.event_id in ids or names(item.body, ids))


def _row(item: Item, each: Counted) -> bytes:
    return _COUNTED.row(item.stream, item.position, *each)


def _talk(item: Item) -> bytes:
    return packing.sixteen(item.raw_stream) + packing.day(item.body.occurred_on)


def _score(item: Item) -> bytes:
    seal = item.correction or item
    return _SCORE.row(
        item.stream,
        item.position,
        item.body.occurred_on,
        seal.state,
        seal.event_id,
        UUID(bytes=seal.raw_key_id),
        seal is not item,
    )


class _Sealed(NamedTuple):
    trajectory: UUID
    sealed: bytes
    sealed_by: UUID
    key_id: UUID
    corrected: bool

    def score(self, mapper: EntryMapper) -> int | None:
        plain = mapper.open(
            _SCORED, self.sealed, self.sealed_by.bytes, self.trajectory.bytes, self.key_id
        )
        if plain is None:
            return None
        body: dict[str, Any] = orjson.loads(plain)
        return int((body["body"] if self.corrected else body)["score"])


class Outcomes:
    """Reads what is counted."""

    def __init__(self, database: Database) -> None:
        """Take where to read."""
        self._database = database

    def of(self, programme: UUID) -> dict[UUID, Track]:
        """Give everybody who ever entered a programme."""
        rows = self._database.seen(sections("outcomes")["of"], {"programme": programme})
        return {
            trajectory: track(Counted(Turn(turn), *rest) for _, turn, *rest in told)
            for trajectory, told in groupby(rows, itemgetter(0))
        }

    def groups(self, programme: UUID) -> list[UUID]:
        """Name the peer groups of the organisation that has a programme."""
        asked = {"programme": programme}
        return [group for (group,) in self._database.seen(sections("outcomes")["groups"], asked)]

    def talks(
        self, people: Mapping[UUID, UUID], since: date, until: date
    ) -> dict[date, dict[UUID, int]]:
        """Count the talks with each of these people, given by file, by the first of the month.

        What several files of one person tell of a day is taken together: the most of them.
        """
        asked = {**_files(people), "since": since, "until": until}
        found: dict[date, dict[UUID, int]] = {}
        for month, person, count in self._database.seen(sections("outcomes")["talks"], asked):
            found.setdefault(month, {})[person] = count
        return found

    def scores(
        self, people: Mapping[UUID, UUID], until: date, mapper: EntryMapper
    ) -> Mapping[UUID, list[int]]:
        """Open the scores of these people, given by file, up to a day, in the order of the days."""
        asked = {**_files(people), "until": until}
        rows = [_Sealed(*r) for r in self._database.seen(sections("outcomes")["scores"], asked)]
        mapper.keys.load({row.key_id for row in rows})
        found: dict[UUID, list[int]] = {}
        for row in rows:
            score = row.score(mapper)
            if score is not None:
                found.setdefault(people[row.trajectory], []).append(score)
        return found


def _files(people: Mapping[UUID, UUID]) -> dict[str, list[UUID]]:
    return {"files": list(people), "people": list(people.values())}
