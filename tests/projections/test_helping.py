"""Processes that help with a rebuild: the same rows, and no half one when something fails."""

from __future__ import annotations

import psutil
import pytest

from projections import rebuild as rebuilding
from projections.helping import HelpFailed, helpers
from projections.models import NAMES
from projections.rebuild import rebuild
from tests.projections.test_timeline import contact


@pytest.fixture
def helped(own_world, monkeypatch):
    """Give a world in which two processes do all the work of a rebuild."""
    monkeypatch.setattr(rebuilding, "WORTH_IT", 1)
    monkeypatch.setattr(rebuilding, "helpers", lambda: 2)
    monkeypatch.setattr(rebuilding, "replay", lambda *_, **__: None)
    return own_world


def again(world, name, **told):
    return rebuild(world.dsn("samenspoor_projector"), world.master, name, **told)


def nobody_is_left():
    commands = [" ".join(each.cmdline()) for each in psutil.Process().children()]
    return not any("projections.helping" in command for command in commands)


def test_helpers_make_the_same_rows_and_park_the_same_streams(helped):
    world = helped
    told = []
    for number in range(20):
        client = world.registered("Noor", f"Bos {number}")
        trajectory = world.referred(contact(), client=client)
        if number % 5 == 0:
            (entry,) = world.record(trajectory, contact())
            world.corrected(trajectory, entry, contact(text="beter"))
    world.spoil(trajectory, contact())
    world.record(trajectory, contact())
    world.projector.catch_up()
    followed = world.everything_made()
    assert followed["timeline"]["parked"]
    for name in NAMES:
        again(world, name, progress=lambda done, of: told.append((done, of)))
        if name == "audit_trail":  # which leaves no entry out
            assert told[-1] == (world.log.position(), world.log.position())
    assert world.everything_made() == followed
    assert nobody_is_left()


def test_one_that_fails_fails_the_rebuild_and_the_old_rows_stand(helped, monkeypatch):
    world = helped
    world.referred(contact())
    world.projector.catch_up()
    followed = world.rows("timeline")

    def taken_away(*_, **__):
        with world.reading() as connection:
            connection.execute(
                "DO $$ BEGIN EXECUTE (SELECT format('DROP SCHEMA %I CASCADE', nspname)"
                " FROM pg_namespace WHERE starts_with(nspname, 'timeline_shadow')); END $$"
            )

    monkeypatch.setattr(rebuilding, "replay", taken_away)
    with pytest.raises(HelpFailed):
        again(world, "timeline")
    assert world.rows("timeline") == followed
    assert nobody_is_left()


def test_none_outlives_a_rebuild_that_fails(helped, monkeypatch):
    world = helped
    world.referred(contact())

    def fail(*_, **__):
        raise ZeroDivisionError

    monkeypatch.setattr(rebuilding, "replay", fail)
    with pytest.raises(ZeroDivisionError):
        again(world, "timeline")
    assert nobody_is_left()


def test_how_many_help_depends_on_the_cores(monkeypatch):
    found = []
    for cores in (None, 1, 2, 4, 64):
        monkeypatch.setattr("os.cpu_count", lambda cores=cores: cores)
        found.append(helpers())
    assert found == [0, 0, 1, 3, 3]
