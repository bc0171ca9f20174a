"""A process that holds a lease: until its input ends, or for a number of short visits."""

from __future__ import annotations

import sys
from pathlib import Path

import psycopg

from eventlog.embedded import start


def main(folder: Path, visits: int) -> None:
    for _ in range(visits):
        with start(folder) as server, psycopg.connect(server.dsn()) as connection:
            connection.execute("SELECT 1")
    if not visits:
        with start(folder):
            print("ready", flush=True)  # noqa: T201
            sys.stdin.read()


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
