"""Stable ids: the same row of the same source is the same person, trajectory, placement or note."""

from __future__ import annotations

import json
from dataclasses import dataclass
from uuid import UUID, uuid5

_NAMESPACE = UUID("6e6f7465-6572-4e61-8a6d-73616d656e73")
STAFF = "Medewerkers"
"""Coaches and care workers have no sheet of their own; their name is their key."""


@dataclass(frozen=True, slots=True)
class Ids:
    """Derives ids for the rows of one source."""

    source: str

    def of(self, sheet: str, *key: str) -> UUID:
        """Give the id that belongs to a row, or to one of the things it becomes."""
        return uuid5(_NAMESPACE, json.dumps([self.source, sheet, *key], ensure_ascii=False))

    def staff(self, name: str) -> UUID:
        """Give the id of a coach or care worker, by the folded name."""
        return self.of(STAFF, name)
