"""The log as the rest knows it: reading by stream, by position and as of a moment."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import psycopg
import pytest

from domain.events.base import StreamKind
from eventlog.connection import connect, datastore
from eventlog.log import Log
from tests.eventlog.world import MASTER, World, referred, sealed, talked


def test_reading_by_stream(log: Log) -> None:
    stream = uuid4()
    log.committer.append(sealed(log, stream, 0, [referred(), *(talked(str(n)) for n in range(4))]))
    for after, upto in ((0, None), (2, None), (0, 3), (1, 4), (5, None), (3, 3)):
        expected = [v for v in range(1, 6) if v > after and (upto is None or v <= upto)]
        found = log.entries(stream, after=after, upto=upto)
        assert [entry.version for entry in found] == expected
    assert log.entries(uuid4()) == []
    backwards = log.recorder.select_events(stream, desc=True, limit=2)
    assert [each.originator_version for each in backwards] == [5, 4]


def test_what_is_read_back_is_what_was_sealed(log: Log) -> None:
    stream = uuid4()
    unit = sealed(log, stream, 0, [referred(), talked()])
    log.committer.append(unit)
    read = log.stored_entries(stream, 1, 2)
    for made, found in zip(unit.entries, read, strict=True):
        for each in dataclasses.fields(made):
            assert getattr(found, each.name) == getattr(made, each.name)
        assert found.bound_to == made.bound_to


def test_reading_by_position(log: Log) -> None:
    before = log.position()
    units = [sealed(log, uuid4(), 0, [referred(), talked()]) for _ in range(3)]
    log.committer.append_all(units)
    whole = log.read(before, 100)
    assert [each.id for each in whole] == list(range(before + 1, before + 7))
    paged, last = [], before
    while page := log.read(last, 2):
        paged += page
        last = page[-1].id
    assert paged == whole
    talks = log.recorder.select_notifications(before + 1, 100, before + 4, ["support.contact.v1"])
    assert [each.id for each in talks] == [before + 2, before + 4]


def test_the_version_at_a_moment_is_that_of_the_last_entry_by_then(world: World) -> None:
    log, start = world.handler.log, datetime(2026, 3, 1, 12, tzinfo=UTC)
    clock = [start]
    world.handler.now = lambda: clock[0]
    stream = world.trajectory(world.person())
    # The clock of the third is behind: the order of the log counts, clocks need not follow it.
    for minutes in (10, 5, 20):
        clock[0] = start + timedelta(minutes=minutes)
        world.note(stream)
    asked = {-1: 0, 0: 1, 4: 1, 5: 3, 9: 3, 10: 3, 19: 3, 20: 4, 999: 4}
    found = {m: log.version_at(stream, start + timedelta(minutes=m)) for m in asked}
    assert found == asked
    assert log.version_at(uuid4(), start) == 0


def test_kinds_of_streams(world: World) -> None:
    person = world.person()
    stream = world.trajectory(person)
    expected = {person: StreamKind.DIRECTORY, stream: StreamKind.TRAJECTORY}
    assert world.handler.log.kinds([person, stream, uuid4()]) == expected
    assert world.handler.log.kinds([]) == {}


@pytest.mark.parametrize("value", ["yes", "y", "t", "TRUE", "on", "1"])
@pytest.mark.parametrize(
    "name", ["POSTGRES_ENABLE_DB_FUNCTIONS", "LOG_POSTGRES_ENABLE_DB_FUNCTIONS"]
)
def test_a_setting_that_loses_events_is_refused(
    log: Log, monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(ValueError, match="drops the order"):
        Log(log.dsn, MASTER)


@pytest.mark.parametrize("value", ["no", "f", "0", ""])
def test_a_setting_that_is_off_is_fine(
    log: Log, monkeypatch: pytest.MonkeyPatch, value: str
) -> None:
    monkeypatch.setenv("POSTGRES_ENABLE_DB_FUNCTIONS", value)
    second = Log(log.dsn, MASTER)
    assert second.position() == log.position()
    second.close()


def test_settings_of_the_connection_string_are_kept(migrated: Callable[..., str]) -> None:
    dsn = f"{migrated()} application_name=proef options='-c statement_timeout=7s'"
    shown = "SELECT current_setting('{}')"
    expected = {"application_name": "proef", "statement_timeout": "7s", "TimeZone": "UTC"}
    with connect(dsn) as connection:
        for name, value in expected.items():
            assert connection.execute(shown.format(name)).fetchone() == (value,)
    pool = datastore(dsn, schema="log")
    with pool.get_connection() as connection:
        for name, value in expected.items():
            row = connection.execute(shown.format(name)).fetchone()
            assert row == {"current_setting": value}
    pool.close()


def test_an_address_is_taken_as_well_as_a_connection_string(migrated: Callable[..., str]) -> None:
    given = psycopg.conninfo.conninfo_to_dict(migrated())
    host = str(given["host"]).replace("/", "%2F")
    url = (
        f"postgresql://{given['user']}:{given['password']}@{host}:{given['port']}/{given['dbname']}"
    )
    log = Log(url, MASTER)
    stream = uuid4()
    log.committer.append(sealed(log, stream, 0, [referred()]))
    assert [entry.version for entry in log.entries(stream)] == [1]
    log.close()
