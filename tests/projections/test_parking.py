"""A bad entry parks its stream in a read model, with the reason; the rest goes on."""

from __future__ import annotations

from dataclasses import replace

import pytest

from projections.models import BY_NAME, NAMES
from projections.projector import Projector
from projections.rebuild import rebuild
from projections.status import unpark
from projections.timeline import TimelineModel
from tests.projections.test_timeline import contact
from tests.projections.waiting import beside, until


def versions(world, trajectory):
    rows = world.views.timeline.page(trajectory, world.all, limit=1000)
    return sorted(row.version for row in rows)


def parked(world):
    return {one.name: [each.stream for each in one.parked] for one in world.views.status()}


CONCERNED = [name for name in NAMES if name != "directory"]


def test_the_stream_stays_as_it_was_and_the_others_go_on(own_world):
    world = own_world
    bad, good = world.referred(contact()), world.referred()
    world.projector.catch_up()
    position = world.spoil(bad, contact())
    world.record(bad, contact())
    world.record(good, contact())
    assert world.projector.catch_up() == world.log.position()
    assert versions(world, bad) == [1, 2]
    assert versions(world, good) == [1, 2]
    assert parked(world) == {name: [bad] for name in CONCERNED} | {"directory": []}
    (why,) = world.views.status()[0].parked
    assert why.position == position
    assert "support.contact.v1" in why.reason
    assert world.views.support.trajectory(good).support.contacts == 1
    assert world.views.support.trajectory(bad).support.contacts == 1


def test_once_mended_it_is_folded_anew_when_asked(own_world):
    world = own_world
    bad = world.referred(contact())
    position = world.spoil(bad, contact())
    world.record(bad, contact())
    with beside(world.projector.run):
        assert world.views.wait_for(NAMES, world.log.position(), timeout=10)
        assert parked(world)["timeline"] == [bad]
        world.mend(bad, position, contact())
        for name in NAMES:
            assert unpark(world.dsn("samenspoor_projector"), name, bad) == (name != "directory")
        until(lambda: not any(parked(world).values()))
    assert versions(world, bad) == [1, 2, 3, 4]
    assert world.views.support.trajectory(bad).support.contacts == 3
    followed = world.everything_made()
    for name in NAMES:
        rebuild(world.dsn("samenspoor_projector"), world.master, name)
    assert world.everything_made() == followed


def test_a_projector_that_starts_tries_again_by_itself(own_world):
    world = own_world
    bad = world.referred()
    position = world.spoil(bad, contact())
    world.projector.catch_up()
    world.mend(bad, position, contact())
    with Projector(world.dsn("samenspoor_projector"), world.master) as fresh:
        fresh.catch_up()
    assert not any(parked(world).values())
    assert versions(world, bad) == [1, 2]


def test_asked_in_vain_it_stays_parked(own_world):
    world = own_world
    bad = world.referred()
    world.spoil(bad, contact())
    world.projector.catch_up()
    unpark(world.dsn("samenspoor_projector"), "timeline")
    world.projector.catch_up()
    assert parked(world)["timeline"] == [bad]
    assert versions(world, bad) == [1]


class Stumbling(TimelineModel):
    """A timeline with a fault in its own code, at any entry about being helped at work."""

    def changes(self, batch):
        for item in batch.items:
            if item.type == "support.contact.v1" and item.body.minutes == 13:
                raise ZeroDivisionError(item.body.text)
        return super().changes(batch)


def test_a_fault_of_one_read_model_parks_in_that_one_alone(own_world):
    world = own_world
    models = [Stumbling(), *(BY_NAME[name] for name in NAMES[1:])]
    bad = world.referred(
        contact(), contact(text="geheim").model_copy(update={"minutes": 13}), contact()
    )
    good = world.referred(contact())
    with Projector(world.dsn("samenspoor_projector"), world.master, models=models) as projector:
        projector.catch_up()
    assert parked(world) == {name: [] for name in NAMES} | {"timeline": [bad]}
    assert versions(world, bad) == [1, 2]
    assert versions(world, good) == [1, 2]
    (why,) = world.views.status()[0].parked
    assert "ZeroDivisionError" in why.reason
    assert "geheim" not in why.reason
    world.projector.catch_up()
    assert versions(world, bad) == [1, 2, 3, 4]


def test_rows_that_the_database_refuses_park_their_stream(own_world):
    world = own_world
    world.projector.catch_up()
    with world.reading() as connection:
        connection.execute("ALTER TABLE timeline.entry ADD CHECK (facts->>'minutes' <> '13')")
    bad = world.referred(contact().model_copy(update={"minutes": 13}))
    good = world.referred(contact())
    world.projector.catch_up()
    assert set(world.views.positions().values()) == {world.log.position()}
    assert parked(world)["timeline"] == [bad]
    assert parked(world)["support"] == []
    assert versions(world, good) == [1, 2]
    assert replace(world.views.status()[0].parked[0], position=0).reason.endswith(
        "(CheckViolation)."
    )


def test_an_unknown_read_model_has_nothing_parked(own_world):
    with pytest.raises(KeyError):
        unpark(own_world.dsn("samenspoor_projector"), "nonsense")
