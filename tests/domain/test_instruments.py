"""Instruments: what was arranged around work, and what the employer sees of it."""

from __future__ import annotations

import pytest

from domain.events.instruments import (
    CoachForm,
    JobCarved,
    JobCoachGrantNoted,
    JobsRegisterNoted,
    NoRiskCoverNoted,
    RegisterRoute,
    Subsidy,
    WageSubsidyGranted,
)
from domain.policy import ROLES, Reader, Relation, may_record
from domain.roles import Role
from domain.rules.instruments import (
    CarveJob,
    NoteJobCoachGrant,
    NoteJobsRegister,
    NoteNoRiskCover,
    NoteWageSubsidy,
)
from tests.domain import policy_people as people
from tests.domain.histories import CLOSED, COURIERS, JOB, LONG_AGO, REFERRED, YESTERDAY
from tests.spec import TODAY, an_id, given

INSTRUMENTS = (NoteWageSubsidy, NoteNoRiskCover, NoteJobCoachGrant, CarveJob, NoteJobsRegister)
FOR_SOME_TIME = [
    (NoteWageSubsidy, WageSubsidyGranted, {"kind": Subsidy.WAGE_COSTS}),
    (NoteNoRiskCover, NoRiskCoverNoted, {}),
    (NoteJobCoachGrant, JobCoachGrantNoted, {"form": CoachForm.EXTERNAL}),
]


@pytest.mark.parametrize(("command", "event", "more"), FOR_SOME_TIME)
def test_an_instrument_for_a_job_names_its_employer(command, event, more):
    asked = command(placement=JOB.placement, starts_on=YESTERDAY, **more)
    noted = event(
        occurred_on=TODAY,
        note=asked.note,
        placement=JOB.placement,
        employer=COURIERS,
        starts_on=YESTERDAY,
        **more,
    )
    given(REFERRED, JOB).when(asked).then(noted)
    given(REFERRED, JOB, noted).when(asked).nothing()
    given(REFERRED).when(asked).refused("Noteer het eerst", at="placement")
    given(REFERRED, JOB, CLOSED).when(asked).refused("afgerond")


@pytest.mark.parametrize(("command", "event", "more"), FOR_SOME_TIME)
def test_who_does_not_know_of_the_job_notes_it_without(command, event, more):
    asked = command(starts_on=YESTERDAY, ends_on=TODAY, **more)
    noted = event(occurred_on=TODAY, note=asked.note, starts_on=YESTERDAY, ends_on=TODAY, **more)
    given(REFERRED).when(asked).by(Role.CLIENT_MANAGER).then(noted)


@pytest.mark.parametrize(("command", "event", "more"), FOR_SOME_TIME)
def test_it_ends_after_it_begins(command, event, more):
    assert event in command.YIELDS
    asked = command(starts_on=YESTERDAY, ends_on=LONG_AGO, **more)
    given(REFERRED).when(asked).refused("Het einde ligt voor het begin", at="ends_on")


def test_a_job_is_carved_with_an_employer_also_before_it_is_anyones():
    asked = CarveJob(employer=COURIERS, tasks="post sorteren en rondbrengen")
    carved = JobCarved(
        occurred_on=TODAY, note=asked.note, employer=COURIERS, tasks="post sorteren en rondbrengen"
    )
    given(REFERRED).when(asked).then(carved)
    given(REFERRED, carved).when(asked).nothing()
    elsewhere = CarveJob(employer=an_id("elsewhere"), placement=JOB.placement, tasks="post")
    given(REFERRED, JOB).when(elsewhere).refused("bij deze werkgever", at="placement")
    for_a_while = asked.model_copy(update={"starts_on": YESTERDAY, "ends_on": TODAY})
    (event,) = given(REFERRED).when(for_a_while).decide()
    assert (event.starts_on, event.ends_on) == (YESTERDAY, TODAY)
    back = asked.model_copy(update={"starts_on": TODAY, "ends_on": YESTERDAY})
    given(REFERRED).when(back).refused("Het einde ligt voor het begin", at="ends_on")


def test_the_jobs_register_is_noted_with_the_way_in_or_without():
    asked = NoteJobsRegister(route=RegisterRoute.PRAKTIJKROUTE)
    noted = JobsRegisterNoted(occurred_on=TODAY, note=asked.note, route=RegisterRoute.PRAKTIJKROUTE)
    given(REFERRED).when(asked).then(noted)
    given(REFERRED, noted).when(asked).nothing()
    assert given(REFERRED).when(NoteJobsRegister()).decide()
    given().when(asked).refused("Noteer eerst de aanmelding")


@pytest.mark.parametrize("command", INSTRUMENTS)
def test_coach_client_manager_and_labour_expert_record_them(command):
    tied = {role: Relation(Reader(people.RIA, role), people.TRACK) for role in ROLES}
    found = {role for role, tie in tied.items() if may_record(tie, command)}
    assert found == {Role.JOB_COACH, Role.CLIENT_MANAGER, Role.LABOUR_EXPERT}


def test_a_client_manager_sees_the_own_ones_only():
    sight = people.sees(Role.CLIENT_MANAGER, *people.member(Role.CLIENT_MANAGER))
    assert "kind" in sight.fields(WageSubsidyGranted, own=True)
    assert sight.fields(WageSubsidyGranted) == frozenset()


def test_an_employer_sees_what_it_has_to_arrange_for_its_own_job():
    sight = people.sees(Role.EMPLOYER, *people.EMPLOYED)
    own = {"employer": people.COURIERS, "placement": people.JOB}
    about = {"occurred_on", "employer", "placement"}
    assert sight.fields(WageSubsidyGranted, **own) == {*about, "kind", "starts_on", "ends_on"}
    assert sight.fields(JobCarved, employer=people.COURIERS) == {*about, "tasks"}
    assert sight.fields(WageSubsidyGranted, employer=people.BAKERY) == frozenset()


@pytest.mark.parametrize("event", [NoRiskCoverNoted, JobCoachGrantNoted, JobsRegisterNoted])
def test_an_employer_learns_of_no_register_and_no_cover(event):
    sight = people.sees(Role.EMPLOYER, *people.EMPLOYED)
    own = {"employer": people.COURIERS, "placement": people.JOB}
    assert sight.fields(event, **own) == frozenset()


def test_of_an_ended_job_an_employer_sees_no_subsidy():
    ended = people.job(until=people.YESTERDAY)
    sight = people.sees(Role.EMPLOYER, people.contact(), ended)
    own = {"employer": people.COURIERS, "placement": people.JOB}
    assert sight.fields(WageSubsidyGranted, **own) == frozenset()
