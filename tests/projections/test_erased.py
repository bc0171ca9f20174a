"""An entry whose key was destroyed is in no read model, and the rest goes on without it."""

from __future__ import annotations

from uuid import uuid4

from domain.events.team import NetworkMemberInvited
from projections.models import NAMES
from projections.projector import Projector
from projections.rebuild import rebuild
from tests.projections.test_timeline import contact
from tests.projections.world import TODAY


def destroy(world, stream, retention):
    with world.owner() as connection:
        connection.execute(
            "DELETE FROM keys.data_key WHERE subject = %s AND retention = %s", (stream, retention)
        )


def test_without_its_key_an_entry_is_left_out(own_world):
    world = own_world
    friend = uuid4()
    invited = NetworkMemberInvited(occurred_on=TODAY, person=friend)  # sealed under their own key
    trajectory = world.referred(contact(), invited, contact())
    destroy(world, friend, invited.RETENTION)
    world.projector.catch_up()
    world.record(trajectory, contact())
    world.projector.catch_up()
    rows = world.views.timeline.page(trajectory, world.all)
    assert sorted(row.version for row in rows) == [1, 2, 4, 5]
    state = world.views.support.trajectory(trajectory)
    assert (state.support.contacts, state.circle.network) == (3, ())
    assert not any(one.parked for one in world.views.status())


def test_after_its_key_was_destroyed_a_rebuild_leaves_it_out(own_world):
    world = own_world
    trajectory = world.referred(contact())
    gone = world.registered("Noor", "Bos")
    world.projector.catch_up()
    destroy(world, gone, "directory")
    with Projector(world.dsn("samenspoor_projector"), world.master) as fresh:
        fresh.catch_up()
    for name in NAMES:
        rebuild(world.dsn("samenspoor_projector"), world.master, name)
    assert world.views.directory.names([gone]) == {}
    assert world.views.audit_trail.page(gone, world.all) == []
    assert len(world.views.timeline.page(trajectory, world.all)) == 2
