"""The demo region: loaded once, whatever interrupts it, and all of it in the past year."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import psycopg
import pytest

from api.demo.loading import Mark, NotTheDemo, begin, load, prepare
from api.demo.people import CLIENTS, PERSONAS, TOM, trajectory_of
from api.demo.stories import all_steps
from domain.events.placement import HoursChanged, JobStarted
from domain.roles import Role
from eventlog.handler import HOME
from eventlog.log import Log
from eventlog.migrate import migrate
from tests.demo.region import count, ignore
from tests.eventlog.world import MASTER


class BrokenOff(Exception):
    """The start was interrupted."""


def test_a_start_broken_off_half_way_ends_in_the_same_log(
    database: Callable[..., str], tmp_path: Path
) -> None:
    migrate(database("samenspoor_owner"))
    dsn = database()
    log = Log(dsn, MASTER, pool=3)
    mark = begin(tmp_path / "demo.json", log)
    loading = prepare(mark.day)
    left = loading.size - len(loading.steps) // 2

    def told(done: int) -> None:
        nonlocal left
        left -= done
        if left <= 0:
            raise BrokenOff

    with pytest.raises(BrokenOff):
        load(dsn, MASTER, loading, told)
    half = count(dsn)
    assert begin(tmp_path / "demo.json", log) == mark
    load(dsn, MASTER, prepare(mark.day), ignore)
    whole = count(dsn)
    assert whole > half
    load(dsn, MASTER, prepare(mark.day), ignore)
    assert count(dsn) == whole
    assert hours(log) == [16.0, 12.0, 20.0]
    log.close()
    with psycopg.connect(dsn) as connection:
        row = connection.execute(
            "SELECT min(recorded_at), max(recorded_at) FROM log.entry"
        ).fetchone()
    assert row is not None
    now = datetime.now(HOME)
    assert now - timedelta(days=366) < row[0]
    assert row[1] <= now


def hours(log: Log) -> list[float | None]:
    bodies = [each.body for each in log.entries(trajectory_of(TOM))]
    return [b.hours_per_week for b in bodies if isinstance(b, JobStarted | HoursChanged)]


def test_a_log_of_something_else_is_left_alone(
    database: Callable[..., str], tmp_path: Path
) -> None:
    migrate(database("samenspoor_owner"))
    log = Log(database(), MASTER, pool=3)
    load(database(), MASTER, prepare(datetime.now(HOME).date() - timedelta(days=40)), ignore)
    with pytest.raises(NotTheDemo):
        begin(tmp_path / "demo.json", log)
    log.close()
    assert not (tmp_path / "demo.json").exists()


@pytest.mark.parametrize("days", range(7))
def test_no_weekend_turns_a_story_round(days: int) -> None:
    steps = all_steps(datetime.now(HOME).date() - timedelta(days=days))
    assert all(step.day.weekday() < 5 for step in steps)
    for client in CLIENTS:
        own = [each for each in steps if each.stream == trajectory_of(client)]
        assert [each.days for each in own] == sorted((each.days for each in own), reverse=True)


def test_the_mark_is_read_as_it_was_written(tmp_path: Path) -> None:
    mark = Mark(datetime.now(HOME).date(), loaded=True)
    mark.write(tmp_path / "demo.json")
    assert Mark.read(tmp_path / "demo.json") == mark
    assert Mark.read(tmp_path / "other.json") is None


def test_every_role_with_a_view_has_somebody_to_be() -> None:
    assert {each.actor.role for each in PERSONAS.values()} >= {
        Role.CLIENT,
        Role.NETWORK_MEMBER,
        Role.JOB_COACH,
        Role.CARE_WORKER,
        Role.EMPLOYER,
        Role.JOB_BROKER,
        Role.CLIENT_MANAGER,
        Role.EK_COORDINATOR,
        Role.AUDITOR,
        Role.TEAM_LEAD,
    }
