"""Work: a job, a trial placement, volunteering or sheltered work, by what it is."""

from __future__ import annotations

from datetime import date

import pytest

from domain.events.course import Wish
from domain.events.placement import (
    AccommodationAgreed,
    AccommodationChanged,
    AccommodationKind,
    Approver,
    Contract,
    EmployerOfRecord,
    EndReason,
    HoursChanged,
    JobEnded,
    JobEndLearned,
    JobStarted,
    ShelteredWorkEnded,
    ShelteredWorkStarted,
    TrialPlacementEnded,
    TrialPlacementExtended,
    TrialPlacementStarted,
    TrialResult,
    VolunteeringEnded,
    VolunteeringStarted,
)
from domain.rules.placement import (
    AgreeAccommodation,
    ChangeAccommodation,
    ChangeHours,
    EndPlacement,
    ExtendTrialPlacement,
    LearnJobEnd,
    LogPlacement,
)
from domain.state import fold
from domain.state.work import PlacementKind
from tests.domain.histories import (
    COURIERS,
    JOB,
    LONG_AGO,
    REFERRED,
    TOMORROW,
    TRIAL,
    YESTERDAY,
)
from tests.spec import TODAY, an_id, given

WORK = {"placement": an_id("new"), "employer": COURIERS, "title": "kok", "starts_on": YESTERDAY}
ENDED = JobEnded(
    occurred_on=YESTERDAY, placement=JOB.placement, employer=COURIERS, reason=EndReason.OWN_CHOICE
)


@pytest.mark.parametrize(
    ("kind", "event", "more"),
    [
        (PlacementKind.JOB, JobStarted, {"contract": Contract.ZERO_HOURS}),
        (PlacementKind.TRIAL, TrialPlacementStarted, {"approved_by": Approver.UWV}),
        (PlacementKind.VOLUNTEERING, VolunteeringStarted, {}),
        (PlacementKind.SHELTERED, ShelteredWorkStarted, {}),
    ],
)
def test_what_is_noted_is_what_it_is(kind, event, more):
    asked = LogPlacement(kind=kind, **WORK, **more)
    started = event(occurred_on=YESTERDAY, **WORK, **more)
    given(REFERRED).when(asked).then(started)
    given(REFERRED, started).when(asked).nothing()


@pytest.mark.parametrize("field", ["tasks", "days"])
def test_what_somebody_does_and_when_is_noted_in_a_few_words(field):
    asked = {"kind": PlacementKind.VOLUNTEERING, **WORK}
    said = {field: "bonnen klaarzetten, ma en wo 9-12"}
    given(REFERRED).when(LogPlacement(**asked, **said)).then(
        VolunteeringStarted(occurred_on=YESTERDAY, **WORK, **said)
    )
    for wrong in (" ", "x" * 201):
        with pytest.raises(ValueError, match=field):
            LogPlacement(**asked, **{field: wrong})


def test_unpaid_work_is_not_a_job():
    asked = LogPlacement(kind=PlacementKind.JOB, contract=Contract.FIXED, paid=False, **WORK)
    given(REFERRED).when(asked).refused("proefplaatsing of vrijwilligerswerk", at="paid")


def test_a_job_has_a_contract_and_other_work_has_none():
    job = LogPlacement(kind=PlacementKind.JOB, **WORK)
    given(REFERRED).when(job).refused("welk contract", at="contract")
    trial = LogPlacement(kind=PlacementKind.TRIAL, contract=Contract.FIXED, **WORK)
    given(REFERRED).when(trial).refused("hoort alleen bij een baan", at="contract")
    approved = LogPlacement(kind=PlacementKind.SHELTERED, approved_by=Approver.UWV, **WORK)
    given(REFERRED).when(approved).refused("Alleen een proefplaatsing", at="approved_by")


@pytest.mark.parametrize("kind", list(EmployerOfRecord))
def test_with_whom_the_contract_is_is_told_of_a_job_and_of_no_other_work(kind):
    job = {"contract": Contract.FIXED, "employer_of_record": kind, **WORK}
    started = JobStarted(occurred_on=YESTERDAY, **job)
    given(REFERRED).when(LogPlacement(kind=PlacementKind.JOB, **job)).then(started)
    sheltered = LogPlacement(kind=PlacementKind.SHELTERED, employer_of_record=kind, **WORK)
    given(REFERRED).when(sheltered).refused("alleen bij een baan", at="employer_of_record")
    assert JOB.employer_of_record is None, "of what was told before, it is not known"


def test_a_second_job_beside_the_first_is_fine():
    asked = LogPlacement(kind=PlacementKind.JOB, contract=Contract.FIXED, **WORK)
    assert given(REFERRED, JOB).when(asked).decide()


