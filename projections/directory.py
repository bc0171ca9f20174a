"""The directory: people (names as ciphertext), organisations, employers, programmes and roles."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterator, Sequence
from typing import Any, ClassVar, NamedTuple
from uuid import UUID

from domain.events.employer import EmployerDetailsChanged, EmployerRegistered
from domain.events.people import OrganisationRegistered
from domain.events.programme import ProgrammeFounded
from domain.roles import Role
from projections import packing
from projections.arrays import Texts, Uuids
from projections.batch import TRAJECTORIES, Batch
from projections.database import Database
from projections.entries import READ, WHOLE, Row, whole
from projections.item import Item
from projections.model import Change, Delete, Fill, ReadModel
from projections.packing import Table
from projections.sections import sections
from projections.standing import by_stream

_STANDING = Table(
    "standing",
    slot=packing.text,
    name=packing.text,
    sought=packing.text,
    about=packing.uuid,
    **WHOLE,
)
_NAMED = OrganisationRegistered | EmployerRegistered | EmployerDetailsChanged | ProgrammeFounded
_EMPLOYER = "employer"
_ABOUT = ("organisation", "person", "trajectory")
_LAST_ID = UUID(int=2**128 - 1)


class DirectoryModel(ReadModel):
    """A row per slot that is held in each stream that is not a trajectory."""

    NAME: ClassVar[str] = "directory"
    IGNORES: ClassVar[frozenset[str]] = TRAJECTORIES

    def changes(self, batch: Batch) -> Iterator[Change]:
        """Empty the slots that were ended or taken, then fill those that are held."""
        if batch.again:
            yield Delete("forget", (Uuids(list(batch.again)),))
        slots = by_stream(each for each in batch.items if each.type not in TRAJECTORIES)
        ended = [(stream, slot) for stream, one in slots.items() for slot in one.ended]
        held = [(s, slot, item) for s, one in slots.items() for slot, item in one.held.items()]
        if gone := [*ended, *((stream, slot) for stream, slot, _ in held)]:
            streams, names = zip(*gone, strict=True)
            yield Delete("end", (Uuids(streams), Texts(names)))
        yield Fill(_STANDING, [_row(slot, item) for _, slot, item in held])


def _row(slot: str, item: Item) -> bytes:
    body = item.body
    name = body.name if isinstance(body, _NAMED) else None
    about = next(filter(None, map(body.__dict__.get, _ABOUT)), None)
    sought = name and (normalised(name) if slot == _EMPLOYER else None)
    return b"".join(
        (
            packing.text(slot),
            packing.text(name),
            packing.text(sought),
            packing.uuid(about),
            whole(item),
        )
    )


def normalised(name: str) -> str:
    """Fold case and accents and close up spaces, so that 'öz' finds 'Özgür  Groen'."""
    bare = unicodedata.normalize("NFKD", name.casefold())
    return " ".join("".join(c for c in bare if not unicodedata.combining(c)).split())


class Named(NamedTuple):
    """Somebody or something with a name: in the clear, or sealed when it is a person's."""

    id: UUID
    kind: str
    """person, organisation, employer or programme."""
    name: str | None
    entry: Row
    """The entry that names it; a person's name is opened from it."""


class Held(NamedTuple):
    """A role that a person has in an organisation."""

    person: UUID
    role: str
    organisation: UUID | None


class Directory:
    """Reads the directory."""

    def __init__(self, database: Database) -> None:
        """Take where to read."""
        self._database = database

    def names(
        self, ids: Collection[UUID], files: Sequence[UUID] | None = None
    ) -> dict[UUID, Named]:
        """Give what these people, organisations, employers and programmes are called.

        People as far as they stand around these trajectories, or all of whoever asks.
        """
        rows = self._rows("names", {"ids": list(ids)}, files)
        return {stream: Named(stream, slot, name, Row(*row)) for stream, slot, name, *row in rows}

    def one(self, stream: UUID) -> list[tuple[str, Row]]:
        """Give all that stands of one person, organisation, employer or programme, by slot."""
        return [(slot, Row(*row)) for slot, *row in self._rows("one", {"stream": stream})]

    def reached(self, people: Collection[UUID], files: Sequence[UUID]) -> dict[UUID, Row]:
        """Give what says last how to reach each of these people around these trajectories."""
        rows = self._rows("reached", {"ids": list(people)}, files)
        return {stream: Row(*row) for stream, *row in rows}

    def employers(
        self, start: str, *, limit: int = 20, after: str = "", after_id: UUID | None = None
    ) -> list[Named]:
        """Give employers whose name starts so, by name.

        `after` and `after_id` are the name and id of the last one given before; without its id,
        others of the same name are passed over.
        """
        parameters = {
            "start": normalised(start),
            "end": normalised(start) + chr(0x10FFFF),
            "limit": limit,
            "after": normalised(after),
            "id": after_id or _LAST_ID,
        }
        rows = self._rows("employers", parameters)
        return [Named(stream, slot, name, Row(*row)) for stream, slot, name, *row in rows]

    def fundings(self, trajectory: UUID) -> list[Row]:
        """Give what stands of each funding of a trajectory, in the order of the log."""
        rows = self._rows("fundings", {"trajectory": trajectory}, [trajectory])
        return [Row(*row) for row in rows]

    def roles(self, persons: Collection[UUID]) -> list[Held]:
        """Give the roles that these people have."""
        return self._held("roles", {"persons": list(persons)})

    def working(self, organisations: Collection[UUID]) -> list[Held]:
        """Give who has which role in these organisations."""
        return self._held("working", {"organisations": list(organisations)})

    def where(self, roles: Collection[Role]) -> list[UUID]:
        """Name the organisations where anybody works in one of these roles."""
        query = sections("directory")["where"]
        asked = {"roles": [role.value for role in roles]}
        return [found for (found,) in self._database.seen(query, asked) if found is not None]

    def contacts(self, employer: UUID) -> list[UUID]:
        """Give the contact persons of an employer."""
        return [person for (person,) in self._rows("contacts", {"employer": employer})]

    def _held(self, name: str, parameters: dict[str, Any]) -> list[Held]:
        rows = self._rows(name, parameters)
        return [Held(person, slot.split("/")[1], about) for person, slot, about in rows]

    def _rows(
        self, name: str, parameters: dict[str, Any], files: Sequence[UUID] | None = None
    ) -> list[tuple[Any, ...]]:
        query = sections("directory")[name].replace("{read}", READ)
        return self._database.seen(query, parameters, files)
