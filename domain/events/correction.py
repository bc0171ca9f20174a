"""The correction of an earlier entry: both stay in the log, the corrected one counts."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar
from uuid import UUID

from domain.events.base import Category, Event, Kind, Words
from domain.events.topics import CORRECTABLE_TYPES
from domain.language import Text
from domain.roles import Role


class EntryCorrected(Event):
    """An earlier entry was wrong; `body` is how it should read."""

    TYPE: ClassVar[str] = "entry.corrected.v1"
    CATEGORY = Category.REFERRAL
    """Only of the class: an instance falls under the row of its target."""
    RECORDED_BY = frozenset(Role)
    CORRECTABLE = False
    SENTENCE = Text("Verbeterd[: {reason}]", "Corrected[: {reason}]")

    target: UUID
    target_type: str
    reason: Words
    body: Annotated[dict[str, Any], Kind.WORDS]
    """Whole, as stored; each field is shown by the rules of the target's own class."""

    @property
    def category(self) -> Category:
        """The row of the matrix that the corrected entry falls under; unknown: the narrowest."""
        target = CORRECTABLE_TYPES.get(self.target_type)
        return target.CATEGORY if target else Category.CLINICAL