def test_work_may_start_later_and_counts_from_then():
    plan = {**WORK, "starts_on": TOMORROW}
    asked = LogPlacement(kind=PlacementKind.JOB, contract=Contract.FIXED, **plan)
    (started,) = given(REFERRED).when(asked).decide()
    assert started.occurred_on == TODAY
    state = fold([REFERRED, started])
    assert not state.employed(TODAY)
    assert state.employed(TOMORROW)


def test_work_that_started_long_ago_asks_why_it_comes_only_now():
    asked = LogPlacement(kind=PlacementKind.VOLUNTEERING, **{**WORK, "starts_on": LONG_AGO})
    given(REFERRED).when(asked).refused("waarom nu pas", at="late_reason")


def test_a_planned_end_comes_after_the_start():
    asked = LogPlacement(kind=PlacementKind.TRIAL, ends_on=LONG_AGO, **WORK)
    given(REFERRED).when(asked).refused("Het einde ligt voor het begin", at="ends_on")


@pytest.mark.parametrize(
    ("started", "ended", "more"),
    [
        (JobStarted, JobEnded, {"reason": EndReason.MISMATCH}),
        (TrialPlacementStarted, TrialPlacementEnded, {"result": TrialResult.HIRED}),
        (VolunteeringStarted, VolunteeringEnded, {"reason": EndReason.UNKNOWN}),
        (ShelteredWorkStarted, ShelteredWorkEnded, {"reason": EndReason.BETTER_JOB}),
    ],
)
def test_what_ends_is_what_was_running(started, ended, more):
    contract = {"contract": Contract.FIXED} if started is JobStarted else {}
    began = started(occurred_on=YESTERDAY, **WORK, **contract)
    asked = EndPlacement(placement=began.placement, **more)
    event = ended(occurred_on=TODAY, placement=began.placement, employer=COURIERS, **more)
    given(REFERRED, began).when(asked).then(event)
    given(REFERRED, began, event).when(asked).refused("al gestopt", at="placement")


def test_work_ends_where_and_after_it_began():
    elsewhere = EndPlacement(placement=an_id("elsewhere"))
    given(REFERRED, JOB).when(elsewhere).refused("Noteer het eerst", at="placement")
    early = EndPlacement(placement=TRIAL.placement, occurred_on=date(2026, 2, 1), late_reason="x")
    given(REFERRED, TRIAL).when(early).refused("verbeter het begin", at="occurred_on")


def test_a_trial_has_a_result_and_a_job_has_a_reason():
    reason = EndPlacement(placement=TRIAL.placement, reason=EndReason.OTHER)
    given(REFERRED, TRIAL).when(reason).refused("Vul de uitkomst in", at="reason")
    result = EndPlacement(placement=JOB.placement, result=TrialResult.ENDED)
    given(REFERRED, JOB).when(result).refused("Vul hier de reden in", at="result")


def test_work_called_off_before_it_began_never_was():
    plan = JOB.model_copy(update={"starts_on": TOMORROW})
    (off,) = given(REFERRED, plan).when(EndPlacement(placement=JOB.placement)).decide()
    assert not fold([REFERRED, plan, off]).work.ever(PlacementKind.JOB, date(2027, 1, 1))


def test_hearing_of_an_end_is_a_fact_of_its_own():
    asked = LearnJobEnd(placement=JOB.placement)
    event = JobEndLearned(occurred_on=TODAY, placement=JOB.placement, employer=COURIERS)
    given(REFERRED, JOB, ENDED).when(asked).then(event)
    given(REFERRED, JOB, ENDED, event).when(asked).nothing()
    given(REFERRED).when(asked).refused("Noteer het eerst", at="placement")


def test_hours_go_up_and_down():
    asked = ChangeHours(placement=JOB.placement, hours_per_week=12, wish=Wish.CLIENT)
    event = HoursChanged(
        occurred_on=TODAY,
        placement=JOB.placement,
        employer=COURIERS,
        hours_before=16,
        hours_per_week=12,
        wish=Wish.CLIENT,
        starts_on=TODAY,
    )
    given(REFERRED, JOB).when(asked).then(event)
    given(REFERRED, JOB, event).when(asked).nothing()
    given(REFERRED, JOB, ENDED).when(asked).refused("al gestopt", at="placement")


def test_other_hours_count_from_their_own_day():
    asked = ChangeHours(placement=JOB.placement, hours_per_week=24, starts_on=TOMORROW)
    (more,) = given(REFERRED, JOB).when(asked).decide()
    (job,) = fold([REFERRED, JOB, more]).work.placements
    assert (job.hours(TODAY), job.hours(TOMORROW)) == (16, 24)
    given(REFERRED, JOB, more).when(asked).nothing()
    now = ChangeHours(placement=JOB.placement, hours_per_week=20)
    (less,) = given(REFERRED, JOB, more).when(now).decide()
    assert less.hours_before == 16
    (job,) = fold([REFERRED, JOB, more, less]).work.placements
    assert (job.hours(YESTERDAY), job.hours(TODAY), job.hours(TOMORROW)) == (16, 20, 24)


