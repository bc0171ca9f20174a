"""Entries about an earlier entry: corrected, shielded or no longer so, taken back."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar
from uuid import UUID

from domain.events.base import Category, Event, Grant, GrantEnd, GrantKind, Kind, Words
from domain.events.topics import CORRECTABLE_TYPES
from domain.language import Text


class AboutEntry(Event):
    """What every entry about an earlier one has."""

    CATEGORY = Category.REFERRAL
    """Only of the class: an instance falls under the row of its target."""
    RECORDED_BY = frozenset()
    """Nobody as such: who records its target, says the policy."""
    CORRECTABLE = False

    target: UUID
    target_type: str

    @property
    def category(self) -> Category:
        """The row of the matrix that its target falls under; unknown: the narrowest."""
        target = CORRECTABLE_TYPES.get(self.target_type)
        return target.CATEGORY if target else Category.CLINICAL


class EntryCorrected(AboutEntry):
    """An earlier entry was wrong; `body` is how it should read."""

    TYPE: ClassVar[str] = "entry.corrected.v1"
    SENTENCE = Text("Verbeterd[: {reason}]", "Corrected[: {reason}]")

    reason: Words
    body: Annotated[dict[str, Any], Kind.WORDS]
    """Whole, as stored; each field is shown by the rules of the target's own class."""


class _Shielding(AboutEntry):
    shielded_by: UUID
    begins: tuple[UUID, ...] = ()
    """What the target was the first to name (a signal, a choice): its sequel goes with it."""

    def _keys(self) -> dict[str, UUID]:
        return {f"shield/{each}": each for each in (self.target, *self.begins)}


class EntryShielded(_Shielding):
    """An entry is from now on for the client and whoever recorded it, and for nobody else."""

    TYPE: ClassVar[str] = "entry.shielded.v1"
    SENTENCE = Text("Afgeschermd[: {reason}]", "Shielded[: {reason}]")

    reason: Words | None = None

    def grants(self, stream: UUID) -> tuple[Grant, ...]:
        """The entry, and what it began, do not exist for others."""
        return tuple(
            Grant(stream, key, each, GrantKind.SHIELDED) for key, each in self._keys().items()
        )


class EntryUnshielded(_Shielding):
    """A shielded entry may be seen again by whoever the matrix lets see it."""

    TYPE: ClassVar[str] = "entry.unshielded.v1"
    SENTENCE = Text("Niet meer afgeschermd", "No longer shielded")

    def grants(self, stream: UUID) -> tuple[GrantEnd, ...]:
        """The entry exists again for others."""
        return tuple(GrantEnd(stream, key) for key in self._keys())


class EntryUndone(AboutEntry):
    """An entry was taken back by its author before anybody read it: it counts nowhere."""

    TYPE: ClassVar[str] = "entry.undone.v1"
    SENTENCE = Text("Teruggenomen", "Taken back")

    def grants(self, stream: UUID) -> tuple[Grant, ...]:
        """The entry does not exist for others."""
        return (Grant(stream, f"undone/{self.target}", self.target, GrantKind.UNDONE),)


PRIVATE = frozenset({EntryShielded.TYPE, EntryUnshielded.TYPE, EntryUndone.TYPE})
"""The TYPEs that only the client and whoever recorded them see: to others they would tell."""
