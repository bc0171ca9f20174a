"""A log to project from: events recorded as the service does, without the rules in between."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID, uuid4

import psycopg
from psycopg import sql

from domain.events.base import Category, Event
from domain.events.correction import EntryCorrected
from domain.events.people import PersonRegistered
from domain.events.referral import Channel, Referred
from domain.roles import Role
from eventlog.entry import Actor, Draft, Unit, Why
from eventlog.keys import MasterKey
from eventlog.log import Log
from eventlog.migrate import migrate
from projections.entries import Scope
from projections.models import NAMES
from projections.projector import Projector
from projections.views import Views

TODAY = date(2026, 3, 10)
NOON = datetime(2026, 3, 10, 12, tzinfo=UTC)
SECRET = b"a master key of thirty-two bytes"
# What says how far and when, rather than what follows from the log.
LEFT_OUT = {"notification_tracking", "made", "trouble"}


class World:
    """One database with a log, a projector and the views on what it made."""

    def __init__(self, database: Callable[..., str]) -> None:
        migrate(database("samenspoor_owner"))
        self.dsn = database
        self.master = MasterKey(SECRET)
        self.log = Log(database("samenspoor_service"), self.master)
        self.projector = Projector(database("samenspoor_projector"), self.master)
        # As the owner of the tables: what the wall keeps from readers is in tests/api/test_wall.py.
        self.views = Views(database("samenspoor_projector"))
        self.coach, self.organisation = uuid4(), uuid4()
        self.all = Scope(self.coach, frozenset(each.value for each in Category))

    def close(self) -> None:
        self.projector.close()
        self.views.close()
        self.log.close()

    def record(self, stream: UUID, *events: Event, role: Role = Role.JOB_COACH) -> list[UUID]:
        """Append events to a stream; give the ids of their entries."""
        unit = self.unit(stream, events, role)
        self.log.committer.append(unit)
        return [entry.event_id for entry in unit.entries]

    def unit(
        self, stream: UUID, events: Sequence[Event], role: Role = Role.JOB_COACH, base: int = -1
    ) -> Unit:
        """Seal events as the next of a stream."""
        base = self.log.before(stream, self.coach, [], None, []).version if base < 0 else base
        actor = Actor(self.coach, role, self.organisation)
        seal = self.log.entry_mapper.to_stored_event
        entries = [
            seal(Draft(stream, base + number, event, actor, Why(uuid4()), NOON))
            for number, event in enumerate(events, 1)
        ]
        return Unit(stream, base, entries, grants=[g for e in events for g in e.grants(stream)])

    def referred(self, *events: Event, client: UUID | None = None) -> UUID:
        """Begin a trajectory on the team of which the coach is."""
        trajectory = uuid4()
        first = Referred(
            occurred_on=TODAY,
            client=client or uuid4(),
            channel=Channel.SELF,
            received_by=self.coach,
            received_role=Role.JOB_COACH,
            organisation=self.organisation,
        )
        self.record(trajectory, first, *events)
        return trajectory

    def registered(self, given: str, family: str) -> UUID:
        """Register a person."""
        person = uuid4()
        self.record(
            person, PersonRegistered(occurred_on=TODAY, given_name=given, family_name=family)
        )
        return person

    def corrected(self, stream: UUID, target: UUID, body: Event) -> UUID:
        """Correct an entry of a trajectory."""
        return self.record(
            stream,
            EntryCorrected(
                occurred_on=TODAY,
                target=target,
                target_type=body.TYPE,
                reason="typefout",
                body=body.model_dump(mode="json", exclude_none=True),
            ),
        )[0]

    def spoil(self, stream: UUID, event: Event) -> int:
        """Append an entry that does not open, as a fault in the storage would leave it."""
        unit = self.unit(stream, [event])
        entry = unit.entries[0]
        object.__setattr__(entry, "state", bytes(len(entry.state)))
        self.log.committer.append(unit)
        return self.log.position()

    def mend(self, stream: UUID, position: int, event: Event) -> None:
        """Put something readable in the place of a spoilt entry, which only the owner can do."""
        good = self.unit(stream, [event], base=0).entries[0]
        with self.owner() as connection:
            connection.execute("ALTER TABLE log.entry DISABLE TRIGGER append_only")
            connection.execute(
                "UPDATE log.entry SET state = %s, event_id = %s, key_id = %s"
                " WHERE notification_id = %s",
                (good.state, good.event_id, good.key_id, position),
            )
            connection.execute("ALTER TABLE log.entry ENABLE TRIGGER append_only")

    def follow(self) -> None:
        """Take in what was recorded since, as a projector does that caught up before."""
        while self.projector._engine.step():
            pass

    def owner(self) -> psycopg.Connection[Any]:
        return psycopg.connect(self.dsn("samenspoor_owner"), autocommit=True)

    def reading(self) -> psycopg.Connection[Any]:
        return psycopg.connect(self.dsn("samenspoor_projector"), autocommit=True)

    def rows(self, schema: str) -> dict[str, list[str]]:
        """Give every row of every table of a read model, in an order of their own."""
        with self.reading() as connection:
            tables = connection.execute(
                "SELECT tablename FROM pg_tables WHERE schemaname = %s", (schema,)
            ).fetchall()
            found = {}
            for (table,) in tables:
                if table in LEFT_OUT:
                    continue
                name = sql.Identifier(schema, table)
                query = sql.SQL("SELECT (to_jsonb(t) - 'parked_at')::text FROM {} t ORDER BY 1")
                found[table] = [row for (row,) in connection.execute(query.format(name))]
            return found

    def everything_made(self) -> dict[str, dict[str, list[str]]]:
        """Give every row of every read model."""
        return {name: self.rows(name) for name in NAMES}
