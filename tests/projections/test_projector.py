"""The projector follows the log, one at a time, whatever dies; nothing is skipped or doubled."""

from __future__ import annotations

import os
import subprocess
import sys
from contextlib import contextmanager
from uuid import uuid4

import pytest

from projections import engine
from projections.leading import LEADER
from projections.models import NAMES
from projections.projector import Projector
from projections.rebuild import rebuild
from tests.architecture.tree import ROOT
from tests.projections.test_timeline import contact
from tests.projections.waiting import beside, until


def leader(world):
    """Name the application that holds the lock."""
    with world.reading() as connection:
        row = connection.execute(
            "SELECT application_name FROM pg_stat_activity JOIN pg_locks USING (pid)"
            " WHERE locktype = 'advisory' AND objid = %s AND granted",
            (LEADER,),
        ).fetchone()
    return row and row[0]


def versions(world, trajectory):
    rows = world.views.timeline.page(trajectory, world.all, limit=10_000)
    return sorted(row.version for row in rows)


@contextmanager
def process(world, name):
    command = [sys.executable, "-m", "tests.projections.runner", world.dsn("samenspoor_projector")]
    environment = {**os.environ, "PGAPPNAME": name}
    with subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL) as started:
        try:
            yield started
        finally:
            started.kill()


def test_a_page_after_a_write_waits_for_it(own_world):
    world = own_world
    trajectory = world.referred()
    assert world.views.wait_for(["timeline"], 1, timeout=0.01) is False
    with beside(world.projector.run):
        for number in range(2, 30):
            world.record(trajectory, contact())
            assert world.views.wait_for(NAMES, world.log.position(), timeout=5)
            assert versions(world, trajectory) == list(range(1, number + 1))


def test_when_the_one_that_works_is_killed_another_takes_over(own_world):
    world = own_world
    trajectory = world.referred()
    with process(world, "first") as first, process(world, "second") as second:
        until(lambda: leader(world))
        chosen = leader(world)
        for _ in range(40):
            world.record(trajectory, contact())
        (first if chosen == "first" else second).kill()  # SIGKILL, most likely amid its work
        for _ in range(40):
            world.record(trajectory, contact())
        assert world.views.wait_for(NAMES, world.log.position(), timeout=20)
        assert leader(world) not in {None, chosen}
    assert versions(world, trajectory) == list(range(1, 82))
    followed = world.everything_made()
    for name in NAMES:
        rebuild(world.dsn("samenspoor_projector"), world.master, name)
    assert world.everything_made() == followed


def test_a_lost_connection_is_opened_again(own_world):
    world = own_world
    trajectory = world.referred()
    with beside(world.projector.run):
        assert world.views.wait_for(NAMES, 1, timeout=10)
        with world.reading() as connection:
            connection.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE usename = 'samenspoor_projector' AND pid <> pg_backend_pid()"
                " AND datname = current_database()"
            )
        world.record(trajectory, contact())
        assert world.views.wait_for(NAMES, world.log.position(), timeout=10)
    assert versions(world, trajectory) == [1, 2]


def test_stopped_amid_a_batch_it_goes_on_without_double_rows(own_world, monkeypatch):
    world = own_world
    trajectory = world.referred(*(contact() for _ in range(30)))
    monkeypatch.setattr(engine, "BIG", 7)
    written = []
    real = engine.store

    def dying(connection, works, before, upto):
        """Die before the third batch, with half of the read models written."""
        if len(written) == 2:
            real(connection, works[:3], before, upto)
            raise KeyboardInterrupt
        written.append(upto)
        return real(connection, works, before, upto)

    monkeypatch.setattr(engine, "store", dying)
    with pytest.raises(KeyboardInterrupt):
        world.projector.catch_up()
    monkeypatch.undo()
    assert len(set(world.views.positions().values())) == 2
    with Projector(world.dsn("samenspoor_projector"), world.master) as another:
        another.catch_up()
    assert set(world.views.positions().values()) == {world.log.position()}
    assert versions(world, trajectory) == list(range(1, 32))


def test_one_that_lost_the_lead_writes_nothing(own_world):
    world = own_world
    trajectory = world.referred()
    stale = Projector(world.dsn("samenspoor_projector"), world.master)
    stale.catch_up()
    world.record(trajectory, contact())
    world.projector.catch_up()
    assert stale._engine.step() == 1  # it still thinks that it stands before that entry
    assert versions(world, trajectory) == [1, 2]
    assert stale._engine.step() == 0
    stale.close()


def test_the_status_says_how_far_behind(own_world):
    world = own_world
    assert [one.made for one in world.views.status()] == [False] * len(NAMES)
    assert world.views.positions() == {}
    trajectory = world.referred()
    world.projector.catch_up()
    world.record(trajectory, contact(), contact())
    for one in world.views.status():
        assert (one.made, one.position, one.behind) == (True, 1, 2)
        assert one.behind_seconds > 0
        assert (one.parked, one.error) == ((), None)
    world.projector.catch_up()
    assert {(one.behind, one.behind_seconds) for one in world.views.status()} == {(0, 0.0)}


def test_a_read_model_that_cannot_be_written_rests_while_the_others_go_on(own_world):
    world = own_world
    trajectory = world.referred()
    world.projector.catch_up()
    with world.reading() as connection:
        connection.execute("ALTER TABLE support.member RENAME TO away")
        world.record(trajectory, contact())
        world.projector.catch_up()
        at = world.views.positions()
        assert at.pop("support") == 1
        assert set(at.values()) == {2}
        (one,) = [each for each in world.views.status() if each.name == "support"]
        assert one.error == "UndefinedTable"
        connection.execute("ALTER TABLE support.away RENAME TO member")
    until(lambda: world.projector.catch_up() == 2)
    assert versions(world, trajectory) == [1, 2]
    assert world.views.support.trajectory(trajectory).support.contacts == 1


def test_streams_that_were_not_folded_for_long_are_folded_from_the_log(own_world, monkeypatch):
    world = own_world
    monkeypatch.setattr(engine.Folds.__init__, "__defaults__", (1,))
    one, two = world.referred(contact()), world.referred(contact())
    world.projector.catch_up()
    for _ in range(3):
        world.record(one, contact())
        world.record(two, contact())
        world.projector.catch_up()
    for trajectory in (one, two):
        assert world.views.current_state.trajectory(trajectory).support.contacts == 4
    assert world.views.current_state.trajectory(uuid4()) is None


def test_a_missing_read_model_far_behind_is_made_stream_by_stream_and_then_followed(
    own_world, monkeypatch
):
    world = own_world
    trajectory = world.referred(*(contact() for _ in range(5)))
    world.projector.catch_up()
    followed = world.everything_made()
    with world.reading() as connection:
        for name in NAMES:
            connection.execute(f"DROP SCHEMA {name} CASCADE")
    asked = []
    monkeypatch.setattr(engine, "FAR", 3)
    made = engine.rebuild_models
    monkeypatch.setattr(
        engine,
        "rebuild_models",
        lambda *about: asked.extend(m.NAME for m in about[2]) or made(*about),
    )
    with Projector(world.dsn("samenspoor_projector"), world.master) as again:
        again.catch_up()
        assert sorted(asked) == sorted(NAMES)
        assert world.everything_made() == followed
        world.record(trajectory, contact())
        again.catch_up()
    assert versions(world, trajectory)[-1] == world.log.position()
