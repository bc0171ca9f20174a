"""given entries, the current state shows what stands in each slot, and the folded state."""

from __future__ import annotations

from uuid import uuid4

from domain.events.course import (
    ClosingReason,
    Paused,
    ReEntered,
    Resumed,
    TrajectoryClosed,
    Wish,
)
from domain.events.placement import HoursChanged, JobEnded
from domain.events.profile import PreferencesStated, VocationalProfileRecorded
from domain.events.referral import Channel
from domain.events.setback import RecoveryNoted, SetbackAnswered, SetbackSignalled
from domain.state import fold
from projections.entries import Scope
from projections.standing import standing
from tests.projections.test_timeline import contact, job
from tests.projections.world import TODAY


def slots(world, trajectory, scope=None):
    world.projector.catch_up()
    found = world.views.current_state.standing(trajectory, scope or world.all)
    return {each.slot: each.entry for each in found}


def test_a_later_entry_takes_the_slot(world):
    trajectory = world.referred(contact(days_ago=9))
    assert slots(world, trajectory)["contact/client"].version == 2
    world.record(trajectory, contact(days_ago=1))
    assert slots(world, trajectory)["contact/client"].version == 3
    assert set(slots(world, trajectory)) == {"referral", "contact/client"}


def test_an_end_empties_the_slot_and_all_below(world):
    setback = uuid4()
    signal = SetbackSignalled(occurred_on=TODAY, setback=setback, by="client")
    answer = SetbackAnswered(occurred_on=TODAY, note=uuid4(), setback=setback)
    trajectory = world.referred(signal, answer)
    assert {f"worry/{setback}", f"worry/{setback}/answer"} <= set(slots(world, trajectory))
    world.record(trajectory, RecoveryNoted(occurred_on=TODAY, setback=setback))
    assert set(slots(world, trajectory)) == {"referral"}


def test_begun_and_ended_in_one_batch_leaves_nothing(world):
    pause = Paused(occurred_on=TODAY, wish=Wish.CLIENT)
    resumed = Resumed(occurred_on=TODAY)
    trajectory = world.referred(pause, resumed)
    assert set(slots(world, trajectory)) == {"referral"}
    again = world.referred(pause, resumed, pause)
    assert slots(world, again)["pause"].version == 4


def test_profile_and_preferences_stay_through_closing_and_coming_back(world):
    written = VocationalProfileRecorded(occurred_on=TODAY, note=uuid4(), skills=("heftruck",))
    preferred = PreferencesStated(occurred_on=TODAY, note=uuid4(), job_types=("kok",))
    closed = TrajectoryClosed(occurred_on=TODAY, reason=ClosingReason.CLIENT_WISH)
    back = ReEntered(occurred_on=TODAY, channel=Channel.SELF)
    trajectory = world.referred(written, preferred, closed)
    assert {"profile", "preferences"} <= set(slots(world, trajectory))
    world.record(trajectory, back)
    assert {"profile", "preferences"} <= set(slots(world, trajectory))


def test_a_correction_changes_what_stands(world):
    begun = job()
    trajectory = world.referred()
    ids = world.record(trajectory, begun)
    slots(world, trajectory)
    world.corrected(trajectory, ids[0], begun.model_copy(update={"title": "hovenier"}))
    slot = f"work/{begun.placement}"
    assert slots(world, trajectory)[slot].open(world.log.entry_mapper)["title"] == "hovenier"
    state = world.views.current_state.trajectory(trajectory)
    assert [each.title for each in state.work.placements] == ["hovenier"]


def test_it_equals_the_reduction_of_the_log(world):
    begun = job()
    about = {"occurred_on": TODAY, "placement": begun.placement, "employer": begun.employer}
    trajectory = world.referred(
        begun,
        HoursChanged(**about, hours_per_week=12, starts_on=TODAY),
        contact(),
        JobEnded(**about, reason="own_choice"),
    )
    entries = world.log.entries(trajectory)
    found = slots(world, trajectory)
    assert {slot: entry.event_id for slot, entry in standing(entries).items()} == {
        slot: entry.event_id for slot, entry in found.items()
    }
    state = world.views.current_state.trajectory(trajectory)
    assert state == fold(entry.body for entry in entries)


def test_only_what_the_scope_holds(world):
    trajectory = world.referred(contact(), job())
    scope = Scope(uuid4(), categories=frozenset("H"))
    assert set(slots(world, trajectory, scope)) == {"contact/client"}
    assert world.views.current_state.trajectory(uuid4()) is None
