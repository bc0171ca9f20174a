"""A rebuild goes on beside writers and readers, and nobody notices but by its result."""

from __future__ import annotations

from threading import Barrier
from uuid import uuid4

import psycopg
import pytest

from projections import schema
from projections.models import BY_NAME, NAMES
from projections.rebuild import REBUILDS, Rebuilding, rebuild
from projections.writing import lock_key
from tests.projections.test_timeline import contact
from tests.projections.waiting import beside, until


def again(world, name):
    return rebuild(world.dsn("samenspoor_projector"), world.master, name)


def schemas(world):
    with world.reading() as connection:
        rows = connection.execute("SELECT nspname FROM pg_namespace").fetchall()
    return {name for (name,) in rows}


def test_under_constant_writing_readers_never_stop(own_world):
    world = own_world
    trajectory = world.referred(*(contact() for _ in range(20)))
    world.projector.catch_up()
    read, ready = [], Barrier(3)

    def write(stop):
        ready.wait()
        while not stop.is_set():
            world.record(trajectory, contact())

    def reading(stop):
        ready.wait()
        while not stop.is_set():
            rows = world.views.timeline.page(trajectory, world.all, limit=1)
            case = world.views.caseload.of(world.coach)[0]
            read.append((rows[0].version, case.state.support.contacts))

    with beside(world.projector.run), beside(write), beside(reading):
        ready.wait()
        for _ in range(3):
            for name in ("timeline", "caseload"):
                again(world, name)
        seen = len(read)
        until(lambda: len(read) > seen)
    assert read == sorted(read), "a rebuild took a reader back in time"
    world.projector.catch_up()
    versions = [r.version for r in world.views.timeline.page(trajectory, world.all, limit=10**6)]
    assert sorted(versions) == list(range(1, world.log.position() + 1))
    followed = world.everything_made()
    for name in NAMES:
        again(world, name)
    assert world.everything_made() == followed


def test_it_works_without_a_projector_and_without_a_schema(own_world):
    world = own_world
    trajectory = world.referred(contact())
    assert again(world, "timeline") == 2
    assert len(world.views.timeline.page(trajectory, world.all)) == 2
    world.projector.catch_up()
    assert set(world.views.positions().values()) == {2}


def test_what_a_crashed_rebuild_left_is_removed(own_world):
    world = own_world
    world.referred(contact())
    world.projector.catch_up()
    with world.reading() as connection:
        schema.create(connection, BY_NAME["timeline"], "timeline_shadow")
        connection.execute("CREATE SCHEMA timeline_old_0badcafe CREATE TABLE entry (id integer)")
    followed = world.rows("timeline")
    again(world, "timeline")
    assert world.rows("timeline") == followed
    assert {name for name in schemas(world) if name.startswith("timeline")} == {"timeline"}


def test_an_old_one_that_is_still_read_is_dropped_by_the_next(own_world, monkeypatch):
    world = own_world
    trajectory = world.referred(contact())
    world.projector.catch_up()
    monkeypatch.setattr("projections.rebuild._DROP_TRIES", 1)
    with psycopg.connect(world.dsn("samenspoor_projector")) as reader:
        reader.execute("SELECT count(*) FROM timeline.entry")  # a transaction that stays open
        again(world, "timeline")
        assert len(world.views.timeline.page(trajectory, world.all)) == 2
        assert reader.execute("SELECT count(*) FROM timeline.entry").fetchone() == (2,)
        assert any(name.startswith("timeline_old_") for name in schemas(world))
    again(world, "timeline")
    assert {name for name in schemas(world) if name.startswith("timeline")} == {"timeline"}


def test_one_rebuild_of_a_read_model_at_a_time(own_world):
    world = own_world
    with world.reading() as connection:
        connection.execute("SELECT pg_advisory_lock(%s, %s)", (REBUILDS, lock_key("timeline")))
        with pytest.raises(Rebuilding):
            again(world, "timeline")
        again(world, "support")


def test_an_unknown_name_is_refused(own_world):
    with pytest.raises(KeyError):
        again(own_world, "nonsense")


def test_other_sql_than_the_schema_was_made_from_means_a_rebuild(own_world):
    world = own_world
    trajectory = world.referred(contact())
    world.projector.catch_up()
    with world.reading() as connection:
        connection.execute("UPDATE timeline.made SET digest = 'of other SQL'")
        connection.execute("ALTER TABLE timeline.entry DROP COLUMN facts CASCADE")
    world.projector.catch_up()
    assert len(world.views.timeline.page(trajectory, world.all)) == 2


def test_it_tells_how_far_it_is(own_world):
    world = own_world
    world.referred(*(contact() for _ in range(5)))
    told = []
    rebuild(
        world.dsn("samenspoor_projector"),
        world.master,
        "timeline",
        progress=lambda done, of: told.append((done, of)),
    )
    assert told[-1] == (6, 6)


def test_an_empty_log_gives_an_empty_read_model(own_world):
    assert again(own_world, "timeline") == 0
    assert own_world.views.timeline.page(uuid4(), own_world.all) == []
