"""A log to import into, and what stands in it afterwards."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

from api.workbook import command
from api.workbook.plan import make
from api.workbook.reading import read
from api.workbook.writing import Written, write
from domain.events.base import StreamKind
from eventlog.handler import Handler
from eventlog.keys import MasterKey
from eventlog.log import Log

MASTER = MasterKey(b"import tests: thirty-two bytes!!")


@contextmanager
def opened(dsn: str) -> Iterator[Handler]:
    """Give a handler on the log at a database."""
    log = Log(dsn, MASTER)
    try:
        yield Handler(log)
    finally:
        log.close()


def imported(handler: Handler, path: Path, source: str, as_of: date) -> Written:
    """Import what is accepted of a book, and check that all of it was."""
    plan = make(read(path), source, as_of)
    return write(handler, plan.stories, source, as_of)


def run(dsn: str, path: Path, **options: Any) -> int:
    """Run the command as the terminal does."""
    return command.run(path, open_handler=lambda: opened(dsn), **options)


def entries(handler: Handler) -> list[Any]:
    """Give every entry of the log, opened, in its order."""
    stored = handler.log.read(0, 1_000_000)
    handler.log.keys.load(each.key_id for each in stored)
    return [handler.log.entry_mapper.to_domain_event(each) for each in stored]


def contents(handler: Handler) -> dict[Any, list[tuple[Any, ...]]]:
    """Give the whole log by stream: what each entry says, by whom and on whose behalf."""
    found: dict[Any, list[tuple[Any, ...]]] = {}
    for entry in entries(handler):
        header = entry.header
        said = (entry.version, entry.body, header.actor, header.role, header.on_behalf_of)
        found.setdefault(entry.stream, []).append((*said, header.origin))
    return found


def trajectories(handler: Handler) -> list[Any]:
    """Give the state of every trajectory."""
    kind = StreamKind.TRAJECTORY
    streams = {e.stream for e in entries(handler) if e.type == "referral.made.v1"}
    return [handler.state(stream, kind)[1] for stream in streams]
