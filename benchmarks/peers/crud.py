"""A CRUD table with an audit trigger: the row is overwritten, the trigger keeps what it was."""

from __future__ import annotations

import json
from time import perf_counter
from typing import Any
from uuid import UUID

import psycopg

from benchmarks.workload import body, interleaved, stream

_TABLES = """
DROP SCHEMA IF EXISTS crud CASCADE;
CREATE SCHEMA crud;
CREATE TABLE crud.trajectory (id uuid PRIMARY KEY, version int NOT NULL, body jsonb NOT NULL);
CREATE TABLE crud.audit (
    id bigserial PRIMARY KEY, trajectory uuid NOT NULL, at timestamptz NOT NULL DEFAULT now(),
    by text NOT NULL DEFAULT current_user, operation text NOT NULL, before jsonb, after jsonb
);
CREATE INDEX audit_by_trajectory ON crud.audit (trajectory, id);
CREATE FUNCTION crud.keep() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO crud.audit (trajectory, operation, before, after)
    VALUES (NEW.id, TG_OP, CASE WHEN TG_OP = 'UPDATE' THEN to_jsonb(OLD) END, to_jsonb(NEW));
    RETURN NEW;
END $$;
CREATE TRIGGER audited AFTER INSERT OR UPDATE ON crud.trajectory
    FOR EACH ROW EXECUTE FUNCTION crud.keep();
"""
_WRITE = """
INSERT INTO crud.trajectory (id, version, body) VALUES (%s, 1, %s)
ON CONFLICT (id) DO UPDATE SET version = crud.trajectory.version + 1, body = EXCLUDED.body"""
_HISTORY = "SELECT at, by, operation, after FROM crud.audit WHERE trajectory = %s ORDER BY id"


class Peer:
    """One connection to the table."""

    def __init__(self, dsn: str) -> None:
        """Connect."""
        self._connection = psycopg.connect(dsn, autocommit=True)

    @staticmethod
    def create(dsn: str) -> None:
        """Make the tables."""
        with psycopg.connect(dsn, autocommit=True) as connection:
            connection.execute(_TABLES)

    def note(self, number: int, k: int) -> None:
        """Overwrite a trajectory's row, durably."""
        text = json.dumps(body(number, k), separators=(",", ":"))
        self._connection.execute(_WRITE, (stream(number), text), prepare=True)

    def fill(self, events: int, per: int) -> float:
        """Write a caseload in batches; gives events per second."""
        began = perf_counter()
        rows = [(stream(t), json.dumps(body(t, k))) for t, k in interleaved(events, per)]
        with self._connection.cursor() as cursor:
            for at in range(0, len(rows), 500):
                with self._connection.transaction():
                    cursor.executemany(_WRITE, rows[at : at + 500])
        return events / (perf_counter() - began)

    def history(self, trajectory: UUID) -> list[tuple[Any, ...]]:
        """Read what the trigger kept of one trajectory."""
        return self._connection.execute(_HISTORY, (trajectory,), prepare=True).fetchall()

    def close(self) -> None:
        """Close the connection."""
        self._connection.close()
