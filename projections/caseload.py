"""The caseload of a professional: per trajectory on whose team they are, what a list shows."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date
from typing import Any, ClassVar, Final, LiteralString, NamedTuple
from uuid import UUID

import orjson

from domain.events.people import PersonRegistered
from domain.roles import Role
from domain.state import Trajectory
from eventlog.mapper import EntryMapper
from projections import packing
from projections.arrays import Uuids
from projections.batch import Batch
from projections.database import Database
from projections.folding import STATE
from projections.item import Item
from projections.model import Change, Delete, Fill, ReadModel
from projections.packing import Table
from projections.sections import sections
from projections.states import kept

AT_ONCE: Final = 500
"""Trajectories read together; a caseload is read whole, however long it is."""
_MEMBER = Table(
    "member",
    person=packing.uuid,
    trajectory=packing.uuid,
    role=packing.text,
    organisation=packing.uuid,
)
_PERSON = Table(
    "person",
    person=packing.uuid,
    sealed=packing.blob,
    sealed_by=packing.uuid,
    key_id=packing.uuid,
    corrected=packing.boolean,
)
_WAITING = Table(
    "waiting",
    trajectory=packing.uuid,
    setback=packing.uuid,
    signalled_on=packing.day,
)
_REGISTERED = PersonRegistered.TYPE


class CaseloadModel(ReadModel):
    """A row per trajectory, one per member of its team, and every person's name as ciphertext.

    Names stand in a table of their own, so that they may come before or after the trajectory.
    """

    NAME: ClassVar[str] = "caseload"
    FOLDS: ClassVar[bool] = True

    def changes(self, batch: Batch) -> Iterator[Change]:
        """Write the trajectories that changed anew, and the names that were given."""
        yield from kept(batch)
        if gone := batch.again | batch.states.keys():
            yield Delete("forget_member", (Uuids(list(gone)),))
            yield Delete("forget_waiting", (Uuids(list(gone)),))
        yield Fill(
            _MEMBER,
            [
                _MEMBER.row(member.person, stream, member.role, member.organisation)
                for stream, folded in batch.states.items()
                for member in folded.state.circle.working
            ],
        )
        yield Fill(
            _WAITING,
            [
                _WAITING.row(stream, each.id, each.signalled_on)
                for stream, folded in batch.states.items()
                if not folded.state.course.closed
                for each in folded.state.wellbeing.unanswered
            ],
        )
        yield from _names(batch)


def _names(batch: Batch) -> Iterator[Change]:
    named = {each.stream: each for each in batch.items if each.type == _REGISTERED}
    if gone := batch.again | named.keys():
        yield Delete("forget_person", (Uuids(list(gone)),))
    yield Fill(_PERSON, [_name(item) for item in named.values()])


def _name(item: Item) -> bytes:
    seal = item.correction or item
    return b"".join(
        (
            packing.sixteen(item.raw_stream),
            packing.blob(seal.state),
            packing.sixteen(seal.raw_event_id),
            packing.sixteen(seal.raw_key_id),
            packing.boolean(seal is not item),
        )
    )


class SealedName(NamedTuple):
    """Somebody's name as ciphertext."""

    person: UUID
    sealed: bytes
    sealed_by: UUID
    key_id: UUID
    corrected: bool

    def open(self, mapper: EntryMapper) -> dict[str, Any] | None:
        """Decrypt the registration of this person; None once its key was destroyed."""
        plain = mapper.open(
            _REGISTERED, self.sealed, self.sealed_by.bytes, self.person.bytes, self.key_id
        )
        if plain is None:
            return None
        body: dict[str, Any] = orjson.loads(plain)
        return body["body"] if self.corrected else body


class Case(NamedTuple):
    """One trajectory on somebody's caseload.

    Stages, work, last contact and what is due follow from the state for any day.
    """

    trajectory: UUID
    role: str
    organisation: UUID | None
    client: UUID | None
    state: Trajectory
    name: SealedName | None
    """None as long as the client is not known in the directory."""


class Unanswered(NamedTuple):
    """A signal that waits for an answer, and with whom; not whose it is."""

    signalled_on: date
    coaches: frozenset[UUID]


class Caseload:
    """Reads caseloads."""

    def __init__(self, database: Database) -> None:
        """Take where to read."""
        self._database = database

    def of(self, person: UUID, role: Role | None = None) -> list[Case]:
        """Give what somebody has on their caseload, in one role or in any, in no order of names."""
        return self._cases("of", {"person": person, "role": role and role.value})

    def led(self, organisations: Collection[UUID]) -> list[Case]:
        """Give what the coaches of these organisations have on theirs, each trajectory once."""
        return self._cases("led", {"organisations": list(organisations)})

    def these(self, trajectories: Collection[UUID]) -> list[Case]:
        """Give these, as a coach would have them."""
        return self._told([(each, Role.JOB_COACH.value, None) for each in trajectories])

    def unanswered(self) -> list[Unanswered]:
        """Give which signals wait in the teams that the asker leads, the oldest first."""
        rows = self._database.seen(sections("caseload")["unanswered"], {})
        return [Unanswered(on, frozenset(coaches)) for on, coaches in rows]

    def _cases(self, which: str, parameters: dict[str, Any]) -> list[Case]:
        """Find which first, so that the wall tells of these alone."""
        return self._told(self._database.seen(sections("caseload")[which], parameters))

    def _told(self, members: list[tuple[Any, ...]]) -> list[Case]:
        these = sections("caseload")["these"]
        files = list(dict.fromkeys(trajectory for trajectory, *_ in members))
        told = {
            trajectory: rest
            for at in range(0, len(files), AT_ONCE)
            for trajectory, *rest in self._seen(these, files[at : at + AT_ONCE])
        }
        return [
            _case(trajectory, role, organisation, *told[trajectory])
            for trajectory, role, organisation in members
            if trajectory in told
        ]

    def _seen(self, query: LiteralString, files: list[UUID]) -> list[tuple[Any, ...]]:
        return self._database.seen(query, {"trajectories": files}, files)


def _case(
    trajectory: UUID,
    role: str,
    organisation: UUID | None,
    client: UUID | None,
    state: str,
    *sealed: Any,
) -> Case:
    name = None if sealed[0] is None else SealedName(*sealed)
    return Case(trajectory, role, organisation, client, STATE.validate_json(state), name)
