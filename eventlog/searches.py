"""How often somebody searched for a person by name on one day."""

from __future__ import annotations

from datetime import date
from typing import LiteralString
from uuid import UUID

from eventlog.access import Rows

_ASK: LiteralString = "SELECT log.ask(%(person)s, %(day)s, %(most)s)"


class Searches:
    """Counts searches, for all processes together; not what was searched for."""

    def __init__(self, database: Rows) -> None:
        """Take where to count."""
        self._database = database

    def count(self, person: UUID, day: date, most: int) -> bool:
        """Count one more, and say whether it is within the bound; raises Unavailable."""
        asked = {"person": person, "day": day, "most": most}
        return bool(self._database.rows(_ASK, asked)[0][0])
