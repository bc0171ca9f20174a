"""The log as the rest of the service knows it: the library's application over our recorder."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, LiteralString, NamedTuple
from uuid import UUID

import orjson
from eventsourcing.application import Application
from eventsourcing.persistence import (
    ApplicationRecorder,
    EventStore,
    InfrastructureFactory,
    Mapper,
)
from eventsourcing.postgres import PostgresFactory
from eventsourcing.utils import Environment, strtobool

from domain.events import BY_TYPE
from domain.events.base import Grant, GrantKind, StreamKind
from domain.roles import Role
from eventlog.committer import AsyncCommitter, Committer
from eventlog.connection import connect, datastore
from eventlog.entry import Entry, StoredNotification
from eventlog.keys import KeyRing, MasterKey
from eventlog.mapper import EntryMapper
from eventlog.problems import KeyProblem
from eventlog.recorder import COLUMNS, EntryRecorder

GRANTS: LiteralString = """
    SELECT json_agg(json_build_array(g.stream, g.key, g.holder, g.kind, g.role, g.organisation,
                    g.categories, g.until) ORDER BY g.stream, g.key)::text FROM log.grants g"""
_TIE: LiteralString = f"""
    ({GRANTS} WHERE g.stream = %(stream)s),
    ({GRANTS} WHERE g.holder = ANY(%(holders)s) AND g.stream <> %(stream)s)"""

HELD: LiteralString = f"""
    {GRANTS} WHERE g.kind IN ('role', 'contact') AND g.holder ="""
"""What a person holds elsewhere that can tie them to a trajectory; the person is to follow."""

# What ties a person to trajectories: the rows of each, and the roles that the person holds. The
# planner does not look into a subselect: it keeps its plan instead of planning for each array.
_TIES: LiteralString = f"""
SELECT s.stream, ({GRANTS} WHERE g.stream = s.stream), held.rows
  FROM unnest((SELECT %(streams)s::uuid[])) AS s (stream),
       (SELECT ({HELD} %(person)s) AS rows) AS held"""

_BEFORE: LiteralString = f"""
SELECT {_TIE},
       (SELECT originator_version FROM log.entry WHERE originator_id = %(stream)s
         ORDER BY originator_version DESC LIMIT 1),
       ({GRANTS} WHERE g.stream = %(person)s AND g.kind = 'role'),
       (SELECT originator_version FROM log.entry WHERE originator_id = %(person)s
         ORDER BY originator_version DESC LIMIT 1),
       (SELECT json_object_agg(originator_id, topic)::text FROM log.entry
         WHERE originator_id = ANY(%(refers)s) AND originator_version = 1),
       k.originator_id, k.originator_version, k.command_size, k.idempotency_digest
  FROM (SELECT 1) AS one LEFT JOIN log.entry k ON k.idempotency_key = %(key)s"""

_EMERGENCIES: LiteralString = """
SELECT g.stream, split_part(g.key, '/', 2) FROM log.grants g
 WHERE g.kind = 'emergency' AND g.organisation = %s
   AND NOT EXISTS (SELECT FROM log.grants r WHERE r.stream = g.stream
                      AND r.key = 'reviewed/' || split_part(g.key, '/', 2))
 ORDER BY split_part(g.key, '/', 3), g.key LIMIT %s"""

_HOLDING: LiteralString = """
SELECT DISTINCT g.holder FROM log.grants g
 WHERE g.kind = 'role' AND g.role = %s AND (g.until IS NULL OR g.until >= %s)
 ORDER BY g.holder LIMIT %s"""

_FILES: LiteralString = "SELECT g.stream FROM log.grants g WHERE g.kind = 'client'"
_FILES_OF: LiteralString = """
SELECT DISTINCT g.stream FROM log.grants g
 WHERE g.organisation = ANY(%s) AND g.kind IN ('team', 'emergency')"""

KEPT: LiteralString = "SELECT key_id, subject, retention, wrapped FROM keys.data_key"


@dataclass(frozen=True, slots=True)
class Stored:
    """The answer that an idempotency key stands for: these entries, asked for with this digest."""

    stream: UUID
    version: int
    size: int
    digest: bytes


class Given(NamedTuple):
    """Grants as the database words them: equal text means equal grants (see `grants()`)."""

    here: str
    """The rows of the stream; those of a trajectory change with its version, but for samples."""
    elsewhere: str = "[]"
    """Rows of other streams that the person holds, or that the stream's own id holds."""