def test_other_hours_that_come_are_told_whatever_was_noted_last():
    later = ChangeHours(placement=JOB.placement, hours_per_week=24, starts_on=TOMORROW)
    (more,) = given(REFERRED, JOB).when(later).decide()
    now = ChangeHours(placement=JOB.placement, hours_per_week=20)
    (less,) = given(REFERRED, JOB, more).when(now).decide()
    (job,) = fold([REFERRED, JOB, more, less]).work.placements
    assert job.coming(YESTERDAY) == (TODAY, 20)
    assert job.coming(TODAY) == (TOMORROW, 24)
    assert job.coming(TOMORROW) is None
    assert fold([REFERRED, JOB]).work.placements[0].coming(TODAY) is None


def test_a_plan_for_other_hours_is_taken_back():
    asked = ChangeHours(placement=JOB.placement, hours_per_week=24, starts_on=TOMORROW)
    (more,) = given(REFERRED, JOB).when(asked).decide()
    back = asked.model_copy(update={"hours_per_week": 16})
    (same,) = given(REFERRED, JOB, more).when(back).decide()
    (job,) = fold([REFERRED, JOB, more, same]).work.placements
    assert job.hours(TOMORROW) == 16
    assert job.coming(TODAY) is None


def test_hours_that_are_not_known_are_not_none():
    asked = LogPlacement(
        kind=PlacementKind.JOB, contract=Contract.ZERO_HOURS, hours_per_week=0, **WORK
    )
    (started,) = given(REFERRED).when(asked).decide()
    assert started.hours_per_week is None
    (job,) = fold([REFERRED, started]).work.placements
    assert job.hours(TODAY) is None

    some = asked.model_copy(update={"hours_per_week": 12})
    (started,) = given(REFERRED).when(some).decide()
    assert started.hours_per_week == 12, "told by who works them"


@pytest.mark.parametrize("kind", PlacementKind)
def test_what_was_learnt_of_work_that_ended_is_kept(kind):
    contract = Contract.FIXED if kind is PlacementKind.JOB else None
    (started,) = given(REFERRED).when(LogPlacement(kind=kind, contract=contract, **WORK)).decide()
    asked = EndPlacement(placement=started.placement, lessons="rustiger beginnen")
    (ended,) = given(REFERRED, started).when(asked).decide()
    assert ended.lessons == "rustiger beginnen"


def test_work_that_begins_today_did_not_end_before():
    (started,) = (
        given(REFERRED)
        .when(LogPlacement(kind=PlacementKind.VOLUNTEERING, **(WORK | {"starts_on": TODAY})))
        .decide()
    )
    asked = EndPlacement(placement=started.placement, occurred_on=YESTERDAY)
    given(REFERRED, started).when(asked).refused("voor het begin", at="occurred_on")


def test_only_a_trial_is_extended_and_only_further():
    def extend(placement, ends_on):
        return ExtendTrialPlacement(placement=placement, ends_on=ends_on)

    event = TrialPlacementExtended(
        occurred_on=TODAY,
        placement=TRIAL.placement,
        employer=COURIERS,
        ends_on=date(2026, 8, 1),
    )
    longer = extend(TRIAL.placement, date(2026, 8, 1))
    given(REFERRED, TRIAL).when(longer).then(event)
    given(REFERRED, TRIAL, event).when(longer).nothing()
    shorter = extend(TRIAL.placement, date(2026, 3, 20))
    given(REFERRED, TRIAL).when(shorter).refused("Kies een latere dag", at="ends_on")
    job = extend(JOB.placement, date(2026, 8, 1))
    given(REFERRED, JOB).when(job).refused("Alleen een proefplaatsing", at="placement")


def test_an_arrangement_at_work_says_what_and_never_why():
    asked = AgreeAccommodation(
        placement=JOB.placement, kind=AccommodationKind.BREAKS, what="elk uur vijf minuten"
    )
    agreed = AccommodationAgreed(occurred_on=TODAY, employer=COURIERS, **asked.said())
    given(REFERRED, JOB).when(asked).then(agreed)
    given(REFERRED, JOB, agreed).when(asked).nothing()
    given(REFERRED).when(asked).refused("Noteer het eerst", at="placement")
    change = ChangeAccommodation(
        placement=JOB.placement,
        accommodation=asked.accommodation,
        kind=AccommodationKind.BREAKS,
        what="elk uur tien minuten",
    )
    changed = AccommodationChanged(occurred_on=TODAY, employer=COURIERS, **change.said())
    given(REFERRED, JOB, agreed).when(change).then(changed)
    given(REFERRED, JOB, agreed, changed).when(change).nothing()
    given(REFERRED, JOB).when(change).refused("Noteer die eerst", at="accommodation")
