"""The library eventsourcing as it comes, on the same database: its application and mapper."""

from __future__ import annotations

from time import perf_counter
from typing import Any
from uuid import UUID

from eventsourcing.application import Application
from eventsourcing.domain import Aggregate, event
from psycopg.conninfo import conninfo_to_dict

from benchmarks.workload import body, interleaved


class Trajectory(Aggregate):
    """A trajectory as the library's own aggregate."""

    notes: int

    @event("Opened")
    def __init__(self, number: int) -> None:
        """Begin it."""
        self.number = number
        self.notes = 0

    @event("Noted")
    def note(self, body: dict[str, Any]) -> None:
        """Note something that happened."""
        self.notes += 1
        self.last = body


def environment(dsn: str, *, pool: int) -> dict[str, str]:
    """Say where the library stores: the database that `dsn` names."""
    at = conninfo_to_dict(dsn)
    return {
        "PERSISTENCE_MODULE": "eventsourcing.postgres",
        "POSTGRES_DBNAME": str(at["dbname"]),
        "POSTGRES_HOST": str(at["host"]),
        "POSTGRES_PORT": str(at.get("port", "5432")),
        "POSTGRES_USER": str(at["user"]),
        "POSTGRES_PASSWORD": str(at["password"]),
        "POSTGRES_SCHEMA": "library",
        "POSTGRES_POOL_SIZE": str(pool),
        "POSTGRES_MAX_OVERFLOW": "4",
    }


class Peer(Application[UUID]):
    """The library's application with its defaults."""

    name = "peer"

    def open(self, number: int) -> UUID:
        """Begin a trajectory."""
        trajectory = Trajectory(number)
        self.save(trajectory)
        return trajectory.id

    def note(self, trajectory: Trajectory, k: int) -> None:
        """Append one event to a trajectory at hand."""
        trajectory.note(body=body(trajectory.number, k))
        self.save(trajectory)

    def fill(self, events: int, per: int) -> tuple[list[UUID], float]:
        """Store a caseload in batches; gives the streams and events per second."""
        began = perf_counter()
        streams: dict[int, Trajectory] = {}
        waiting: list[Trajectory] = []
        for at, (number, k) in enumerate(interleaved(events, per), 1):
            if k == 0:
                streams[number] = Trajectory(number)
            else:
                streams[number].note(body=body(number, k))
            waiting.append(streams[number])
            if at % 500 == 0 or at == events:
                self.save(*{t.id: t for t in waiting}.values())
                waiting = []
        return [t.id for t in streams.values()], events / (perf_counter() - began)

    def read(self, batch: int = 5_000) -> float:
        """Read the whole log as domain events; gives events per second."""
        began, seen, after = perf_counter(), 0, 0
        while found := self.recorder.select_notifications(after + 1, batch):
            for notification in found:
                self.mapper.to_domain_event(notification)
            seen, after = seen + len(found), found[-1].id
        return seen / (perf_counter() - began)