class Roles(NamedTuple):
    """The roles that a person was given, as rows, and the version that their own stream had."""

    version: int
    rows: str = "[]"


class Before(NamedTuple):
    """What a command must know before it is decided, from one round trip."""

    grants: Given
    version: int
    roles: Roles
    """Those of who asks."""
    known: dict[UUID, StreamKind]
    answered: Stored | None


class Log(Application[UUID]):
    """Reads and appends entries; raises Unavailable when the database stays away."""

    name = "log"

    def __init__(self, dsn: str, master: MasterKey, *, pool: int = 24) -> None:
        """Connect as the role in `dsn` when first used; `pool` is the most connections at once."""
        self.dsn = dsn
        self.master = master
        self._pool = pool
        super().__init__({"CREATE_TABLE": "n"})
        self.committer = Committer(lambda: connect(dsn))
        self.async_committer = AsyncCommitter(lambda: connect(dsn))

    def construct_factory(self, env: Environment) -> InfrastructureFactory[Any]:
        """Give the library's PostgreSQL factory our datastore and recorder."""
        return _Factory(env, self.dsn, self._pool)

    def construct_recorder(self) -> ApplicationRecorder:
        """Read our table."""
        return self.factory.application_recorder()

    def construct_mapper(self) -> Mapper[UUID]:
        """Seal and open with the keys in the same database."""
        self.entries_recorder: EntryRecorder = self.factory.application_recorder()  # type: ignore[assignment]
        self.entry_mapper = EntryMapper(KeyRing(self.master, self.entries_recorder))
        return self.entry_mapper

    def construct_event_store(self) -> EventStore[UUID]:
        """Join our mapper and recorder as the library does."""
        return EventStore(mapper=self.mapper, recorder=self.recorder)

    def entries(self, stream: UUID, *, after: int = 0, upto: int | None = None) -> list[Entry]:
        """Open a stream's entries after a version, up to another; corrections are resolved."""
        return self.entry_mapper.entries(
            self.entries_recorder.select_events(stream, gt=after, lte=upto)  # type: ignore[arg-type]
        )

    def version_at(self, stream: UUID, moment: datetime) -> int:
        """Give the version that the stream had at a moment: that of the last entry by then."""
        rows = self.entries_recorder.rows(
            "SELECT max(originator_version) FROM log.entry"
            " WHERE originator_id = %s AND recorded_at <= %s",
            (stream, moment),
        )
        return rows[0][0] or 0

    def read(self, after: int, limit: int) -> list[StoredNotification]:
        """Give stored entries in the order of the log, after a position."""
        return self.entries_recorder.select_notifications(  # type: ignore[return-value]
            after, limit, inclusive_of_start=False
        )

    def position(self) -> int:
        """Give the position of the last entry, 0 for an empty log."""
        return self.recorder.max_notification_id() or 0

    def before(
        self,
        stream: UUID,
        person: UUID,
        named: Sequence[UUID],
        key: bytes | None,
        refers: Sequence[UUID],
    ) -> Before:
        """Look up what a command on a stream, by a person who names others, is decided on.

        That is grants (of the stream, and of who is named or asks), versions, which streams exist,
        and the answer if the key has one.
        """
        row = self.entries_recorder.rows(
            _BEFORE,
            {
                "stream": stream,
                "person": person,
                "holders": [stream, person, *named],
                "key": key,
                "refers": list(refers),
            },
        )[0]
        here, elsewhere, version, roles, at, known, *found = row
        return Before(
            Given(here or "[]", elsewhere or "[]"),
            version or 0,
            Roles(at or 0, roles or "[]"),
            _kinds((UUID(k), t) for k, t in orjson.loads(known or "{}").items()),
            Stored(*found) if found[0] is not None else None,
        )

    def grants_between(self, stream: UUID, person: UUID) -> Given:
        """Give the grants of a stream and those that a person holds."""
        rows = self.entries_recorder.rows(
            f"SELECT {_TIE}", {"stream": stream, "holders": [stream, person]}
        )
        here, elsewhere = rows[0]
        return Given(here or "[]", elsewhere or "[]")

    def ties(self, streams: Sequence[UUID], person: UUID) -> dict[UUID, Given]:
        """Give, for many trajectories at once, what the policy asks to tie a person to them."""
        rows = self.entries_recorder.rows(_TIES, {"streams": list(streams), "person": person})
        return {stream: Given(here or "[]", held or "[]") for stream, here, held in rows}

    def emergencies(self, organisation: UUID, most: int) -> list[tuple[UUID, UUID]]:
        """Name trajectory and id of an organisation's emergencies to look back at, oldest first."""
        rows = self.entries_recorder.rows(_EMERGENCIES, (organisation, most))
        return [(stream, UUID(emergency)) for stream, emergency in rows]

    def holding(self, role: Role, day: date, most: int) -> list[UUID]:
        """Name the people who have a role on a day, wherever; the policy says to whom."""
        rows = self.entries_recorder.rows(_HOLDING, (role.value, day, most))
        return [person for (person,) in rows]

    def files_of(self, organisations: Collection[UUID]) -> list[UUID]:
        """Name the files with anybody of these organisations on the team, or in an emergency."""
        rows = self.entries_recorder.rows(_FILES_OF, (list(organisations),))
        return [stream for (stream,) in rows]

    def files(self) -> list[UUID]:
        """Name every file that has a client."""
        rows = self.entries_recorder.rows(_FILES, ())
        return [stream for (stream,) in rows]

    def answered(self, keys: Sequence[bytes]) -> dict[bytes, Stored]:
        """Look up many idempotency keys."""
        rows = self.entries_recorder.rows(
            "SELECT idempotency_key, originator_id, originator_version, command_size,"
            " idempotency_digest FROM log.entry WHERE idempotency_key = ANY(%s)",
            (list(keys),),
        )
        return {key: Stored(*found) for key, *found in rows}

    def kinds(self, streams: Sequence[UUID]) -> dict[UUID, StreamKind]:
        """Name those of these streams that exist, with their kind."""
        rows = self.entries_recorder.rows(
            "SELECT originator_id, topic FROM log.entry"
            " WHERE originator_id = ANY(%s) AND originator_version = 1",
            (list(streams),),
        )
        return _kinds(rows)

    @property
    def keys(self) -> KeyRing:
        """The data keys."""
        return self.entry_mapper.keys

    def check_key(self) -> None:
        """Try the master key on a hundred data keys, any by their random ids; raises KeyProblem."""
        kept = self.entries_recorder.rows(f"{KEPT} ORDER BY key_id LIMIT 100", ())
        if not all(self.master.opens(*each) for each in kept):
            msg = "The master key does not open the data keys."
            raise KeyProblem(msg)

    def stored_entries(self, stream: UUID, version: int, size: int) -> list[StoredNotification]:
        """Give `size` stored entries of a stream from a version on, unopened."""
        rows = self.entries_recorder.rows(
            f"SELECT {COLUMNS} FROM log.entry WHERE originator_id = %s"
            " AND originator_version BETWEEN %s AND %s ORDER BY originator_version",
            (stream, version, version + size - 1),
        )
        return list(map(StoredNotification, rows))

    def close(self) -> None:
        """Close every connection."""
        self.committer.close()
        self.async_committer.close()
        super().close()


