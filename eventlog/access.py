"""Who looked at which file, when and on what ground; written before an answer goes out."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from typing import Any, LiteralString, NamedTuple, Protocol
from uuid import UUID

import orjson
import structlog
from anyio import to_thread

from eventlog.aside import Aside, Line
from eventlog.problems import Unavailable

logger = structlog.get_logger()


class Look(NamedTuple):
    """One person looked at one file (NEN 7513; reference 7.4)."""

    at: datetime
    trajectory: UUID
    person: UUID
    role: str
    organisation: UUID | None
    on_behalf_of: UUID | None
    view: str
    categories: str
    """The letters of the matrix of which something could be seen."""
    basis: str
    request: UUID
    permissions: tuple[UUID, ...] = ()
    """Those by which more is seen than without, mandates and what the client sent among them."""
    reason: UUID | None = None
    """The emergency that alone gave the right: in its opening stands why."""
    query: tuple[tuple[str, str], ...] = ()
    """What was asked by, names and values; never words."""

    def line(self) -> Line:
        """Give it as it is sent, or put aside."""
        return {**self._asdict(), "query": dict(self.query)}


class Looked(NamedTuple):
    """How often somebody looked on one day, and at what."""

    day: date
    person: UUID
    role: str
    organisation: UUID | None
    basis: str
    permissions: list[UUID]
    reason: UUID | None
    shown: list[tuple[str, dict[str, str]]]
    """Each view, with what it was asked by."""
    times: int
    last_at: datetime


class Overseen(NamedTuple):
    """A line over many files: which one, and how somebody looked at it on one day."""

    trajectory: UUID
    looked: Looked


class Narrowed(NamedTuple):
    """What the lines over many files are narrowed by; None: by nothing."""

    files: Sequence[UUID]
    since: datetime
    until: datetime
    zone: str
    person: UUID | None = None
    role: str | None = None
    organisation: UUID | None = None
    but: UUID | None = None
    """Whose own looks are left out."""


Place = tuple[datetime, UUID, UUID]
"""Where a page of lines ended: when somebody looked last, at which file, and who."""


Query = Callable[[LiteralString, Mapping[str, Any]], list[tuple[Any, ...]]]
"""Runs one query, and waits."""


class Used(NamedTuple):
    """How often an emergency was used to look, and at what."""

    times: int
    views: list[str]


class Rows(Protocol):
    """Where a query is run: again after a lost connection, or it raises Unavailable."""

    def rows(self, query: LiteralString, parameters: Mapping[str, Any]) -> list[tuple[Any, ...]]:
        """Run one query, and wait."""

    def seen(
        self,
        query: LiteralString,
        parameters: Mapping[str, Any],
        files: Sequence[UUID] | None = None,
    ) -> list[tuple[Any, ...]]:
        """Run one query in the name of whoever asks: it gives what they may be given."""

    async def rows_async(
        self, query: LiteralString, parameters: Mapping[str, Any]
    ) -> list[tuple[Any, ...]]:
        """Run one query on the event loop."""


_NOTE: LiteralString = "SELECT log.note_access(%(looks)s::json)"

# Of one request that shows a file in several ways one look counts.
_BY_DAY: LiteralString = """
SELECT (at AT TIME ZONE %(zone)s)::date AS day, person, role, organisation, basis,
       coalesce(permissions, '{}'), reason,
       jsonb_agg(DISTINCT jsonb_build_array(view, coalesce(query, '{}'))),
       count(DISTINCT request)::int, max(at)
  FROM log.access
 WHERE trajectory = %(trajectory)s AND at >= %(since)s AND at < %(until)s
   AND (%(person)s::uuid IS NULL OR person = %(person)s)
 GROUP BY 1, 2, 3, 4, 5, 6, 7
 ORDER BY 1 DESC, max(at) DESC"""

_NARROWED: LiteralString = """
 WHERE trajectory = ANY(%(files)s::uuid[]) AND at >= %(since)s AND at < %(until)s
   AND (%(person)s::uuid IS NULL OR person = %(person)s)
   AND (%(role)s::text IS NULL OR role = %(role)s)
   AND (%(organisation)s::uuid IS NULL OR organisation = %(organisation)s)
   AND (%(but)s::uuid IS NULL OR person <> %(but)s)"""

_OVERSEEN: LiteralString = f"""
SELECT * FROM (
SELECT trajectory, (at AT TIME ZONE %(zone)s)::date AS day, person, role, organisation, basis,
       coalesce(permissions, '{{}}'), reason,
       jsonb_agg(DISTINCT jsonb_build_array(view, coalesce(query, '{{}}'))),
       count(DISTINCT request)::int, max(at) AS last_at
  FROM log.access {_NARROWED}
 GROUP BY 1, 2, 3, 4, 5, 6, 7, 8) AS line
 WHERE %(at)s::timestamptz IS NULL
    OR (last_at, trajectory, person) < (%(at)s, %(file)s::uuid, %(by)s::uuid)
 ORDER BY last_at DESC, trajectory DESC, person DESC LIMIT %(most)s"""

_LOOKERS: LiteralString = f"""
SELECT DISTINCT person, role, organisation FROM log.access {_NARROWED}
 ORDER BY person, role LIMIT %(most)s"""

_OUTSIDE: LiteralString = """
SELECT EXISTS (SELECT FROM log.access
                WHERE trajectory = %(trajectory)s AND (at < %(since)s OR at >= %(until)s)
                  AND person <> %(but)s)"""

_USED: LiteralString = """
SELECT reason, count(DISTINCT request)::int, array_agg(DISTINCT view ORDER BY view)
  FROM log.access WHERE trajectory = %(trajectory)s AND emergency GROUP BY 1"""

_MADE: LiteralString = """
SELECT to_regclass('log.access') IS NOT NULL AND to_regclass('log.access_once') IS NOT NULL
   AND to_regproc('log.looked') IS NOT NULL AND to_regclass('desk.draft') IS NOT NULL
   AND EXISTS (SELECT FROM pg_attribute
                WHERE attrelid = to_regclass('log.access') AND attname = 'query')"""


_LOOKED: LiteralString = "SELECT log.looked(%(trajectory)s, %(since)s, %(but)s)"


class AccessLog:
    """The lines of who looked; they can be added and read, and nothing else."""

    def __init__(self, database: Rows, aside: Aside) -> None:
        """Take where to write and read, and the file for when that cannot be written."""
        self._database = database
        self._aside = aside

    def made(self) -> bool:
        """Say whether the last migration has run: what writes entries and looks is there."""
        return bool(self._database.rows(_MADE, {})[0][0])

    def note(self, looks: Sequence[Look]) -> None:
        """Write looks; raises Unavailable, and then nothing may be shown."""
        if looks:
            self._database.rows(_NOTE, _worded(looks))
            if self._aside.waiting():
                self._bring_in()

    async def note_async(self, looks: Sequence[Look]) -> list[None]:
        """Write the looks of many, with one answer for each."""
        await self._database.rows_async(_NOTE, _worded(looks))
        if self._aside.waiting():
            await to_thread.run_sync(self._bring_in)
        return [None] * len(looks)

    def put_aside(self, looks: Sequence[Look]) -> None:
        """Keep looks in an emergency beside a database that cannot take them.

        Raises Unavailable for all other looks, and when the file cannot be written either.
        """
        if not all(each.reason for each in looks):
            raise Unavailable
        try:
            self._aside.add([each.line() for each in looks])
        except OSError as error:
            raise Unavailable from error
        logger.warning("looks_put_aside", looks=len(looks))

    def _bring_in(self) -> None:
        """Write what was put aside; what cannot be now is tried at a later look."""
        try:
            self._aside.bring_in(lambda lines: self._database.rows(_NOTE, _as_json(lines)))
        except (OSError, Unavailable):
            logger.warning("looks_still_aside")

    def used(self, trajectory: UUID) -> dict[UUID, Used]:
        """Say how each emergency of a file was used to look."""
        rows = self._database.seen(_USED, {"trajectory": trajectory}, [trajectory])
        return {reason: Used(times, views) for reason, times, views in rows}

    def by_day(
        self,
        trajectory: UUID,
        since: datetime,
        until: datetime,
        zone: str,
        person: UUID | None = None,
    ) -> list[Looked]:
        """Give who looked at a file from one moment until another, the last day first.

        Days are those of a time zone; `person` narrows to one who looked.
        """
        asked = {
            "trajectory": trajectory,
            "since": since,
            "until": until,
            "zone": zone,
            "person": person,
        }
        return [Looked(*row) for row in self._database.seen(_BY_DAY, asked, [trajectory])]

    def overseen(self, narrowed: Narrowed, most: int, after: Place | None = None) -> list[Overseen]:
        """Give who looked at any of these files, by day, the last first; `after` a page before."""
        at, file, by = after or (None, None, None)
        asked = {**_narrowed(narrowed), "at": at, "file": file, "by": by, "most": most}
        rows = self._database.seen(_OVERSEEN, asked, narrowed.files)
        return [Overseen(trajectory, Looked(*rest)) for trajectory, *rest in rows]

    def lookers(self, narrowed: Narrowed, most: int) -> list[tuple[UUID, str, UUID | None]]:
        """Name who looked at any of these files, in which role and for whom."""
        asked = {**_narrowed(narrowed), "most": most}
        return [
            (person, role, organisation)
            for person, role, organisation in self._database.seen(_LOOKERS, asked, narrowed.files)
        ]

    def outside(self, trajectory: UUID, since: datetime, until: datetime, *, but: UUID) -> bool:
        """Say whether anybody looked before or after these moments, but for one person."""
        asked = {"trajectory": trajectory, "since": since, "until": until, "but": but}
        return bool(self._database.seen(_OUTSIDE, asked, [trajectory])[0][0])


def _narrowed(by: Narrowed) -> dict[str, Any]:
    return {**by._asdict(), "files": list(by.files)}


def looked(rows: Query, trajectory: UUID, since: datetime, *, but: UUID) -> bool:
    """Say whether anybody looked at a file from a moment on, but for one person."""
    return bool(rows(_LOOKED, {"trajectory": trajectory, "since": since, "but": but})[0][0])


def _worded(looks: Sequence[Look]) -> dict[str, str]:
    """Word looks as one parameter: ten lists would cost more than all the rest."""
    return _as_json([each.line() for each in looks])


def _as_json(lines: Sequence[Line]) -> dict[str, str]:
    return {"looks": orjson.dumps(lines).decode()}
