"""Print what fills the wall in the database: python -m docs.generate_wall."""

from __future__ import annotations

import csv
from io import StringIO
from pathlib import Path

from eventlog.wall import policy

FILE = Path(__file__).parent / "reference" / "wall.csv"


def text() -> str:
    """Give the whole file: a line for each row, after the name of its table."""
    out = StringIO()
    lines = ((table, *row) for table, rows in policy().items() for row in rows)
    csv.writer(out, lineterminator="\n").writerows(lines)
    return out.getvalue()


if __name__ == "__main__":
    FILE.write_text(text(), encoding="utf-8")