class _Factory(PostgresFactory):
    application_recorder_class = EntryRecorder

    def __init__(self, env: Environment, dsn: str, pool: int) -> None:
        refuse_unordered(env)
        # Past the library's own constructor, which reads its datastore from the environment.
        InfrastructureFactory.__init__(self, env)
        self.datastore = datastore(dsn, schema="log", pool=pool)


def refuse_unordered(env: Environment) -> None:
    """Refuse a setting of the library with which readers lose events (measured: 199 of 26,865)."""
    if strtobool(env.get("POSTGRES_ENABLE_DB_FUNCTIONS") or "no"):
        msg = "POSTGRES_ENABLE_DB_FUNCTIONS drops the order of the log: switch it off."
        raise ValueError(msg)


def _kinds(first: Iterable[tuple[UUID, str]]) -> dict[UUID, StreamKind]:
    """Name the kinds of streams by the TYPE of their first entry; what is unknown is left out."""
    return {stream: BY_TYPE[kind].STREAM for stream, kind in first if kind in BY_TYPE}


def grants(given: Given) -> list[Grant]:
    """Read grants as the database words them."""
    return [
        Grant(
            UUID(stream),
            key,
            UUID(holder),
            GrantKind(kind),
            role,
            None if organisation is None else UUID(organisation),
            categories,
            None if until is None else date.fromisoformat(until),
        )
        for stream, key, holder, kind, role, organisation, categories, until in orjson.loads(
            given.here
        )
        + orjson.loads(given.elsewhere)
    ]
