"""Runs an import that kills itself with SIGKILL around one of its transactions."""

from __future__ import annotations

import os
import signal
import sys
from datetime import date
from pathlib import Path

from api.workbook import writing
from tests.workbook.logs import imported, opened


def main(dsn: str, book: str, as_of: str, number: int, moment: str) -> None:
    """Die just before or just after the transaction with this number was committed."""
    writing.AT_ONCE = 150
    with opened(dsn) as handler:
        committer = handler.log.committer
        store, left = committer.append_all, [number]

        def append_all(units):
            left[0] -= 1
            if left[0] == 0 and moment == "before":
                os.kill(os.getpid(), signal.SIGKILL)
            verdicts = store(units)
            if left[0] == 0:
                os.kill(os.getpid(), signal.SIGKILL)
            return verdicts

        committer.append_all = append_all
        imported(handler, Path(book), "haaren", date.fromisoformat(as_of))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], sys.argv[3], int(sys.argv[4]), sys.argv[5])
