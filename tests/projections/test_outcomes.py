"""given entries, outcomes give what is counted of the people of a programme."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

from domain.events.correction import EntryCorrected, EntryShielded, EntryUndone, EntryUnshielded
from domain.events.placement import Contract, EndReason, JobEnded, JobStarted
from domain.events.referral import ProgrammeEntered
from domain.events.search import Mode
from domain.events.support import SupportContact, WithWhom
from domain.events.wellbeing import WellbeingScored
from domain.outcomes import Rung
from domain.roles import Role
from projections.rebuild import rebuild
from tests.projections.world import TODAY

SECRET = "elke ochtend bang"


def entered(programme):
    return ProgrammeEntered(occurred_on=TODAY, programme=programme)


def job(hours):
    return JobStarted(
        occurred_on=TODAY, placement=uuid4(), employer=uuid4(), title="bakker", starts_on=TODAY,
        contract=Contract.FIXED, hours_per_week=hours,
    )  # fmt: skip


def talk(with_whom=WithWhom.CLIENT):
    return SupportContact(occurred_on=TODAY, note=uuid4(), mode=Mode.PHONE, with_whom=with_whom)


def corrected(entry, better):
    return EntryCorrected(
        occurred_on=TODAY, target=entry, target_type=better.TYPE, reason="typefout",
        body=better.model_dump(mode="json", exclude_none=True),
    )  # fmt: skip


def test_only_who_entered_a_programme_is_found_there(own_world):
    world, programme = own_world, uuid4()
    inside = world.referred(entered(programme), job(16.5))
    world.referred(entered(uuid4()), job(20))
    world.projector.catch_up()
    found = world.views.outcomes.of(programme)
    assert list(found) == [inside]
    (span,) = found[inside].on(Rung.PAID)
    assert span.hours == 16.5


def test_a_correction_is_counted_instead_of_what_it_corrects(own_world):
    world, programme = own_world, uuid4()
    trajectory = world.referred(entered(programme))
    (entry,) = world.record(trajectory, job(16))
    world.projector.catch_up()
    better = job(12)
    world.record(trajectory, corrected(entry, better))
    world.projector.catch_up()
    (span,) = world.views.outcomes.of(programme)[trajectory].spans
    assert (span.hours, span.thing) == (12, better.placement)


def test_talks_with_the_client_are_counted_by_month(own_world):
    world = own_world
    trajectory = world.referred(talk(), talk(WithWhom.BOTH), talk(WithWhom.EMPLOYER))
    world.projector.catch_up()
    month = TODAY.replace(day=1)
    other = uuid4()
    found = world.views.outcomes.talks({trajectory: trajectory, other: other}, month, TODAY)
    assert found == {month: {trajectory: 2}}


def test_what_two_files_of_one_person_tell_of_a_day_is_taken_together(own_world):
    world, day_before = own_world, TODAY - timedelta(days=1)
    scored = WellbeingScored(occurred_on=TODAY, note=uuid4(), score=7)
    first = world.referred(talk(), talk())
    other = world.referred(talk(), talk().model_copy(update={"occurred_on": day_before}))
    early = scored.model_copy(update={"occurred_on": day_before, "score": 5})
    world.record(first, scored, role=Role.CLIENT)
    world.record(other, early, role=Role.CLIENT)
    world.projector.catch_up()
    one, month = {first: first, other: first}, TODAY.replace(day=1)
    assert world.views.outcomes.talks(one, month, TODAY) == {month: {first: 3}}
    mapper = world.log.entry_mapper
    assert world.views.outcomes.scores(one, TODAY, mapper) == {first: [5, 7]}


def test_scores_are_kept_sealed_and_opened_in_the_order_of_their_days(own_world):
    world = own_world
    days = ("2026-03-04", "2026-03-02", "2026-03-03")
    trajectory = world.referred()
    for day, score in zip(days, (7, 5, 9), strict=True):
        scored = WellbeingScored(occurred_on=day, note=uuid4(), score=score, words=SECRET)
        entries = world.record(trajectory, scored, role=Role.CLIENT)
    better = WellbeingScored(occurred_on="2026-03-03", note=uuid4(), score=6)
    world.record(trajectory, corrected(entries[0], better), role=Role.CLIENT)
    world.projector.catch_up()
    mapper = world.log.entry_mapper
    assert world.views.outcomes.scores({trajectory: trajectory}, TODAY, mapper) == {
        trajectory: [5, 6, 7]
    }
    rows = world.rows("outcomes")
    assert SECRET.encode() not in repr(rows).encode()
    rebuild(world.dsn("samenspoor_projector"), world.master, "outcomes")
    assert world.rows("outcomes") == rows
    assert world.views.outcomes.scores({trajectory: trajectory}, TODAY, mapper) == {
        trajectory: [5, 6, 7]
    }


def shielding(kind, entry, body, *begins):
    return kind(
        occurred_on=TODAY, target=entry, target_type=body.TYPE, shielded_by=uuid4(), begins=begins
    )  # fmt: skip


def test_what_was_shielded_or_taken_back_counts_in_no_figure_until_it_is_shown_again(own_world):
    world, programme = own_world, uuid4()
    trajectory = world.referred(entered(programme))
    begun, mood = job(16), WellbeingScored(occurred_on=TODAY, note=uuid4(), score=6)
    (work,) = world.record(trajectory, begun)
    (spoken,) = world.record(trajectory, talk())
    (scored,) = world.record(trajectory, mood, role=Role.CLIENT)
    month, mapper = TODAY.replace(day=1), world.log.entry_mapper

    def told():
        world.projector.catch_up()
        outcomes = world.views.outcomes
        spans = outcomes.of(programme)[trajectory].spans
        talks = outcomes.talks({trajectory: trajectory}, month, TODAY)
        return len(spans), len(talks), len(outcomes.scores({trajectory: trajectory}, TODAY, mapper))

    assert told() == (1, 1, 1)
    world.record(trajectory, shielding(EntryShielded, work, begun, begun.placement))
    assert told() == (0, 1, 1)
    ended = JobEnded(
        occurred_on=TODAY, placement=begun.placement, employer=begun.employer,
        reason=EndReason.OTHER,
    )  # fmt: skip
    world.record(trajectory, ended)
    assert told() == (0, 1, 1)  # what follows on it goes with it, also later
    world.record(trajectory, shielding(EntryShielded, scored, mood))
    undone = EntryUndone(occurred_on=TODAY, target=spoken, target_type=talk().TYPE)
    world.record(trajectory, undone)
    assert told() == (0, 0, 0)
    rows = world.rows("outcomes")
    rebuild(world.dsn("samenspoor_projector"), world.master, "outcomes")
    assert world.rows("outcomes") == rows
    world.record(trajectory, shielding(EntryUnshielded, work, begun, begun.placement))
    assert told() == (1, 0, 0)
