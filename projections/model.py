"""What a read model is: pure changes made from a batch, and the tables that they change."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable
from typing import Any, ClassVar, NamedTuple

from projections.batch import Batch
from projections.packing import Table


class Delete(NamedTuple):
    """Delete rows with a section of the model's SQL."""

    section: str
    keys: tuple[Any, ...]


class Fill(NamedTuple):
    """Add packed rows to a table."""

    table: Table
    rows: list[bytes]


Change = Delete | Fill


class ReadModel(ABC):
    """Rows derived from the log, in a schema named as the model; rebuilt rather than migrated."""

    NAME: ClassVar[str]
    FOLDS: ClassVar[bool] = False
    """Whether it asks for folded trajectories."""
    IGNORES: ClassVar[frozenset[str]] = frozenset()
    """The TYPEs that are of no concern to it."""

    @abstractmethod
    def changes(self, batch: Batch) -> Iterable[Change]:
        """Say what this batch changes, in order; without any I/O."""
